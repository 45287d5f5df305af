import type { Extraction, FileScanner } from '../cataloguer.js';
import { programFormat, type ProgramFormat } from '../program-format.js';
import { StreamCapture } from '../stream-capture.js';

/** Keeps the section of a name of a program of Windows or macOS, whose headers say where it is. */
export class NamedSectionScanner<Fact> implements FileScanner<Fact> {
  readonly #format: ProgramFormat;
  readonly #name: string;
  readonly #maximumBytes: number;
  readonly #read: (section: Buffer) => Extraction<Fact>;
  readonly #table: StreamCapture;
  #section: StreamCapture | undefined;
  #offset = 0;

  private constructor(format: ProgramFormat, options: NamedSectionOptions<Fact>) {
    this.#format = format;
    this.#name = options.name;
    this.#maximumBytes = options.maximumBytes;
    this.#read = options.read;
    this.#table = new StreamCapture(format.table.offset, format.table.sizeBytes);
  }

  /** @param head the first 64 bytes; `undefined` is answered for anything but a program whose first table names its sections */
  static of<Fact>(head: Buffer, options: NamedSectionOptions<Fact>): NamedSectionScanner<Fact> | undefined {
    const format = programFormat(head);
    return format?.section === undefined ? undefined : new NamedSectionScanner(format, options);
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#table.push(bytes, offset);
    if (this.#section === undefined) {
      if (!this.#table.isFull) return true;
      const found = this.#format.section?.(this.#table.content(), this.#name);
      if (found === undefined || found.sizeBytes === 0 || found.sizeBytes > this.#maximumBytes) return false;
      this.#section = new StreamCapture(found.offset, found.sizeBytes);
    }
    this.#section.push(bytes, offset);
    return !this.#section.isFull;
  }

  finish(): Extraction<Fact> {
    return this.#section?.isFull === true ? this.#read(this.#section.content()) : {};
  }
}

interface NamedSectionOptions<Fact> {
  readonly name: string;
  /** A longer section is none of a real program, and is not kept. */
  readonly maximumBytes: number;
  readonly read: (section: Buffer) => Extraction<Fact>;
}
