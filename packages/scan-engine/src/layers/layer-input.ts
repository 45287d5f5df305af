import { Readable } from 'node:stream';
import type { RecyclingSource } from '@esscm/sbom';

/**
 * The bytes of one layer as they arrive from the engine; `null` is their end. `taken` hears of bytes when they were given back,
 * after which their memory is written over.
 */
export class LayerInput extends Readable implements RecyclingSource {
  readonly #waiting: (Uint8Array | null)[] = [];
  readonly #taken: (bytes: number) => void;
  #wanted = false;

  constructor(taken: (bytes: number) => void) {
    super({ highWaterMark: 1024 * 1024 });
    this.#taken = taken;
  }

  add(bytes: Uint8Array | null): void {
    this.#waiting.push(bytes);
    this.#drain();
  }

  recycle(chunk: Buffer): void {
    this.#taken(chunk.length);
  }

  override _read(): void {
    this.#wanted = true;
    this.#drain();
  }

  #drain(): void {
    while (this.#wanted) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#wanted = this.push(next);
    }
  }
}
