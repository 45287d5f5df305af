import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** One file of an archive, still compressed. */
export interface ZipEntry {
  readonly name: string;
  /** Raw-deflated, or as it is when `stored`. Valid until the next entry is asked for. */
  readonly data: Buffer;
  readonly stored: boolean;
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

const windowBytes = 4 * 1024 * 1024;

/**
 * Entries of a zip archive in the order of its directory, read in large pieces and without a stream per entry: records are
 * small and many. ZIP64 is understood, encryption and other methods than stored and deflated are not. Folders are left out.
 * @throws VulnerabilitiesError `bundle-damaged`, `bundle-too-large`.
 */
export function* readZip(file: string, limits: ZipLimits = defaultZipLimits): Generator<ZipEntry> {
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const directory = readDirectory(file, descriptor, size, limits);
    const window = new Window(descriptor, size);
    let position = 0;
    for (let index = 0; index < directory.entries; index += 1) {
      const header = directory.bytes.subarray(position);
      if (header.length < 46 || header.readUInt32LE(0) !== 0x02014b50) throw damaged(file);
      const nameLength = header.readUInt16LE(28);
      const extraLength = header.readUInt16LE(30);
      const name = header.toString('utf8', 46, 46 + nameLength);
      const entry = { method: header.readUInt16LE(10), compressed: header.readUInt32LE(20), plain: header.readUInt32LE(24), offset: header.readUInt32LE(42) };
      readLargeSizes(header.subarray(46 + nameLength, 46 + nameLength + extraLength), entry);
      position += 46 + nameLength + extraLength + header.readUInt16LE(32);
      if (name.endsWith('/')) continue;
      if (entry.compressed > limits.entryBytes) throw tooLarge(`${name} has ${entry.compressed} compressed bytes`);
      if ((header.readUInt16LE(8) & 1) === 1 || (entry.method !== 0 && entry.method !== 8)) throw damaged(file);
      const local = window.read(entry.offset, 30);
      if (local.readUInt32LE(0) !== 0x04034b50) throw damaged(file);
      const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      yield { name, data: window.read(start, entry.compressed), stored: entry.method === 0 };
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged(file, error);
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

function readDirectory(file: string, descriptor: number, size: number, limits: ZipLimits): { bytes: Buffer; entries: number } {
  const tail = readExactly(descriptor, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw damaged(file);
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
  if (offset + bytes > size) throw damaged(file);
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

  read(offset: number, length: number): Buffer {
    if (offset + length > this.#size) throw new RangeError('The entry ends beyond the file.');
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      if (length > this.#memory.length) this.#memory = Buffer.allocUnsafe(length);
      this.#bytes = this.#memory.subarray(0, Math.min(this.#size - offset, this.#memory.length));
      fill(this.#descriptor, offset, this.#bytes);
      this.#start = offset;
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
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

function damaged(what: string, cause?: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-damaged', `${what} is not a zip archive that can be read.`, 'Fetch it again, and compare its checksum with the source.', cause);
}

function tooLarge(why: string): VulnerabilitiesError {
  return new VulnerabilitiesError('bundle-too-large', `The archive is larger than any known bundle: ${why}.`, 'Check where it comes from; use the bundles of OSV.dev.');
}
