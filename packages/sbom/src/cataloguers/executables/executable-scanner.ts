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
}

const maximumTableBytes = 65_536;
/** `FDO\0`, and the number the specification of the package note gives it. */
const noteOwner = 'FDO';
const packageNoteType = 0xcafe1a7e;

/** Reads the notes of an ELF file, which linkers put near its beginning; the rest of the file, and other files, need not come by. */
export class ExecutableScanner implements FileScanner<ExecutableFact> {
  readonly #kind: ExecutableKind;
  readonly #header: ElfHeader | undefined;
  readonly #table: StreamCapture;
  #notes: readonly StreamCapture[] | undefined;
  #offset = 0;

  /** @param head the first 64 bytes */
  constructor(kind: ExecutableKind, head: Buffer) {
    this.#kind = kind;
    this.#header = kind === 'archive' ? undefined : parseElfHeader(head);
    const { offset, entryBytes, count } = this.#header?.programHeaders ?? { offset: 0, entryBytes: 0, count: 0 };
    this.#table = new StreamCapture(offset, Math.min(entryBytes * count, maximumTableBytes));
  }

  push(bytes: Buffer): boolean {
    if (this.#header === undefined) return false;
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#table.push(bytes, offset);
    if (this.#notes === undefined && this.#table.isFull) {
      this.#notes = noteRanges(this.#header, this.#table.content()).map((range) => new StreamCapture(range.offset, range.sizeBytes));
    }
    for (const capture of this.#notes ?? []) capture.push(bytes, offset);
    return this.#notes?.some(({ isFull }) => !isFull) ?? true;
  }

  finish(): Extraction<ExecutableFact> {
    const note = this.#packageNote();
    return { fact: { kind: this.#kind, ...(note === undefined ? {} : { note }) } };
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
