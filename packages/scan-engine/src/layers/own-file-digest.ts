import { createHash } from 'node:crypto';
import type { FileDigest } from './layer-file.js';

const chunkBytes = 256 * 1024;
const reportedBytes = 4 * 1024 * 1024;

/** Computes the digest of a file on the thread that reads it. */
export class OwnFileDigest implements FileDigest {
  readonly buffers = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)];
  readonly #hash = createHash('sha256');
  readonly #promised: string;
  readonly #taken: (bytes: number) => void;
  #unreported = 0;

  /**
   * @param promised the digest the file has to have
   * @param taken hears of bytes read since the last call, every few megabytes: a message to another thread costs as much as inflating 64 KiB
   */
  constructor(promised: string, taken: (bytes: number) => void) {
    this.#promised = promised;
    this.#taken = taken;
  }

  whenFree(_buffer: number, work: () => void): void {
    setImmediate(work);
  }

  add(buffer: number, byteCount: number): void {
    this.#hash.update(this.buffers[buffer]?.subarray(0, byteCount) ?? '');
    this.#unreported += byteCount;
    if (this.#unreported >= reportedBytes) this.#report();
  }

  end(): void {
    this.#report();
    if (`sha256:${this.#hash.digest('hex')}` !== this.#promised) throw new Error('The file of the layer has another digest than promised.');
  }

  #report(): void {
    if (this.#unreported > 0) this.#taken(this.#unreported);
    this.#unreported = 0;
  }
}
