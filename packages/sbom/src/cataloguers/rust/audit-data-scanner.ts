import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseElfHeader, type ElfHeader } from '../elf-header.js';
import { parseAuditData, type RustCrate } from './parse-audit-data.js';
import { readElfSection } from './read-elf-section.js';

const sectionName = '.dep-v0';

/** Programs with debugging information may be larger; they are not looked into. */
export const maximumProgramBytes = 128 * 1024 * 1024;

/** Keeps an ELF file until its end, where the table of its sections is, and reads the section of cargo-auditable. */
export class AuditDataScanner implements FileScanner<readonly RustCrate[]> {
  readonly #header: ElfHeader;
  readonly #content: Buffer;
  #length = 0;

  private constructor(header: ElfHeader, sizeBytes: number) {
    this.#header = header;
    this.#content = Buffer.allocUnsafe(sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for what is no ELF program with sections */
  static of(head: Buffer, sizeBytes: number): AuditDataScanner | undefined {
    const header = sizeBytes > maximumProgramBytes ? undefined : parseElfHeader(head);
    return header === undefined || header.sectionHeaders.count === 0 ? undefined : new AuditDataScanner(header, sizeBytes);
  }

  push(bytes: Buffer): boolean {
    this.#length += bytes.copy(this.#content, this.#length);
    return true;
  }

  finish(): Extraction<readonly RustCrate[]> {
    const section = readElfSection(this.#header, this.#content.subarray(0, this.#length), sectionName);
    if (section === undefined) return {};
    try {
      return { fact: parseAuditData(section) };
    } catch {
      return { diagnostics: [{ code: 'cargo-auditable-unreadable', severity: 'incomplete', message: 'The list of crates in the program cannot be read.' }] };
    }
  }
}
