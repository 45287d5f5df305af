import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { fileOffset, parseElfSegments, type ElfSegment } from '../elf-segments.js';
import { StreamCapture } from '../stream-capture.js';
import { dynamicRange, dynamicTables, symbolAddresses, type FileRange } from './elf-dynamic.js';
import { parseNativeSbom, type NativeLibrary } from './parse-native-sbom.js';

/** Linkers put the tables of exported symbols first; those of native images have some dozen kilobytes. */
const headBytes = 128 * 1024;
const maximumTableBytes = 65_536;
/** Real ones have some kilobytes. */
const maximumSbomBytes = 4 * 1024 * 1024;

const names = { sbom: 'sbom', length: 'sbom_length' } as const;
const lengthName = Buffer.from(`\0${names.length}\0`);

/**
 * Looks for the SBOM of a GraalVM native image in an ELF file: the exported symbols `sbom` and `sbom_length` say where its bytes are and
 * where the number of them is (GraalVM, Native Image, "Embedding a Software Bill of Materials"). Of a file without that name in
 * its first bytes no more is looked at.
 */
export class NativeImageScanner implements FileScanner<readonly NativeLibrary[]> {
  readonly #header: ElfHeader;
  readonly #head = new StreamCapture(0, headBytes);
  #segments: readonly ElfSegment[] = [];
  #dynamic: StreamCapture | undefined;
  #length: StreamCapture | undefined;
  #sbom: StreamCapture | undefined;
  #offset = 0;

  private constructor(header: ElfHeader) {
    this.#header = header;
  }

  /** @param head the first 64 bytes; `undefined` is answered for anything but an ELF file */
  static of(head: Buffer): NativeImageScanner | undefined {
    const header = parseElfHeader(head);
    return header === undefined || header.programHeaders.count === 0 ? undefined : new NativeImageScanner(header);
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
    if (this.#sbom === undefined || this.#length === undefined) {
      this.#dynamic.push(bytes, offset);
      if (!this.#dynamic.isFull) return true;
      if (!this.#findSymbols(this.#dynamic.content())) return false;
    }
    this.#length?.push(bytes, offset);
    this.#sbom?.push(bytes, offset);
    return this.#sbom?.isFull !== true && this.#offset < this.#end();
  }

  finish(): Extraction<readonly NativeLibrary[]> {
    if (this.#sbom === undefined) return {};
    const length = this.#statedLength();
    const content = this.#sbom.content();
    try {
      if (length === undefined || length === 0 || length > content.length) throw new Error('the SBOM is not all there');
      return { fact: parseNativeSbom(content.subarray(0, length)) };
    } catch {
      return { diagnostics: [{ code: 'graalvm-sbom-unreadable', severity: 'incomplete', message: 'The SBOM in the native image cannot be read.' }] };
    }
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

  #findSymbols(dynamic: Buffer): boolean {
    const tables = dynamicTables(this.#header, dynamic, (address) => fileOffset(this.#segments, address));
    const addresses = tables === undefined ? new Map<string, number>() : symbolAddresses(this.#header, this.#head.content(), tables, Object.values(names));
    const [sbom, length] = [names.sbom, names.length].map((name) => this.#place(addresses.get(name)));
    if (sbom === undefined || length === undefined) return false;
    this.#length = new StreamCapture(length.offset, this.#header.is64 ? 8 : 4);
    this.#sbom = new StreamCapture(sbom.offset, Math.min(sbom.sizeBytes, maximumSbomBytes));
    return true;
  }

  /** From where an address is in the file to the end of what is loaded with it. */
  #place(address: number | undefined): FileRange | undefined {
    const offset = address === undefined ? undefined : fileOffset(this.#segments, address);
    const segment = offset === undefined ? undefined : this.#segments.find((candidate) => offset >= candidate.offset && offset < candidate.offset + candidate.sizeBytes);
    return offset === undefined || segment === undefined ? undefined : { offset, sizeBytes: segment.offset + segment.sizeBytes - offset };
  }

  #statedLength(): number | undefined {
    return this.#length?.isFull === true ? this.#header.readAddress(this.#length.content(), 0) : undefined;
  }

  /** Behind the last byte that is needed. */
  #end(): number {
    const length = this.#statedLength();
    return length === undefined ? Number.MAX_SAFE_INTEGER : (this.#sbom?.start ?? 0) + length;
  }
}
