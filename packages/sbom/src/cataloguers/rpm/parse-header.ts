/** Values of one tag as they lie in the data of a header. */
interface TagEntry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const entryBytes = 16;

/** Of the rpm sources: a header with more is refused by rpm itself. */
const maximumEntries = 0xffff;

const typeInt32 = 4;
const stringTypes: ReadonlySet<number> = new Set([6, 8, 9]);

/**
 * The header of an installed package as rpm databases hold it (rpm file format, "header structure", without the magic
 * of package files): numbers are big-endian whatever the machine. Nothing is copied but what is asked for, and what lies
 * outside the blob counts as absent.
 */
export class RpmHeader {
  readonly #data: Buffer;
  readonly #entries: ReadonlyMap<number, TagEntry>;

  private constructor(data: Buffer, entries: ReadonlyMap<number, TagEntry>) {
    this.#data = data;
    this.#entries = entries;
  }

  /** @returns `undefined` for bytes that are no header. */
  static parse(blob: Buffer): RpmHeader | undefined {
    if (blob.length < 8) return undefined;
    const entryCount = blob.readUInt32BE(0);
    const dataBytes = blob.readUInt32BE(4);
    const dataStart = 8 + entryCount * entryBytes;
    if (entryCount === 0 || entryCount > maximumEntries || dataStart + dataBytes > blob.length) return undefined;
    const data = blob.subarray(dataStart, dataStart + dataBytes);
    const entries = new Map<number, TagEntry>();
    // Entries behind the immutable region repeat tags that were changed at installation: the later one counts.
    for (let position = 8; position < dataStart; position += entryBytes) {
      const offset = blob.readUInt32BE(position + 8);
      if (offset >= data.length) continue;
      entries.set(blob.readUInt32BE(position), { type: blob.readUInt32BE(position + 4), offset, count: blob.readUInt32BE(position + 12) });
    }
    return new RpmHeader(data, entries);
  }

  /** The text of a tag; of a translated one the first, which is in the C locale. */
  text(tag: number): string | undefined {
    return this.#strings(tag, 1)[0];
  }

  /** All texts of a tag; none when it is absent. */
  texts(tag: number): readonly string[] {
    return this.#strings(tag, Number.POSITIVE_INFINITY);
  }

  /** The 32-bit numbers of a tag; none when it is absent. */
  integers(tag: number): readonly number[] {
    const entry = this.#entries.get(tag);
    if (entry?.type !== typeInt32) return [];
    const count = Math.min(entry.count, Math.floor((this.#data.length - entry.offset) / 4));
    return Array.from({ length: count }, (_, index) => this.#data.readUInt32BE(entry.offset + index * 4));
  }

  #strings(tag: number, maximum: number): readonly string[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined || !stringTypes.has(entry.type)) return [];
    const strings: string[] = [];
    let position = entry.offset;
    for (let left = Math.min(entry.count, maximum); left > 0 && position < this.#data.length; left -= 1) {
      const end = this.#data.indexOf(0, position);
      if (end < 0) break;
      strings.push(this.#data.toString('utf8', position, end));
      position = end + 1;
    }
    return strings;
  }
}
