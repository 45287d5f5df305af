import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** One file of an archive, still compressed. */
export interface ZipEntry {
  readonly name: string;
  /** Raw-deflated, or as it is when `stored`. Valid until the next entry is asked for. */
  readonly data: Buffer;
  readonly stored: boolean;
  /** CRC-32 of the content, as the directory of the archive tells it. */
  readonly checksum: number;
}

/** Bounds of one archive. */
export interface ZipLimits {
  readonly entries: number;
  readonly directoryBytes: number;
  /** Of one entry, compressed. */
  readonly entryBytes: number;
}

/** The whole of OSV.dev has about a million records. */
const defaultZipLimits: ZipLimits = { entries: 3_000_000, directoryBytes: 512 * 1024 * 1024, entryBytes: 16 * 1024 * 1024 };

/** Little enough to be still in the processor's cache when an entry is unfolded. */
const windowBytes = 256 * 1024;

/**
 * Entries of a zip archive in the order of its directory, read in large pieces and without a stream per entry: records are
 * small and many. ZIP64 is understood, encryption and other methods than stored and deflated are not. Folders are left out.
 * @param shownAs what errors call the archive: where it is from, if `file` is a copy
 * @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`.
 */
export function* readZip(file: string, limits: ZipLimits = defaultZipLimits, shownAs: string = file): Generator<ZipEntry> {
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const { bytes, entries } = readDirectory(shownAs, descriptor, size, limits);
    const window = new Window(descriptor, size);
    let position = 0;
    for (let index = 0; index < entries; index += 1) {
      if (position + 46 > bytes.length || bytes.readUInt32LE(position) !== 0x02014b50) throw damagedArchive(shownAs);
      const nameEnd = position + 46 + bytes.readUInt16LE(position + 28);
      const extraEnd = nameEnd + bytes.readUInt16LE(position + 30);
      const name = bytes.toString('utf8', position + 46, nameEnd);
      const method = bytes.readUInt16LE(position + 10);
      const checksum = bytes.readUInt32LE(position + 16);
      const isEncrypted = (bytes.readUInt16LE(position + 8) & 1) === 1;
      const sizes = { plain: bytes.readUInt32LE(position + 24), compressed: bytes.readUInt32LE(position + 20), offset: bytes.readUInt32LE(position + 42) };
      if (extraEnd > nameEnd) readLargeSizes(bytes.subarray(nameEnd, extraEnd), sizes);
      position = extraEnd + bytes.readUInt16LE(position + 32);
      if (name.endsWith('/')) continue;
      if (sizes.compressed > limits.entryBytes) throw tooLarge(`${name} has ${sizes.compressed} compressed bytes`);
      if (isEncrypted || (method !== 0 && method !== 8)) throw damagedArchive(shownAs);
      yield { name, data: window.entryAt(shownAs, sizes.offset, sizes.compressed), stored: method === 0, checksum };
    }
  } catch (error) {
    if (error instanceof RangeError) throw damagedArchive(shownAs, error);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

interface Sizes {
  compressed: number;
  plain: number;
  offset: number;
}

/** ZIP64: the values that did not fit, in a fixed order. */
function readLargeSizes(extra: Buffer, entry: Sizes): void {
  for (let position = 0; position + 4 <= extra.length; position += 4 + extra.readUInt16LE(position + 2)) {
    if (extra.readUInt16LE(position) !== 1) continue;
    let at = position + 4;
    for (const field of ['plain', 'compressed', 'offset'] as const) {
      if (entry[field] !== 0xffffffff) continue;
      entry[field] = Number(extra.readBigUInt64LE(at));
      at += 8;
    }
  }
}

function readDirectory(shownAs: string, descriptor: number, size: number, limits: ZipLimits): { bytes: Buffer; entries: number } {
  const tail = readExactly(descriptor, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw damagedArchive(shownAs);
  let entries = tail.readUInt16LE(end + 10);
  let bytes = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  if (end >= 20 && tail.readUInt32LE(end - 20) === 0x07064b50) {
    const large = readExactly(descriptor, Number(tail.readBigUInt64LE(end - 12)), 56);
    entries = Number(large.readBigUInt64LE(32));
    bytes = Number(large.readBigUInt64LE(40));
    offset = Number(large.readBigUInt64LE(48));
  }
  if (entries > limits.entries) throw tooLarge(`it has ${entries} entries`);
  if (bytes > limits.directoryBytes) throw tooLarge(`its directory has ${bytes} bytes`);
  if (offset + bytes > size) throw damagedArchive(shownAs);
  return { bytes: readExactly(descriptor, offset, bytes), entries };
}

/** A piece of the file in memory; entries follow one another, so that most reads find their bytes here. */
class Window {
  readonly #descriptor: number;
  readonly #size: number;
  #memory: Buffer = Buffer.allocUnsafe(windowBytes);
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(descriptor: number, size: number) {
    this.#descriptor = descriptor;
    this.#size = size;
  }

  /** The data of an entry that begins with its local header at `offset`. @throws RangeError beyond the end of the file. */
  entryAt(shownAs: string, offset: number, length: number): Buffer {
    let at = this.#placeOf(offset, 30);
    if (this.#bytes.readUInt32LE(at) !== 0x04034b50) throw damagedArchive(shownAs);
    const start = offset + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28);
    at = this.#placeOf(start, length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Where bytes of the file are in memory, into which they are read when they are not. */
  #placeOf(offset: number, length: number): number {
    if (offset + length > this.#size) throw new RangeError('The entry ends beyond the file.');
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      if (length > this.#memory.length) this.#memory = Buffer.allocUnsafe(length);
      this.#bytes = this.#memory.subarray(0, Math.min(this.#size - offset, this.#memory.length));
      fill(this.#descriptor, offset, this.#bytes);
      this.#start = offset;
    }
    return offset - this.#start;
  }
}

function readExactly(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  fill(descriptor, offset, bytes);
  return bytes;
}

function fill(descriptor: number, offset: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, offset + done);
    if (count === 0) throw new RangeError('The file ends early.');
    done += count;
  }
}

const fetchAgain = 'Fetch it again; compare its checksum with that of the source.';

function damagedArchive(archive: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', `${archive} is not a zip archive that can be read.`, fetchAgain, cause);
}

/** For an entry that is not what its archive says. */
export function damagedEntry(archive: string, name: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', `${archive} is damaged: ${name} in it is not what its checksum says.`, fetchAgain, cause);
}

function tooLarge(why: string): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-too-large', `The archive is larger than any known bundle: ${why}.`, 'Check where it comes from; use the bundles of OSV.dev.');
}
