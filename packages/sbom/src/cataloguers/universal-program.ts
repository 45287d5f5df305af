import type { FactDiagnostic } from '../layers/layer-facts.js';
import type { Extraction, FileScanner } from './cataloguer.js';
import { StreamCapture } from './stream-capture.js';

/** First four bytes of a file that holds a program for each of several architectures, with 32-bit and with 64-bit places. */
const magics = { narrow: 0xcafebabe, wide: 0xcafebabf } as const;
const headerBytes = 8;
const entryBytes = { narrow: 20, wide: 32 } as const;
/** Class files of Java begin with the same magic and a version above this. */
const maximumArchitectures = 16;
/** What a scanner of one program is chosen by. */
const headBytes = 64;

/** Whether the first bytes are those of a program for several architectures of macOS. */
export function isUniversalProgram(head: Buffer): boolean {
  if (head.length < headBytes) return false;
  const magic = head.readUInt32BE(0);
  const count = head.readUInt32BE(4);
  return (magic === magics.narrow || magic === magics.wide) && count > 0 && count <= maximumArchitectures;
}

/** The program of one architecture. */
interface Slice<Fact> {
  readonly offset: number;
  readonly end: number;
  readonly head: StreamCapture;
  scanner: FileScanner<Fact> | undefined;
  isDone: boolean;
}

/** Gives each program of a universal one (mach-o/fat.h) to a scanner of its own, and makes one fact of what they find. */
export class UniversalScanner<Fact> implements FileScanner<Fact> {
  readonly #scannerOf: (head: Buffer, sizeBytes: number) => FileScanner<Fact> | undefined;
  readonly #join: (facts: readonly Fact[]) => Fact | undefined;
  readonly #isWide: boolean;
  readonly #header: StreamCapture;
  #slices: readonly Slice<Fact>[] | undefined;
  #offset = 0;

  private constructor(head: Buffer, scannerOf: (head: Buffer, sizeBytes: number) => FileScanner<Fact> | undefined, join: (facts: readonly Fact[]) => Fact | undefined) {
    this.#scannerOf = scannerOf;
    this.#join = join;
    this.#isWide = head.readUInt32BE(0) === magics.wide;
    this.#header = new StreamCapture(headerBytes, head.readUInt32BE(4) * (this.#isWide ? entryBytes.wide : entryBytes.narrow));
  }

  /**
   * @param head the first 64 bytes; `undefined` is answered for what is no universal program
   * @param scannerOf of the program of one architecture, by its own first 64 bytes
   * @param join what the programs hold together; asked for one fact at least
   */
  static of<Fact>(head: Buffer, scannerOf: (head: Buffer, sizeBytes: number) => FileScanner<Fact> | undefined, join: (facts: readonly Fact[]) => Fact | undefined): UniversalScanner<Fact> | undefined {
    return isUniversalProgram(head) ? new UniversalScanner(head, scannerOf, join) : undefined;
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#header.push(bytes, offset);
    if (this.#slices === undefined && this.#header.isFull) this.#slices = this.#readSlices(this.#header.content());
    for (const slice of this.#slices ?? []) this.#give(slice, bytes, offset);
    return this.#slices?.some(({ isDone }) => !isDone) ?? true;
  }

  finish(): Extraction<Fact> {
    const found = (this.#slices ?? []).flatMap(({ scanner }) => (scanner === undefined ? [] : [scanner.finish()]));
    const facts = found.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
    const diagnostics = found.flatMap((each): readonly FactDiagnostic[] => each.diagnostics ?? []);
    const fact = facts.length === 0 ? undefined : this.#join(facts);
    return { ...(fact === undefined ? {} : { fact }), ...(diagnostics.length === 0 ? {} : { diagnostics }) };
  }

  #readSlices(table: Buffer): readonly Slice<Fact>[] {
    const size = this.#isWide ? entryBytes.wide : entryBytes.narrow;
    return Array.from({ length: table.length / size }, (_, index) => {
      const at = index * size + 8;
      const [offset, length] = this.#isWide ? [Number(table.readBigUInt64BE(at)), Number(table.readBigUInt64BE(at + 8))] : [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
      // Within the header no program begins.
      const isPlace = offset >= headerBytes + table.length && length >= headBytes;
      return { offset, end: offset + length, head: new StreamCapture(offset, headBytes), scanner: undefined, isDone: !isPlace };
    });
  }

  #give(slice: Slice<Fact>, bytes: Buffer, offset: number): void {
    if (slice.isDone) return;
    const from = Math.max(0, slice.offset - offset);
    const to = Math.min(bytes.length, slice.end - offset);
    if (from >= to) {
      slice.isDone = offset >= slice.end;
      return;
    }
    let part = bytes.subarray(from, to);
    if (slice.scanner === undefined) {
      slice.head.push(bytes, offset);
      if (!slice.head.isFull) return;
      const head = slice.head.content();
      slice.scanner = this.#scannerOf(head, slice.end - slice.offset);
      slice.isDone = slice.scanner === undefined || !slice.scanner.push(head);
      part = part.subarray(Math.max(0, slice.offset + headBytes - (offset + from)));
    }
    if (!slice.isDone && part.length > 0) slice.isDone = slice.scanner?.push(part) !== true;
  }
}
