import { Readable } from 'node:stream';
import type { RecyclingSource } from '@esscm/sbom';
import { giveBack } from './give-back.js';

/** What came and was not taken out; chunks that were are counted by whoever has them. */
const waitingBytes = 1024 * 1024;

/**
 * The bytes of a source in longer chunks, into memory that was given back if there is any. A socket gives a layer in small
 * pieces, and where each is uncompressed on another thread, a piece costs two changes of threads. Ends with its source and in
 * the same way; destroys it when it is destroyed itself.
 */
export class GatheredLayer extends Readable implements RecyclingSource {
  readonly #source: Readable;
  readonly #chunkBytes: number;
  readonly #spare: Buffer[] = [];
  #filling: Buffer | undefined;
  #filled = 0;

  constructor(source: Readable, chunkBytes: number) {
    super({ highWaterMark: waitingBytes });
    this.#source = source;
    this.#chunkBytes = chunkBytes;
    source.pause();
    source.on('data', (piece: Uint8Array) => this.#take(piece));
    source.on('end', () => {
      this.#flush();
      this.push(null);
    });
    source.on('error', (error) => this.destroy(error));
    source.on('close', () => {
      if (!source.readableEnded) this.destroy(source.errored ?? new Error('The stream of the layer was closed before its end.'));
    });
  }

  recycle(chunk: Buffer): void {
    this.#spare.push(Buffer.from(chunk.buffer));
  }

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#source.destroy();
    callback(error);
  }

  #take(piece: Uint8Array): void {
    for (let taken = 0; taken < piece.length; ) {
      const chunk = (this.#filling ??= this.#spare.pop() ?? Buffer.allocUnsafeSlow(this.#chunkBytes));
      const length = Math.min(chunk.length - this.#filled, piece.length - taken);
      chunk.set(length === piece.length ? piece : piece.subarray(taken, taken + length), this.#filled);
      taken += length;
      this.#filled += length;
      if (this.#filled === chunk.length && !this.#flush()) this.#source.pause();
    }
    giveBack(piece);
  }

  /** @returns whether more is wanted */
  #flush(): boolean {
    const chunk = this.#filling;
    if (chunk === undefined || this.#filled === 0) return true;
    const length = this.#filled;
    this.#filling = undefined;
    this.#filled = 0;
    return this.push(chunk.subarray(0, length));
  }
}
