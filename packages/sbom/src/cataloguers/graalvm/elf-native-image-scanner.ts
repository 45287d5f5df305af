import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { fileOffset, parseElfSegments, type ElfSegment } from '../elf-segments.js';
import { StreamCapture } from '../stream-capture.js';
import { dynamicRange, dynamicTables, symbolAddresses, type FileRange } from './elf-dynamic.js';
import { NativeSbomCapture, sbomSymbols } from './native-sbom-capture.js';
import type { NativeLibrary } from './parse-native-sbom.js';

/** Linkers put the tables of exported symbols first; those of native images have some dozen kilobytes. */
const headBytes = 128 * 1024;
const maximumTableBytes = 65_536;
const lengthName = Buffer.from(`\0${sbomSymbols.length}\0`);

/**
 * Looks for the SBOM of a GraalVM native image in an ELF file by its exported symbols. Of a file without the name of one in
 * its first bytes no more is looked at.
 */
export class ElfNativeImageScanner implements FileScanner<readonly NativeLibrary[]> {
  readonly #header: ElfHeader;
  readonly #head = new StreamCapture(0, headBytes);
  #segments: readonly ElfSegment[] = [];
  #dynamic: StreamCapture | undefined;
  #sbom: NativeSbomCapture | undefined;
  #offset = 0;

  private constructor(header: ElfHeader) {
    this.#header = header;
  }

  /** @param head the first 64 bytes; `undefined` is answered for anything but an ELF file */
  static of(head: Buffer): ElfNativeImageScanner | undefined {
    const header = parseElfHeader(head);
    return header === undefined || header.programHeaders.count === 0 ? undefined : new ElfNativeImageScanner(header);
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    if (this.#dynamic === undefined) {
      this.#head.push(bytes, offset);
      if (!this.#head.isFull) return true;
      const range = this.#findDynamic(this.#head.content());
      if (range === undefined) return false;
      this.#dynamic = new StreamCapture(range.offset, range.sizeBytes);
    }
    if (this.#sbom === undefined) {
      this.#dynamic.push(bytes, offset);
      if (!this.#dynamic.isFull) return true;
      this.#sbom = this.#findSbom(this.#dynamic.content());
    }
    return this.#sbom?.push(bytes, offset) ?? false;
  }

  finish(): Extraction<readonly NativeLibrary[]> {
    return this.#sbom?.finish() ?? {};
  }

  #findDynamic(head: Buffer): FileRange | undefined {
    if (!head.includes(lengthName)) return undefined;
    const { offset, entryBytes, count } = this.#header.programHeaders;
    const table = head.subarray(offset, offset + Math.min(entryBytes * count, maximumTableBytes));
    this.#segments = parseElfSegments(this.#header, table);
    const range = dynamicRange(this.#header, table);
    // What came by already would be missing.
    return range !== undefined && range.offset >= headBytes && range.sizeBytes <= maximumTableBytes ? range : undefined;
  }

  #findSbom(dynamic: Buffer): NativeSbomCapture | undefined {
    const tables = dynamicTables(this.#header, dynamic, (address) => fileOffset(this.#segments, address));
    const addresses = tables === undefined ? new Map<string, number>() : symbolAddresses(this.#header, this.#head.content(), tables, Object.values(sbomSymbols));
    const [sbom, length] = [sbomSymbols.sbom, sbomSymbols.length].map((name) => this.#place(addresses.get(name)));
    return sbom === undefined || length === undefined ? undefined : new NativeSbomCapture(sbom, length.offset, { bytes: this.#header.is64 ? 8 : 4, read: (bytes) => this.#header.readAddress(bytes, 0) });
  }

  /** From where an address is in the file to the end of what is loaded with it. */
  #place(address: number | undefined): FileRange | undefined {
    const offset = address === undefined ? undefined : fileOffset(this.#segments, address);
    const segment = offset === undefined ? undefined : this.#segments.find((candidate) => offset >= candidate.offset && offset < candidate.offset + candidate.sizeBytes);
    return offset === undefined || segment === undefined ? undefined : { offset, sizeBytes: segment.offset + segment.sizeBytes - offset };
  }
}
