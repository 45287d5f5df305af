/**
 * Gives the memory of a buffer back at once, where it would otherwise stay until a collection that may be far off: memory
 * outside the heap hardly hastens one. The buffer and all its parts are empty afterwards.
 * @param buffer from `Buffer.allocUnsafeSlow`, as the memory of others may be shared
 */
export function releaseMemory({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
