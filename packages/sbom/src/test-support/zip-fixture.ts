import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFixtureEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Stored without compression. */
  readonly isStored?: boolean;
  /** What the central directory says instead of the truth. */
  readonly says?: { readonly sizeBytes?: number; readonly crc?: number; readonly flags?: number; readonly method?: number; readonly offset?: number };
}

export interface ZipFixtureOptions {
  /** Bytes before the first header, which offsets do not count. */
  readonly prefix?: Buffer;
  readonly comment?: string;
  /** Sizes and offsets in ZIP64 fields. */
  readonly isZip64?: boolean;
}

/** Writes a ZIP file as PKWARE APPNOTE 6.3.10 describes it; files by name, or as entries. */
export function zipFile(files: Readonly<Record<string, string | Buffer>> | readonly ZipFixtureEntry[], options: ZipFixtureOptions = {}): Buffer {
  const entries: readonly ZipFixtureEntry[] = isEntries(files) ? files : Object.entries(files).map(([name, content]) => ({ name, content }));
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const method = entry.isStored === true ? 0 : 8;
    const data = method === 0 ? content : deflateRawSync(content);
    const { sizeBytes = content.length, crc = crc32(content), flags = 0, method: saidMethod = method, offset: saidOffset = offset } = entry.says ?? {};
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([integers([4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0], [4, crc], [4, data.length], [4, content.length], [2, name.length], [2, 0]), name, data]);
    const wide = options.isZip64 === true ? Buffer.concat([integers([2, 0x9999], [2, 1], [1, 0], [2, 1], [2, 24]), wideIntegers(sizeBytes, data.length, saidOffset)]) : Buffer.alloc(0);
    const [narrowSize, narrowData, narrowOffset] = options.isZip64 === true ? [0xffffffff, 0xffffffff, 0xffffffff] : [sizeBytes, data.length, saidOffset];
    directory.push(
      integers([4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, saidMethod], [4, 0], [4, crc], [4, narrowData], [4, narrowSize], [2, name.length], [2, wide.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, narrowOffset]),
      name,
      wide,
    );
    locals.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const end64 =
    options.isZip64 === true
      ? Buffer.concat([
          integers([4, 0x06064b50]),
          wideIntegers(44),
          integers([2, 45], [2, 45], [4, 0], [4, 0]),
          wideIntegers(entries.length, entries.length, table.length, offset),
          integers([4, 0x07064b50], [4, 0]),
          wideIntegers(offset + table.length),
          integers([4, 1]),
        ])
      : Buffer.alloc(0);
  const [endSize, endOffset] = options.isZip64 === true ? [0xffffffff, 0xffffffff] : [table.length, offset];
  const end = integers([4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, endSize], [4, endOffset], [2, comment.length]);
  return Buffer.concat([options.prefix ?? Buffer.alloc(0), ...locals, table, end64, end, comment]);
}

function isEntries(files: Readonly<Record<string, string | Buffer>> | readonly ZipFixtureEntry[]): files is readonly ZipFixtureEntry[] {
  return Array.isArray(files);
}

/** Little-endian integers, each with its number of bytes. */
function integers(...fields: readonly (readonly [1 | 2 | 4, number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((total, [width]) => total + width, 0));
  let at = 0;
  for (const [width, value] of fields) at = bytes.writeUIntLE(value, at, width);
  return bytes;
}

function wideIntegers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8);
  return bytes;
}
