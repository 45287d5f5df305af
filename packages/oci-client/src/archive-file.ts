import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { OciError } from './errors.js';
import { indexTar, memberAt, type SequentialBytes, type TarMember } from './tar-index.js';

type ArchiveCompression = 'none' | 'gzip' | 'zstd';

/** Told by the first bytes: gzip (RFC 1952) and zstd (RFC 8878). */
export function compressionOf(magic: Uint8Array): ArchiveCompression {
  if (magic[0] === 0x1f && magic[1] === 0x8b) return 'gzip';
  return magic[0] === 0x28 && magic[1] === 0xb5 && magic[2] === 0x2f && magic[3] === 0xfd ? 'zstd' : 'none';
}

/**
 * A tar file, compressed or not, read member by member without extracting it. Members of a plain tar are read by their
 * offset; of a compressed one by decompressing up to them.
 */
export class ArchiveFile {
  readonly #file: string;
  readonly #compression: ArchiveCompression;
  readonly #members: ReadonlyMap<string, TarMember>;
  readonly #description: string;

  private constructor(file: string, description: string, compression: ArchiveCompression, members: ReadonlyMap<string, TarMember>) {
    this.#file = file;
    this.#description = description;
    this.#compression = compression;
    this.#members = members;
  }

  /** Reads the archive once for the places of its members. */
  static async open(file: string, description: string, signal: AbortSignal): Promise<ArchiveFile> {
    try {
      if (!(await stat(file)).isFile()) throw new OciError({ code: 'unsupported', message: `${description} is not a file.` });
      const handle = await open(file);
      try {
        const start = Buffer.alloc(8);
        const { bytesRead } = await handle.read(start, 0, start.length, 0);
        const compression = compressionOf(start.subarray(0, bytesRead));
        if (compression !== 'none') {
          return new ArchiveFile(file, description, compression, await indexCompressed(file, compression, description, signal));
        }
        let position = 0;
        const bytes: SequentialBytes = {
          get position() {
            return position;
          },
          read: async (length) => {
            signal.throwIfAborted();
            const buffer = Buffer.alloc(length);
            const read = await handle.read(buffer, 0, length, position);
            position += read.bytesRead;
            return buffer.subarray(0, read.bytesRead);
          },
          skip: (length) => {
            position += length;
            return Promise.resolve();
          },
        };
        return new ArchiveFile(file, description, compression, await indexTar(bytes, description));
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw archiveError(error, description, signal);
    }
  }

  member(name: string): TarMember | undefined {
    return memberAt(this.#members, name);
  }

  /** The content of a member, from its beginning. */
  read({ offset, sizeBytes }: TarMember): Readable {
    if (sizeBytes === 0) return Readable.from([], { objectMode: false });
    if (this.#compression === 'none') {
      return createReadStream(this.#file, { start: offset, end: offset + sizeBytes - 1, highWaterMark: 256 * 1024 });
    }
    const bytes = slice(decompressed(this.#file, this.#compression), offset, sizeBytes, this.#description);
    return Readable.from(bytes, { objectMode: false });
  }
}

function decompressed(file: string, compression: Exclude<ArchiveCompression, 'none'>): Readable {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  const decoder = compression === 'gzip' ? createGunzip({ chunkSize: 256 * 1024 }) : createZstdDecompress();
  source.on('error', (error) => decoder.destroy(error));
  decoder.on('close', () => source.destroy());
  return source.pipe(decoder);
}

async function* slice(stream: Readable, offset: number, sizeBytes: number, description: string): AsyncGenerator<Buffer, void, undefined> {
  let position = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const from = Math.max(0, offset - position);
      const part = chunk.subarray(from, Math.max(0, offset + sizeBytes - position));
      position += chunk.length;
      if (part.length > 0) yield part;
      if (position >= offset + sizeBytes) return;
    }
  } catch (error) {
    throw archiveError(error, description);
  }
}

async function indexCompressed(
  file: string,
  compression: Exclude<ArchiveCompression, 'none'>,
  description: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TarMember>> {
  const stream = decompressed(file, compression);
  const chunks: AsyncIterator<Buffer, unknown, undefined> = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  /** Takes up to `length` bytes at once; none at the end. */
  const take = async (length: number): Promise<Buffer> => {
    while (rest.length === 0) {
      signal.throwIfAborted();
      const next = await chunks.next();
      if (next.done === true) return rest;
      rest = next.value;
    }
    const taken = rest.subarray(0, length);
    rest = rest.subarray(taken.length);
    position += taken.length;
    return taken;
  };
  const bytes: SequentialBytes = {
    get position() {
      return position;
    },
    read: async (length) => {
      const parts: Buffer[] = [];
      let missing = length;
      while (missing > 0) {
        const part = await take(missing);
        if (part.length === 0) break;
        parts.push(part);
        missing -= part.length;
      }
      return Buffer.concat(parts);
    },
    skip: async (length) => {
      let missing = length;
      while (missing > 0) {
        const part = await take(missing);
        if (part.length === 0) break;
        missing -= part.length;
      }
    },
  };
  try {
    return await indexTar(bytes, description);
  } finally {
    stream.destroy();
  }
}

/** What the file system and the decoders report, in this package's words. */
export function archiveError(error: unknown, description: string, signal?: AbortSignal): OciError {
  if (error instanceof OciError) return error;
  if (signal?.aborted === true) return new OciError({ code: 'cancelled', message: 'The work was cancelled.', cause: error });
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new OciError({ code: 'not-found', message: `${description} does not exist.`, cause: error });
  if (code.startsWith('Z_') || code.startsWith('ZSTD_')) {
    return new OciError({ code: 'integrity', message: `The compression of ${description} is damaged.`, cause: error });
  }
  return new OciError({ code: 'unreachable', message: `${description} cannot be read${code === '' ? '' : ` (${code})`}.`, retryable: false, cause: error });
}
