/** Keeps a part of a stream. */
export class StreamCapture {
  readonly start: number;
  readonly #content: Buffer[] = [];
  #left: number;
  #end: number;

  /** @param start position in the stream at which the part begins; bytes of before it are passed over */
  constructor(start: number, maximumBytes: number) {
    this.start = start;
    this.#left = maximumBytes;
    this.#end = start;
  }

  get isFull(): boolean {
    return this.#left === 0;
  }

  push(bytes: Buffer, offset: number): void {
    const from = this.#end - offset;
    if (from < 0 || from >= bytes.length || this.isFull) return;
    const part = Buffer.from(bytes.subarray(from, from + this.#left));
    this.#content.push(part);
    this.#left -= part.length;
    this.#end += part.length;
  }

  content(): Buffer {
    return Buffer.concat(this.#content);
  }
}
