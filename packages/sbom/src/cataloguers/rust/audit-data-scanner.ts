import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { parseElfSegments } from '../elf-segments.js';
import { StreamCapture } from '../stream-capture.js';
import { CrateTraceSearch } from './crate-trace-search.js';
import { findElfSections } from './find-elf-sections.js';
import { parseAuditData } from './parse-audit-data.js';
import type { RustFact } from './rust-fact.js';
import { SectionScanner } from './section-scanner.js';
import { SparseContent } from './sparse-content.js';

const sectionName = '.dep-v0';
const constantsName = '.rodata';

/** Programs with debugging information may be larger; they are not looked into. */
const maximumProgramBytes = 128 * 1024 * 1024;

const maximumTableBytes = 65_536;

/** A section is some kilobytes; what says it is longer is no section of a real program. */
const maximumPartBytes = 16 * 1024 * 1024;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the section of cargo-auditable, or without it the paths of crates among the constants. Keeps an ELF file until its end,
 * where the table of its sections is; code and data, which are most of a program and hold neither, are passed over. Programs of
 * Windows and macOS have that table in front.
 */
export class AuditDataScanner implements FileScanner<RustFact> {
  readonly #header: ElfHeader;
  readonly #content = new SparseContent();
  readonly #table: StreamCapture;
  #passedOver: readonly Range[] | undefined;
  #length = 0;

  private constructor(header: ElfHeader) {
    this.#header = header;
    const { offset, entryBytes, count } = header.programHeaders;
    this.#table = new StreamCapture(offset, Math.min(entryBytes * count, maximumTableBytes));
  }

  /** @param head the first 64 bytes; `undefined` is answered for what is no program with sections */
  static of(head: Buffer, sizeBytes: number): FileScanner<RustFact> | undefined {
    const header = sizeBytes > maximumProgramBytes ? undefined : parseElfHeader(head);
    if (header !== undefined) return header.sectionHeaders.count === 0 ? undefined : new AuditDataScanner(header);
    return SectionScanner.of(head, { name: sectionName, maximumBytes: maximumPartBytes, read: readAuditData });
  }

  push(bytes: Buffer): boolean {
    const start = this.#length;
    this.#length += bytes.length;
    this.#table.push(bytes, start);
    if (this.#passedOver === undefined && this.#table.isFull) this.#passedOver = this.#codeAndData(start);
    let position = start;
    for (const range of this.#passedOver ?? []) {
      const end = Math.min(range.start, this.#length);
      if (end > position) this.#content.write(bytes.subarray(position - start, end - start), position);
      position = Math.max(position, Math.min(range.end, this.#length));
    }
    if (position < this.#length) this.#content.write(bytes.subarray(position - start), position);
    return true;
  }

  /** @param start before which everything was kept */
  #codeAndData(start: number): readonly Range[] {
    const segments = parseElfSegments(this.#header, this.#table.content());
    // Some linkers put constants and code into one segment.
    const hasConstants = segments.some(({ isWritable, isExecutable }) => !isWritable && !isExecutable);
    return segments
      .filter(({ isWritable, isExecutable }) => isWritable || (isExecutable && hasConstants))
      .map(({ offset, sizeBytes }) => ({ start: Math.max(offset, start), end: offset + sizeBytes }))
      .toSorted((left, right) => left.start - right.start);
  }

  #isKept(offset: number, sizeBytes: number): boolean {
    const end = offset + sizeBytes;
    return end <= this.#length && !(this.#passedOver ?? []).some((range) => offset < range.end && end > range.start);
  }

  #part(offset: number, sizeBytes: number): Buffer | undefined {
    return sizeBytes <= maximumPartBytes && this.#isKept(offset, sizeBytes) ? this.#content.read(offset, offset + sizeBytes) : undefined;
  }

  finish(): Extraction<RustFact> {
    const read = this.#read();
    this.#content.release();
    return read;
  }

  #read(): Extraction<RustFact> {
    const [audited, constants] = findElfSections(this.#header, (offset, sizeBytes) => this.#part(offset, sizeBytes), [sectionName, constantsName]);
    const section = audited === undefined ? undefined : this.#part(audited.offset, audited.sizeBytes);
    if (section !== undefined) return readAuditData(section);
    if (constants === undefined || !this.#isKept(constants.offset, constants.sizeBytes)) return {};
    const search = new CrateTraceSearch(['/']);
    for (const piece of this.#content.pieces(constants.offset, constants.offset + constants.sizeBytes)) search.push(piece);
    const traces = search.finish();
    return traces.length === 0 ? {} : { fact: { traces } };
  }
}

function readAuditData(section: Buffer): Extraction<RustFact> {
  try {
    return { fact: { crates: parseAuditData(section) } };
  } catch {
    return { diagnostics: [{ code: 'cargo-auditable-unreadable', severity: 'incomplete', message: 'The list of crates in the program cannot be read.' }] };
  }
}
