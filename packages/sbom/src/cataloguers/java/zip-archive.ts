import { crc32, inflateRawSync } from 'node:zlib';

/** A ZIP file that does not follow its format, or follows it into something that is not read here. */
export class ZipFormatError extends Error {
  override readonly name = 'ZipFormatError';
}

/** A file of an archive, as the central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly compressedBytes: number;
  /** As declared; {@link ZipArchive.read} refuses content that is longer or shorter. */
  readonly sizeBytes: number;
  readonly isEncrypted: boolean;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  /** Of the local header, as the directory says it. */
  readonly offset: number;
}

const endSignature = Buffer.from('PK\u0005\u0006', 'latin1');
const endBytes = 22;
const maximumCommentBytes = 65_535;
const locatorBytes = 20;

const signatures = { zip64Locator: 0x07064b50, zip64End: 0x06064b50, directoryEntry: 0x02014b50, localHeader: 0x04034b50 } as const;

interface Directory {
  readonly start: number;
  readonly end: number;
  /** Bytes before the first local header: launch scripts of executable archives, and offsets do not count them. */
  readonly prefixBytes: number;
}

/**
 * Reads a ZIP file that is wholly in memory by its central directory (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3), as a
 * Java class loader does. ZIP64 and bytes before the archive are understood, encryption and splitting are not.
 */
export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #directory: Directory;

  /** @throws ZipFormatError when there is no central directory. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#directory = findDirectory(bytes);
  }

  /**
   * Entries in the order of the directory, folders included.
   * @throws ZipFormatError at the first entry that is damaged.
   */
  *entries(): Generator<ZipEntry> {
    const bytes = this.#bytes;
    let at = this.#directory.start;
    while (at < this.#directory.end) {
      if (at + 46 > this.#directory.end || bytes.readUInt32LE(at) !== signatures.directoryEntry) {
        throw new ZipFormatError('its central directory is damaged');
      }
      const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
      const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
      const next = extraEnd + bytes.readUInt16LE(at + 32);
      if (next > this.#directory.end) throw new ZipFormatError('its central directory is cut off');
      const [sizeBytes, compressedBytes, offset] = this.#sizes(at, nameEnd, extraEnd);
      yield {
        name: bytes.toString('utf8', at + 46, nameEnd),
        compressedBytes,
        sizeBytes,
        isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
        method: bytes.readUInt16LE(at + 10),
        crc: bytes.readUInt32LE(at + 16),
        offset,
      };
      at = next;
    }
  }

  /**
   * Content of an entry; of a stored one a view of the archive's own bytes.
   * @param maximumBytes what is longer is refused before or while it is inflated
   * @throws ZipFormatError for content that cannot be had or is not what the directory says.
   */
  read(entry: ZipEntry, maximumBytes: number): Buffer {
    const bytes = this.#bytes;
    if (entry.isEncrypted) throw new ZipFormatError('it is encrypted');
    if (entry.sizeBytes > maximumBytes) throw new ZipFormatError(`it has ${entry.sizeBytes} bytes, more than the ${maximumBytes} that are read`);
    const header = this.#directory.prefixBytes + entry.offset;
    if (header + 30 > bytes.length || bytes.readUInt32LE(header) !== signatures.localHeader) throw new ZipFormatError('it is not where the central directory says');
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    if (start + entry.compressedBytes > bytes.length) throw new ZipFormatError('it is cut off');
    const content = decompress(bytes.subarray(start, start + entry.compressedBytes), entry);
    if (content.length !== entry.sizeBytes || crc32(content) !== entry.crc) throw new ZipFormatError('its content is not what the central directory says');
    return content;
  }

  /** Size, compressed size and offset, in this order also the order of the ZIP64 field, which has only those that do not fit. */
  #sizes(at: number, extraStart: number, extraEnd: number): readonly [number, number, number] {
    const bytes = this.#bytes;
    const narrow = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)] as const;
    if (!narrow.includes(0xffffffff)) return narrow;
    let field = extraStart;
    while (field + 4 <= extraEnd && bytes.readUInt16LE(field) !== 1) field += 4 + bytes.readUInt16LE(field + 2);
    let value = field + 4;
    const widen = (size: number): number => {
      if (size !== 0xffffffff) return size;
      if (value + 8 > extraEnd) throw new ZipFormatError('its ZIP64 sizes are missing');
      value += 8;
      return safeNumber(bytes.readBigUInt64LE(value - 8));
    };
    return [widen(narrow[0]), widen(narrow[1]), widen(narrow[2])];
  }
}

function decompress(data: Buffer, { method, sizeBytes }: ZipEntry): Buffer {
  if (method === 0) return data;
  if (method !== 8) throw new ZipFormatError(`it is compressed by method ${method}`);
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch (error) {
    throw new ZipFormatError('it cannot be inflated to the size the central directory says', { cause: error });
  }
}

function findDirectory(bytes: Buffer): Directory {
  const lowest = Math.max(0, bytes.length - endBytes - maximumCommentBytes);
  let end = bytes.length < endBytes ? -1 : bytes.lastIndexOf(endSignature, bytes.length - endBytes);
  while (end >= lowest) {
    const directory = directoryBefore(bytes, end);
    if (directory !== undefined) return directory;
    end = end === 0 ? -1 : bytes.lastIndexOf(endSignature, end - 1);
  }
  throw new ZipFormatError('it has no central directory');
}

/** The directory that an end record at this place describes; `undefined` where those bytes are no end record. */
function directoryBefore(bytes: Buffer, end: number): Directory | undefined {
  let directoryEnd = end;
  let sizeBytes = bytes.readUInt32LE(end + 12);
  let offset = bytes.readUInt32LE(end + 16);
  const locator = end - locatorBytes;
  if ((sizeBytes === 0xffffffff || offset === 0xffffffff) && locator >= 0 && bytes.readUInt32LE(locator) === signatures.zip64Locator) {
    // The record is right before its locator; the offset in the locator would not count a prefix.
    const record = locator - 56;
    if (record < 0 || bytes.readUInt32LE(record) !== signatures.zip64End) return undefined;
    sizeBytes = safeNumber(bytes.readBigUInt64LE(record + 40));
    offset = safeNumber(bytes.readBigUInt64LE(record + 48));
    directoryEnd = record;
  }
  const start = directoryEnd - sizeBytes;
  // An empty directory has no bytes to know it by, so its end record has to be where the file ends.
  const isEmpty = sizeBytes === 0 && end + endBytes + bytes.readUInt16LE(end + 20) === bytes.length;
  const isDirectory = isEmpty || (start >= 0 && sizeBytes >= 46 && bytes.readUInt32LE(start) === signatures.directoryEntry);
  return isDirectory && start >= offset ? { start, end: directoryEnd, prefixBytes: start - offset } : undefined;
}

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipFormatError('it says sizes beyond any file');
  return Number(value);
}
