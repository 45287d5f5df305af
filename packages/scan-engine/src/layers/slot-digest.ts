import { createHash } from 'node:crypto';
import { slotOf, slotsOf, type LayerWindow } from './layer-window.js';

/** The digest of a file whose bytes a reading thread puts into slots: the engine's part of `RemoteFileDigest`. */
export class SlotDigest {
  readonly #slots: readonly Buffer[];
  readonly #promised: string;
  #hash = createHash('sha256');
  #readings = 0;
  #disagreed = false;

  constructor(window: LayerWindow, promised: string) {
    this.#slots = Array.from({ length: slotsOf(window) }, (_, slot) => slotOf(window, slot));
    this.#promised = promised;
  }

  /** Whether the file was read to its end, and each time it was, had the promised bytes. */
  get agrees(): boolean {
    return this.#readings > 0 && !this.#disagreed;
  }

  add(slot: number, byteCount: number): void {
    this.#hash.update(this.#slots[slot]?.subarray(0, byteCount) ?? '');
  }

  /** The file was read to its end; what follows is another reading from its beginning. */
  end(): void {
    if (`sha256:${this.#hash.digest('hex')}` !== this.#promised) this.#disagreed = true;
    this.#readings += 1;
    this.#hash = createHash('sha256');
  }
}
