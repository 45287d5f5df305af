import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { StreamCapture } from '../stream-capture.js';
import { findNote, noteRanges } from './elf-notes.js';
import type { ExecutableKind } from './file-kind.js';
import { parsePackageNote, type PackageNote } from './parse-package-note.js';

/** What is known of a program, library or archive by itself. */
export interface ExecutableFact {
  readonly kind: ExecutableKind;
  readonly note?: PackageNote;
  /** By what the program is packed: what it holds is there only once it runs. */
  readonly packedBy?: 'UPX';
}

const maximumTableBytes = 65_536;
/** UPX writes its mark behind the program headers, or names sections of a PE file after itself. */
const packerBytes = 12;
const packerMark = Buffer.from('UPX!');
const windowsHeadBytes = 1024;
const packedSection = Buffer.from('UPX1\0\0\0\0');

/** `FDO\0`, and the number the specification of the package note gives it. */
const noteOwner = 'FDO';
const packageNoteType = 0xcafe1a7e;

/** Reads the notes of an ELF file, which linkers put near its beginning; the rest of the file, and other files, need not come by. */
export class ExecutableScanner implements FileScanner<ExecutableFact> {
  readonly #kind: ExecutableKind;
  readonly #header: ElfHeader | undefined;
  readonly #isWindows: boolean;
  readonly #table: StreamCapture;
  /** Where the mark of a packer would be. */
  readonly #packer: StreamCapture;
  #notes: readonly StreamCapture[] | undefined;
  #offset = 0;

  /** @param head the first 64 bytes */
  constructor(kind: ExecutableKind, head: Buffer) {
    this.#kind = kind;
    this.#header = kind === 'archive' ? undefined : parseElfHeader(head);
    const { offset, entryBytes, count } = this.#header?.programHeaders ?? { offset: 0, entryBytes: 0, count: 0 };
    const tableBytes = Math.min(entryBytes * count, maximumTableBytes);
    this.#table = new StreamCapture(offset, tableBytes);
    this.#isWindows = kind !== 'archive' && head.toString('latin1', 0, 2) === 'MZ';
    this.#packer = this.#isWindows ? new StreamCapture(0, windowsHeadBytes) : new StreamCapture(offset + tableBytes, packerBytes);
  }

  push(bytes: Buffer): boolean {
    if (this.#header === undefined && !this.#isWindows) return false;
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#packer.push(bytes, offset);
    if (this.#header === undefined) return !this.#packer.isFull;
    this.#table.push(bytes, offset);
    if (this.#notes === undefined && this.#table.isFull) {
      this.#notes = noteRanges(this.#header, this.#table.content()).map((range) => new StreamCapture(range.offset, range.sizeBytes));
    }
    for (const capture of this.#notes ?? []) capture.push(bytes, offset);
    return !this.#packer.isFull || (this.#notes?.some(({ isFull }) => !isFull) ?? true);
  }

  finish(): Extraction<ExecutableFact> {
    const note = this.#packageNote();
    return { fact: { kind: this.#kind, ...(note === undefined ? {} : { note }), ...(this.#isPacked() ? { packedBy: 'UPX' } : {}) } };
  }

  #isPacked(): boolean {
    const bytes = this.#packer.content();
    return this.#isWindows ? bytes.includes(packedSection) : this.#header !== undefined && bytes.subarray(4, 8).equals(packerMark);
  }

  #packageNote(): PackageNote | undefined {
    const header = this.#header;
    if (header === undefined) return undefined;
    for (const capture of this.#notes ?? []) {
      const description = findNote(header, capture.content(), noteOwner, packageNoteType);
      const note = description === undefined ? undefined : parsePackageNote(description);
      if (note !== undefined) return note;
    }
    return undefined;
  }
}
