/** A file inside a single-file program. */
interface BundledFile {
  readonly path: string;
  readonly kind: 'deps.json' | 'other';
  readonly offset: number;
  /** As it is stored. */
  readonly sizeBytes: number;
}

const maximumFiles = 50_000;
/** Of the kinds of files in a bundle. */
const depsJsonKind = 3;
/** Versions of the header since which it names two files itself, and since which files may be compressed. */
const version = { first: 1, withPlaces: 2, compressed: 6 } as const;

/**
 * Reads the header of a single-file program: the files bundled with it, by the order in which they lie (.NET, "Single-file
 * bundler" design). Later versions of the format are refused, as what they add cannot be known.
 * @param header from its first byte to the end of the file
 * @throws RangeError for a header that ends early or is none
 */
export function readBundleHeader(header: Buffer): readonly BundledFile[] {
  const [major, minor] = [header.readUInt32LE(0), header.readUInt32LE(4)];
  const isKnown = major === version.first || major === version.withPlaces || major === version.compressed;
  const count = header.readInt32LE(8);
  if (!isKnown || minor > 100 || count < 0 || count > maximumFiles) throw new RangeError('This is no header of a bundle.');
  const reader = new BundleReader(header, 12);
  reader.text();
  if (major >= version.withPlaces) reader.skip(40);
  const files: BundledFile[] = [];
  for (let file = 0; file < count; file++) {
    const offset = reader.long();
    const sizeBytes = reader.long();
    if (major >= version.compressed) reader.skip(8);
    const kind = reader.byte() === depsJsonKind ? 'deps.json' : 'other';
    files.push({ path: reader.text(), kind, offset, sizeBytes });
  }
  return files;
}

class BundleReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  skip(count: number): void {
    this.#at += count;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }

  long(): number {
    this.#at += 8;
    return Number(this.#bytes.readBigInt64LE(this.#at - 8));
  }

  /** Its length comes first, seven bits a byte, the lowest first. */
  text(): string {
    let length = 0;
    for (let shift = 0; shift <= 14; shift += 7) {
      const byte = this.byte();
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError('A text of the bundle ends early.');
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }
}
