import type { Extraction, FileScanner } from '../cataloguer.js';
import { programFormat, type ProgramFormat } from '../program-format.js';
import { StreamCapture } from '../stream-capture.js';
import { CrateTraceSearch, joinCrateTraces } from './crate-trace-search.js';
import type { RustFact } from './rust-fact.js';

/** Sections of constants: of a program of Windows, and of one of macOS. */
const constantsNames = ['.rdata', '__const', '__cstring'] as const;

interface SectionSearch {
  readonly offset: number;
  readonly end: number;
  readonly search: CrateTraceSearch;
}

interface SectionOptions {
  /** Of the section that holds the list of crates. */
  readonly name: string;
  /** A longer section is none of a real program, and is not kept. */
  readonly maximumBytes: number;
  readonly read: (section: Buffer) => Extraction<RustFact>;
}

/**
 * Reads a program of Windows or macOS, whose first table says where its sections are: keeps the one that holds the list of
 * crates, or, without it, looks through the constants for paths of crates as they come by.
 */
export class SectionScanner implements FileScanner<RustFact> {
  readonly #format: ProgramFormat;
  readonly #options: SectionOptions;
  readonly #table: StreamCapture;
  #list: StreamCapture | undefined;
  #constants: readonly SectionSearch[] | undefined;
  #length = 0;

  private constructor(format: ProgramFormat, options: SectionOptions) {
    this.#format = format;
    this.#options = options;
    this.#table = new StreamCapture(format.table.offset, format.table.sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for anything but a program whose first table names its sections */
  static of(head: Buffer, options: SectionOptions): SectionScanner | undefined {
    const format = programFormat(head);
    return format?.section === undefined ? undefined : new SectionScanner(format, options);
  }

  push(bytes: Buffer): boolean {
    const start = this.#length;
    this.#length += bytes.length;
    this.#table.push(bytes, start);
    if (this.#constants === undefined) {
      if (!this.#table.isFull) return true;
      this.#constants = this.#findSections(this.#table.content(), start);
    }
    this.#list?.push(bytes, start);
    for (const { offset, end, search } of this.#constants) {
      const part = bytes.subarray(Math.max(0, offset - start), Math.max(0, end - start));
      if (part.length > 0) search.push(part);
    }
    return this.#list === undefined ? this.#constants.some(({ end }) => end > this.#length) : !this.#list.isFull;
  }

  /**
   * @param start before which nothing can be read any more
   * @returns where constants are, unless there is a list
   */
  #findSections(table: Buffer, start: number): readonly SectionSearch[] {
    const { name, maximumBytes } = this.#options;
    const list = this.#format.section?.(table, name);
    if (list !== undefined && list.sizeBytes > 0 && list.sizeBytes <= maximumBytes) {
      this.#list = new StreamCapture(list.offset, list.sizeBytes);
      return [];
    }
    return constantsNames.flatMap((constants): readonly SectionSearch[] => {
      const section = this.#format.section?.(table, constants);
      if (section === undefined || section.offset < start) return [];
      return [{ offset: section.offset, end: section.offset + section.sizeBytes, search: new CrateTraceSearch(['/', '\\']) }];
    });
  }

  finish(): Extraction<RustFact> {
    if (this.#list !== undefined) return this.#list.isFull ? this.#options.read(this.#list.content()) : {};
    const whole = (this.#constants ?? []).filter(({ end }) => end <= this.#length);
    const traces = joinCrateTraces(whole.map(({ search }) => search.finish()));
    return traces.length === 0 ? {} : { fact: { traces } };
  }
}
