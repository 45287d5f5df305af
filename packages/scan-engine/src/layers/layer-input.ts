import { Readable } from 'node:stream';

/** The bytes of one layer as they arrive from the engine; `null` is their end. */
export class LayerInput extends Readable {
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

  override _read(): void {
    this.#wanted = true;
    this.#drain();
  }

  #drain(): void {
    while (this.#wanted) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#wanted = this.push(next);
      if (next !== null) this.#taken(next.byteLength);
    }
  }
}
