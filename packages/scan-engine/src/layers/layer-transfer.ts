import type { Readable } from 'node:stream';
import type { ImageLayer } from '@esscm/oci-client';
import { giveBack } from './give-back.js';
import { slotOf, type LayerWindow } from './layer-window.js';

export interface LayerReceiver {
  /** The first bytes of a slot are filled; the slot is the receiver's until it has taken them in. */
  bytes(slot: number, bytes: number): void;
  /** Everything was sent and the source ended well. */
  end(): void;
  /** The source failed; nothing follows. */
  stop(): void;
}

/** Sends a layer through the slots of a window; its source waits while the receiver has them all. */
export class LayerTransfer {
  readonly #layer: ImageLayer;
  readonly #signal: AbortSignal;
  readonly #onBytes: (bytes: number) => void;
  readonly #receiver: LayerReceiver;
  readonly #slots: readonly Buffer[];
  #source: Readable | undefined;
  /** The source of the first pass, until the receiver asks for it. */
  #opening: Promise<Readable> | undefined;
  /** The slot being filled; -1 when the receiver has them all. */
  #slot = -1;
  #filled = 0;
  #free: number[] = [];
  /** Slots the receiver has, in the order it was given them, with the bytes it has not yet taken in. */
  #sent: { readonly slot: number; bytes: number }[] = [];
  /** What the source gave while there was no slot. */
  #waiting: Uint8Array[] = [];
  #isComplete = false;
  #ended = false;
  #closed = false;
  #passes = 0;

  constructor(
    layer: ImageLayer,
    request: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
    window: LayerWindow,
    receiver: LayerReceiver,
  ) {
    this.#layer = layer;
    this.#signal = request.signal;
    this.#onBytes = request.onBytes;
    this.#slots = Array.from({ length: window.slots }, (_, slot) => slotOf(window.memory, slot));
    this.#receiver = receiver;
  }

  /** Asks for the layer, so that its first bytes are on their way while the receiver gets ready. Nothing is sent before {@link begin}. */
  open(): void {
    // What fails before somebody begins is told then.
    this.#opening = this.#layer.open(this.#signal).then((source) => source.on('error', () => undefined));
    this.#opening.catch(() => undefined);
  }

  /** Sends the layer from its beginning; `failed` hears why that could not be done. */
  begin(failed: (error: unknown) => void): void {
    this.#isComplete = false;
    this.#ended = false;
    this.#filled = 0;
    this.#sent = [];
    this.#waiting = [];
    this.#free = this.#slots.map((_, slot) => slot);
    this.#slot = this.#free.pop() ?? -1;
    this.#passes += 1;
    void this.#send().catch((error: unknown) => {
      if (this.#closed) return;
      this.#receiver.stop();
      failed(error);
    });
  }

  /** The receiver has taken this many bytes in. */
  taken(bytes: number): void {
    let left = bytes;
    for (let first = this.#sent[0]; first !== undefined && left > 0; first = this.#sent[0]) {
      const taken = Math.min(left, first.bytes);
      first.bytes -= taken;
      left -= taken;
      if (first.bytes > 0) break;
      this.#free.push(first.slot);
      this.#sent.shift();
    }
    if (this.#slot < 0) this.#slot = this.#free.pop() ?? -1;
    this.#drain();
  }

  /** Whether the receiver owes the next move: it has bytes to take in, or all there are. */
  waitingForReader(): boolean {
    return this.#sent.length > 0 || this.#ended;
  }

  /** Nothing more is sent; the source is closed. */
  close(): void {
    this.#closed = true;
    this.#source?.destroy();
    void this.#opening?.then((source) => source.destroy(), () => undefined);
  }

  async #send(): Promise<void> {
    const source = await (this.#opening ?? this.#layer.open(this.#signal));
    this.#opening = undefined;
    if (this.#closed) {
      source.destroy();
      return;
    }
    this.#source = source;
    if (source.destroyed) throw source.errored ?? this.#closedEarly();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    source.on('data', (chunk: Uint8Array) => this.#take(chunk));
    source.once('end', resolve);
    source.on('error', reject);
    source.once('close', () => reject(this.#closedEarly()));
    await promise;
    this.#isComplete = true;
    this.#drain();
  }

  #closedEarly(): Error {
    return new Error(`The stream of layer ${this.#layer.digest} was closed before its end.`);
  }

  #take(chunk: Uint8Array): void {
    if (this.#closed) return;
    // A second pass over a layer is not a second download in the eyes of whoever watches the progress.
    if (this.#passes === 1) this.#onBytes(chunk.byteLength);
    this.#waiting.push(chunk);
    this.#drain();
  }

  #drain(): void {
    if (this.#closed || this.#ended) return;
    for (let chunk = this.#waiting[0]; chunk !== undefined; chunk = this.#waiting[0]) {
      const slot = this.#slots[this.#slot];
      if (slot === undefined) {
        this.#source?.pause();
        return;
      }
      const length = Math.min(slot.length - this.#filled, chunk.byteLength);
      slot.set(length === chunk.byteLength ? chunk : chunk.subarray(0, length), this.#filled);
      this.#filled += length;
      if (length === chunk.byteLength) {
        this.#waiting.shift();
        giveBack(chunk);
      } else this.#waiting[0] = chunk.subarray(length);
      if (this.#filled === slot.length) this.#flush();
    }
    if (this.#isComplete) {
      this.#flush();
      this.#ended = true;
      this.#receiver.end();
    } else if (this.#source?.isPaused() === true) this.#source.resume();
  }

  #flush(): void {
    if (this.#filled === 0) return;
    this.#sent.push({ slot: this.#slot, bytes: this.#filled });
    this.#receiver.bytes(this.#slot, this.#filled);
    this.#filled = 0;
    this.#slot = this.#free.pop() ?? -1;
  }
}
