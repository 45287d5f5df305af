/** Finds a sequence of bytes in a stream, also where it lies across two pieces. */
export class StreamSearch {
  readonly #needle: Buffer;
  #tail: Buffer = Buffer.alloc(0);

  constructor(needle: Buffer) {
    this.#needle = needle;
  }

  /**
   * Positions in the stream at which the sequence begins.
   * @param offset position of the piece; pieces come without gaps
   */
  push(bytes: Buffer, offset: number): readonly number[] {
    const found: number[] = [];
    const overlap = this.#needle.length - 1;
    const seam = Buffer.concat([this.#tail, bytes.subarray(0, overlap)]);
    // What begins in the tail; a tail is too short to hold all of it.
    for (const position of positionsIn(seam, this.#needle)) if (position < this.#tail.length) found.push(offset - this.#tail.length + position);
    for (const position of positionsIn(bytes, this.#needle)) found.push(offset + position);
    this.#tail = Buffer.from(bytes.length >= overlap ? bytes.subarray(bytes.length - overlap) : seam.subarray(Math.max(0, seam.length - overlap)));
    return found;
  }
}

function* positionsIn(bytes: Buffer, needle: Buffer): Generator<number> {
  for (let position = bytes.indexOf(needle); position >= 0; position = bytes.indexOf(needle, position + 1)) yield position;
}
