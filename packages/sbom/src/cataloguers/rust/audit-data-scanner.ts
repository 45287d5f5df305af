import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { parseElfSegments } from '../elf-segments.js';
import { StreamCapture } from '../stream-capture.js';
import { parseAuditData, type RustCrate } from './parse-audit-data.js';
import { readElfSection } from './read-elf-section.js';

const sectionName = '.dep-v0';

/** Programs with debugging information may be larger; they are not looked into. */
const maximumProgramBytes = 128 * 1024 * 1024;

const maximumTableBytes = 65_536;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Keeps an ELF file until its end, where the table of its sections is, and reads the section of cargo-auditable. Code and
 * data, which are most of a program and hold no such section, are passed over.
 */
export class AuditDataScanner implements FileScanner<readonly RustCrate[]> {
  readonly #header: ElfHeader;
  readonly #content: Buffer;
  readonly #table: StreamCapture;
  #passedOver: readonly Range[] | undefined;
  #length = 0;

  private constructor(header: ElfHeader, sizeBytes: number) {
    this.#header = header;
    this.#content = takeMemory(sizeBytes);
    const { offset, entryBytes, count } = header.programHeaders;
    this.#table = new StreamCapture(offset, Math.min(entryBytes * count, maximumTableBytes));
  }

  /** @param head the first 64 bytes; `undefined` is answered for what is no ELF program with sections */
  static of(head: Buffer, sizeBytes: number): AuditDataScanner | undefined {
    const header = sizeBytes > maximumProgramBytes ? undefined : parseElfHeader(head);
    return header === undefined || header.sectionHeaders.count === 0 ? undefined : new AuditDataScanner(header, sizeBytes);
  }

  push(bytes: Buffer): boolean {
    const start = this.#length;
    this.#length += bytes.length;
    this.#table.push(bytes, start);
    if (this.#passedOver === undefined && this.#table.isFull) this.#passedOver = this.#codeAndData(start);
    let position = start;
    for (const range of this.#passedOver ?? []) {
      if (range.start > position) position += bytes.copy(this.#content, position, position - start, Math.min(range.start, this.#length) - start);
      position = Math.max(position, Math.min(range.end, this.#length));
    }
    if (position < this.#length) bytes.copy(this.#content, position, position - start);
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

  #part(offset: number, sizeBytes: number): Buffer | undefined {
    const end = offset + sizeBytes;
    const isKept = end <= this.#length && !(this.#passedOver ?? []).some((range) => offset < range.end && end > range.start);
    return isKept ? this.#content.subarray(offset, end) : undefined;
  }

  finish(): Extraction<readonly RustCrate[]> {
    const read = this.#read();
    giveBackMemory(this.#content);
    return read;
  }

  #read(): Extraction<readonly RustCrate[]> {
    const section = readElfSection(this.#header, (offset, sizeBytes) => this.#part(offset, sizeBytes), sectionName);
    if (section === undefined) return {};
    try {
      return { fact: parseAuditData(section) };
    } catch {
      return { diagnostics: [{ code: 'cargo-auditable-unreadable', severity: 'incomplete', message: 'The list of crates in the program cannot be read.' }] };
    }
  }
}

const spareBytes = 4 * 1024 * 1024;
/** As many as layers are read at a time. */
const maximumSpares = 4;
const spares: Buffer[] = [];

/**
 * Memory for a program, at least so long, with whatever it held before; `#part` gives out only what was written. Programs
 * come by the thousand, so the memory of one that is not large serves the next.
 */
function takeMemory(sizeBytes: number): Buffer {
  if (sizeBytes > spareBytes) return Buffer.allocUnsafeSlow(sizeBytes);
  return spares.pop() ?? Buffer.allocUnsafeSlow(spareBytes);
}

function giveBackMemory(memory: Buffer): void {
  if (memory.length === spareBytes && spares.length < maximumSpares) spares.push(memory);
}
