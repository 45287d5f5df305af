import { Readable } from 'node:stream';

/**
 * The bytes of one layer as they arrive from the engine; `null` is their end. `taken` hears of bytes when their `data`
 * event has been handled, after which their memory is written over.
 */
export class LayerInput extends Readable {
  readonly #waiting: (Uint8Array | null)[] = [];
  readonly #taken: (bytes: number) => void;
  #wanted = false;
  #pushedBytes = 0;
  #takenBytes = 0;

  constructor(taken: (bytes: number) => void) {
    super({ highWaterMark: 1024 * 1024 });
    this.#taken = taken;
  }

  add(bytes: Uint8Array | null): void {
    this.#waiting.push(bytes);
    this.#drain();
  }

  /** Whoever asks for a chunk has handled those before. */
  override read(size?: number): unknown {
    this.#report();
    return super.read(size);
  }

  override _read(): void {
    this.#wanted = true;
    this.#drain();
  }

  #drain(): void {
    while (this.#wanted) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#pushedBytes += next?.byteLength ?? 0;
      // Handles the event itself when nothing is queued before it.
      this.#wanted = this.push(next);
      this.#report();
    }
  }

  #report(): void {
    const bytes = this.#pushedBytes - this.readableLength - this.#takenBytes;
    if (bytes <= 0) return;
    this.#takenBytes += bytes;
    this.#taken(bytes);
  }
}
