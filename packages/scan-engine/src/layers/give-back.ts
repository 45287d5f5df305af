/**
 * Gives the memory of a piece back, once it has been copied, where no other shares it: of a layer from a socket, hundreds of
 * megabytes would else wait for collections that hardly anything hastens.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
