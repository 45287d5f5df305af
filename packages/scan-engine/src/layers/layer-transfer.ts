import type { Readable } from 'node:stream';
import type { ImageLayer } from '@esscm/oci-client';
import { windowBytes } from './layer-reader-protocol.js';

export interface LayerReceiver {
  /** The array is the receiver's from then on. */
  bytes(bytes: Uint8Array<ArrayBuffer>): void;
  /** Everything was sent and the source ended well. */
  end(): void;
  /** The source failed; nothing follows. */
  stop(): void;
}

/** A socket gives many small pieces; a message a piece would cost more than the copy into a larger one. */
const pieceBytes = 256 * 1024;

/** Sends a layer in pieces of memory of their own, never more than the window ahead of the receiver. */
export class LayerTransfer {
  readonly #layer: ImageLayer;
  readonly #signal: AbortSignal;
  readonly #onBytes: (bytes: number) => void;
  readonly #receiver: LayerReceiver;
  #source: Readable | undefined;
  #piece = new Uint8Array(pieceBytes);
  #filled = 0;
  #outstanding = 0;
  #ended = false;
  #closed = false;
  #passes = 0;

  constructor(layer: ImageLayer, request: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void }, receiver: LayerReceiver) {
    this.#layer = layer;
    this.#signal = request.signal;
    this.#onBytes = request.onBytes;
    this.#receiver = receiver;
  }

  /** Opens the layer and sends it from its beginning; `failed` hears why that could not be done. */
  begin(failed: (error: unknown) => void): void {
    this.#ended = false;
    this.#filled = 0;
    this.#outstanding = 0;
    this.#passes += 1;
    void this.#send().catch((error: unknown) => {
      if (this.#closed) return;
      this.#receiver.stop();
      failed(error);
    });
  }

  /** The receiver has taken this many bytes in. */
  taken(bytes: number): void {
    this.#outstanding -= bytes;
    if (this.#outstanding <= windowBytes / 2) this.#source?.resume();
  }

  /** Whether the receiver owes the next move: it has bytes to take in, or all there are. */
  waitingForReader(): boolean {
    return this.#outstanding > 0 || this.#ended;
  }

  /** Nothing more is sent; the source is closed. */
  close(): void {
    this.#closed = true;
    this.#source?.destroy();
  }

  async #send(): Promise<void> {
    const source = await this.#layer.open(this.#signal);
    if (this.#closed) {
      source.destroy();
      return;
    }
    this.#source = source;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    source.on('data', (chunk: Uint8Array) => this.#take(chunk));
    source.once('end', resolve);
    source.on('error', reject);
    source.once('close', () => reject(new Error(`The stream of layer ${this.#layer.digest} was closed before its end.`)));
    await promise;
    this.#ended = true;
    this.#flush();
    this.#receiver.end();
  }

  #take(chunk: Uint8Array): void {
    if (this.#closed) return;
    // A second pass over a layer is not a second download in the eyes of whoever watches the progress.
    if (this.#passes === 1) this.#onBytes(chunk.byteLength);
    for (let offset = 0; offset < chunk.byteLength; ) {
      const length = Math.min(pieceBytes - this.#filled, chunk.byteLength - offset);
      this.#piece.set(chunk.subarray(offset, offset + length), this.#filled);
      this.#filled += length;
      offset += length;
      if (this.#filled === pieceBytes) this.#flush();
    }
  }

  #flush(): void {
    if (this.#filled === 0 || this.#closed) return;
    const bytes = this.#filled === pieceBytes ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#outstanding += this.#filled;
    this.#piece = new Uint8Array(pieceBytes);
    this.#filled = 0;
    this.#receiver.bytes(bytes);
    if (this.#outstanding > windowBytes) this.#source?.pause();
  }
}
