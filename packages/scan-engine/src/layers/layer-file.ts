import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { RecyclingSource } from '@esscm/sbom';

export interface LayerFileOptions {
  readonly file: string;
  /** The file has to have this digest and size; the stream fails with an `Error` otherwise, at its end at the latest. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** Of a chunk, all but the last: a multiple of 256 KiB, which it is unless said. */
  readonly chunkBytes?: number;
  /** Hears of bytes read since the last call, every few megabytes: a message to another thread costs as much as inflating 64 KiB. */
  readonly taken?: (bytes: number) => void;
}

/** Of a layer that is uncompressed on another thread: so much is uncompressed in one go. */
export const aheadChunkBytes = 1024 * 1024;

/** Read at a time, and hashed while the processor has them near. */
const pieceBytes = 256 * 1024;
const reportedBytes = 4 * 1024 * 1024;

/**
 * A layer in a file, for a thread that has nothing else to do: read synchronously, into memory that was given back if there
 * is any, with a turn of the event loop between chunks so that a message or signal to stop is heard.
 */
export class LayerFile extends Readable implements RecyclingSource {
  readonly #options: LayerFileOptions;
  readonly #hash = createHash('sha256');
  readonly #spare: Buffer[] = [];
  #descriptor = -1;
  #position = 0;
  #unreported = 0;

  constructor(options: LayerFileOptions) {
    // The next chunk is asked for when the last one has been taken out, so never more than one waits here.
    super({ highWaterMark: 1 });
    this.#options = options;
  }

  recycle(chunk: Buffer): void {
    this.#spare.push(Buffer.from(chunk.buffer));
  }

  override _construct(callback: (error?: Error | null) => void): void {
    try {
      // A pipe in the place of the file must not make this wait for a writer.
      this.#descriptor = openSync(this.#options.file, constants.O_RDONLY | constants.O_NONBLOCK);
      const found = fstatSync(this.#descriptor);
      if (!found.isFile() || found.size !== this.#options.sizeBytes) throw new Error('The file of the layer has another size than promised.');
      callback();
    } catch (error) {
      callback(asError(error));
    }
  }

  override _read(): void {
    setImmediate(() => {
      if (this.destroyed) return;
      try {
        this.#readChunk();
      } catch (error) {
        this.destroy(asError(error));
      }
    });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
    this.#descriptor = -1;
    callback(error);
  }

  #report(): void {
    if (this.#unreported > 0) this.#options.taken?.(this.#unreported);
    this.#unreported = 0;
  }

  #readChunk(): void {
    const { digest, sizeBytes, chunkBytes = pieceBytes } = this.#options;
    const buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
    let filled = 0;
    for (let length = -1; length !== 0 && filled < chunkBytes; filled += length) {
      length = readSync(this.#descriptor, buffer, filled, Math.min(pieceBytes, chunkBytes - filled), this.#position + filled);
      this.#hash.update(buffer.subarray(filled, filled + length));
    }
    this.#position += filled;
    if (this.#position > sizeBytes) throw new Error('The file of the layer has grown.');
    if (filled > 0) {
      this.#unreported += filled;
      if (this.#unreported >= reportedBytes) this.#report();
      this.push(buffer.subarray(0, filled));
      return;
    }
    this.#report();
    if (this.#position !== sizeBytes || `sha256:${this.#hash.digest('hex')}` !== digest) throw new Error('The file of the layer has another digest than promised.');
    this.push(null);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
