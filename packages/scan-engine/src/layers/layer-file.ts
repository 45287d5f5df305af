import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';

export interface LayerFileOptions {
  readonly file: string;
  /** The file has to have this size; the stream fails with an `Error` otherwise, at its end at the latest. */
  readonly sizeBytes: number;
  readonly digest: FileDigest;
}

/** Computes the digest of a file from its chunks, in memory that it provides for them. */
export interface FileDigest {
  /** Used in turn. Two at least, as the last chunk may still be looked at while the next is read. */
  readonly buffers: readonly Buffer[];
  /** Runs `work` once a buffer may be written to: in a later turn of the event loop, so that a message to stop is heard between chunks. */
  whenFree(buffer: number, work: () => void): void;
  /** The first bytes of a buffer are the next of the file. */
  add(buffer: number, byteCount: number): void;
  /** There are no more. @throws Error when the file turns out to be another than promised */
  end(): void;
}

/** A layer in a file, for a thread that has nothing else to do: read synchronously. */
export class LayerFile extends Readable {
  readonly #options: LayerFileOptions;
  #descriptor = -1;
  #position = 0;
  /** The buffer for the next chunk. */
  #next = 0;

  constructor(options: LayerFileOptions) {
    // The next chunk is asked for when the last one has been taken out, so never more than two are in use.
    super({ highWaterMark: 1 });
    this.#options = options;
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
    this.#options.digest.whenFree(this.#next, () => {
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

  #readChunk(): void {
    const { digest, sizeBytes } = this.#options;
    const index = this.#next;
    const buffer = digest.buffers[index];
    if (buffer === undefined) throw new Error('There is no memory for the chunks of the file.');
    const length = readSync(this.#descriptor, buffer, 0, buffer.length, this.#position);
    this.#position += length;
    if (this.#position > sizeBytes) throw new Error('The file of the layer has grown.');
    if (length > 0) {
      this.#next = (index + 1) % digest.buffers.length;
      digest.add(index, length);
      this.push(buffer.subarray(0, length));
      return;
    }
    if (this.#position !== sizeBytes) throw new Error('The file of the layer has shrunk.');
    digest.end();
    this.push(null);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
