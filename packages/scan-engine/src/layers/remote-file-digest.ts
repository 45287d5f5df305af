import type { FileDigest } from './layer-file.js';
import { slotOf, type LayerWindow } from './layer-window.js';

/** Tells the engine's thread what to add to a digest. */
interface DigestingEngine {
  /** The first bytes of a slot are the next of the file; the slot is the engine's until it says that it is free. */
  filled(slot: number, bytes: number): void;
  /** The file is whole. */
  whole(): void;
}

/** One is being read into while another is looked at and the third is the engine's; more would only be memory. */
const slotsInUse = 3;

/** Has the digest of a file computed by the engine's thread, which has nothing to do meanwhile: in the memory both share. */
export class RemoteFileDigest implements FileDigest {
  readonly buffers: readonly Buffer[];
  readonly #engine: DigestingEngine;
  readonly #taken = new Set<number>();
  #waiting: { readonly slot: number; readonly work: () => void } | undefined;

  constructor(window: LayerWindow, engine: DigestingEngine) {
    this.buffers = Array.from({ length: slotsInUse }, (_, slot) => slotOf(window, slot));
    this.#engine = engine;
  }

  whenFree(slot: number, work: () => void): void {
    if (this.#taken.has(slot)) this.#waiting = { slot, work };
    else setImmediate(work);
  }

  add(slot: number, byteCount: number): void {
    this.#taken.add(slot);
    this.#engine.filled(slot, byteCount);
  }

  /** Whether the digest is the promised one is for the engine to say. */
  end(): void {
    this.#engine.whole();
  }

  /** The engine has done with a slot. */
  free(slot: number): void {
    this.#taken.delete(slot);
    const waiting = this.#waiting;
    if (waiting?.slot !== slot) return;
    this.#waiting = undefined;
    waiting.work();
  }
}
