import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

const block = 512;

/** One file of an archive. */
export interface TarFile {
  /** As far as it fits the header; longer names are cut. */
  readonly name: string;
  readonly content: Buffer;
}

/**
 * The ordinary files of a tar archive compressed with Zstandard, one after the other; others are passed over. Believes no
 * stated size beyond the bounds. @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`.
 */
export async function* readTarZstd(file: string, limits: { readonly fileBytes: number; readonly totalBytes: number }): AsyncGenerator<TarFile> {
  const stream = createReadStream(file);
  const unfolded = createZstdDecompress();
  stream.on('error', (error) => unfolded.destroy(error)).pipe(unfolded);
  const reader = new ByteReader(unfolded, limits.totalBytes);
  try {
    for (let header = await reader.take(block); header !== undefined && header[0] !== 0; header = await reader.take(block)) {
      const size = Number.parseInt(header.toString('latin1', 124, 136).trim(), 8);
      if (!Number.isSafeInteger(size) || size < 0) throw damaged();
      if (size > limits.fileBytes) throw new VulnerabilitiesError('bundle-too-large', `A file of the archive has ${size} bytes; at most ${limits.fileBytes} are taken.`, 'Check the address of the feed.');
      const padded = await reader.take(Math.ceil(size / block) * block);
      if (padded === undefined) throw damaged();
      const type = header[156];
      if (type === 0 || type === 0x30) yield { name: header.toString('utf8', 0, 100).replace(/\0.*$/s, ''), content: padded.subarray(0, size) };
    }
    if (!reader.hasRead) throw damaged();
  } catch (error) {
    throw error instanceof VulnerabilitiesError ? error : damaged(error);
  } finally {
    stream.destroy();
    unfolded.destroy();
  }
}

/** Takes exact numbers of bytes from a stream. */
class ByteReader {
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #maximumBytes: number;
  #rest: Buffer = Buffer.alloc(0);
  #total = 0;

  constructor(stream: AsyncIterable<Buffer>, maximumBytes: number) {
    this.#pieces = stream[Symbol.asyncIterator]();
    this.#maximumBytes = maximumBytes;
  }

  get hasRead(): boolean {
    return this.#total > 0;
  }

  /** Undefined at the end. @throws VulnerabilitiesError when the stream ends in between. */
  async take(length: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = [this.#rest];
    let available = this.#rest.length;
    while (available < length) {
      const next = await this.#pieces.next();
      if (next.done === true) {
        if (available === 0) return undefined;
        throw damaged();
      }
      this.#total += next.value.length;
      if (this.#total > this.#maximumBytes) throw new VulnerabilitiesError('bundle-too-large', `The archive unfolds to more than ${this.#maximumBytes} bytes.`, 'Check the address of the feed.');
      pieces.push(next.value);
      available += next.value.length;
    }
    const all = Buffer.concat(pieces);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }
}

function damaged(cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', 'The archive is damaged or cut short.', 'Fetch it again; the records in use stay.', cause);
}
