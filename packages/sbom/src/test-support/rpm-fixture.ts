import { DatabaseSync } from 'node:sqlite';

export type RpmTags = Readonly<Record<number, string | readonly string[] | readonly number[]>>;

/** A header as rpm databases hold it: a text is a STRING, texts a STRING_ARRAY, numbers INT32. */
export function rpmHeader(tags: RpmTags): Buffer {
  const entries: Buffer[] = [];
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const padding = Buffer.alloc((4 - (offset % 4)) % 4);
    const data = typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.concat(value.map(dataOf));
    const type = typeof value === 'string' ? 6 : typeof value[0] === 'number' ? 4 : 8;
    entries.push(bigEndian(Number(tag), type, offset + padding.length, typeof value === 'string' ? 1 : value.length));
    parts.push(padding, data);
    offset += padding.length + data.length;
  }
  return Buffer.concat([bigEndian(entries.length, offset), ...entries, ...parts]);
}

function dataOf(value: string | number): Buffer {
  return typeof value === 'string' ? Buffer.from(`${value}\0`) : bigEndian(value);
}

function bigEndian(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
}

function littleEndian(...values: readonly number[]): Buffer {
  return bigEndian(...values).swap32();
}

/** A header with what no package is without, and what else is given. */
export function rpmPackage(name: string, versionRelease: string, rest: RpmTags = {}): Buffer {
  const [version = '', release = ''] = versionRelease.split('-');
  return rpmHeader({ 1000: name, 1001: version, 1002: release, 1022: 'x86_64', ...rest });
}

/** `rpmdb.sqlite`, written by SQLite itself. */
export function sqliteDatabase(headers: readonly Buffer[], options: { readonly pageSize?: number } = {}): Buffer {
  const database = new DatabaseSync(':memory:');
  database.exec(`PRAGMA page_size = ${options.pageSize ?? 4096}`);
  database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL); CREATE TABLE 'Name' (key TEXT NOT NULL, hnum INTEGER NOT NULL)");
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const header of headers) insert.run(header);
  const content = Buffer.from(database.serialize());
  database.close();
  return content;
}

const overflowCapacity = 4096 - 26;

/** `Packages` of Berkeley DB: a page of pairs, every value in a chain of overflow pages, or in the page when `inline`. */
export function berkeleyDatabase(headers: readonly Buffer[], byteOrder: 'big' | 'little', inline = false): Buffer {
  const write16 = (page: Buffer, value: number, offset: number): number => (byteOrder === 'big' ? page.writeUInt16BE(value, offset) : page.writeUInt16LE(value, offset));
  const write32 = (page: Buffer, value: number, offset: number): number => (byteOrder === 'big' ? page.writeUInt32BE(value, offset) : page.writeUInt32LE(value, offset));
  const newPage = (number: number, type: number): Buffer => {
    const page = Buffer.alloc(4096);
    write32(page, number, 8);
    page.writeUInt8(type, 25);
    return page;
  };
  const metadata = newPage(0, 8);
  write32(metadata, 0x00061561, 12);
  write32(metadata, 4096, 20);
  const pairs = newPage(1, 13);
  const pages = [metadata, pairs];
  const items: Buffer[] = [];
  const key = (value: number): Buffer => {
    const bytes = Buffer.alloc(5, 1);
    write32(bytes, value, 1);
    return bytes;
  };
  // The record of key 0 holds the highest number.
  items.push(key(0), key(headers.length));
  for (const [index, header] of headers.entries()) {
    const reference = Buffer.alloc(12, 3);
    write32(reference, pages.length, 4);
    write32(reference, header.length, 8);
    items.push(key(index + 1), inline ? Buffer.concat([Buffer.from([1]), header]) : reference);
    for (let offset = 0; !inline && offset < header.length; offset += overflowCapacity) {
      const part = header.subarray(offset, offset + overflowCapacity);
      const page = newPage(pages.length, 7);
      write32(page, offset + part.length < header.length ? pages.length + 1 : 0, 16);
      write16(page, part.length, 22);
      part.copy(page, 26);
      pages.push(page);
    }
  }
  let end = 4096;
  for (const [index, item] of items.entries()) {
    end -= item.length;
    item.copy(pairs, end);
    write16(pairs, end, 26 + index * 2);
  }
  write16(pairs, items.length, 20);
  return Buffer.concat(pages);
}

/** `Packages.db` of rpm's own format, with a free slot before the others. */
export function ndbDatabase(headers: readonly Buffer[]): Buffer {
  const slots = [Buffer.from('RpmP'), littleEndian(0, 1, 1, headers.length + 1, 0, 0, 0), Buffer.concat([Buffer.from('Slot'), littleEndian(0, 0, 0)])];
  const blobs: Buffer[] = [];
  let block = 4096 / 16;
  for (const [index, header] of headers.entries()) {
    const padded = Math.ceil(header.length / 16) * 16;
    const blob = Buffer.concat([Buffer.from('BlbS'), littleEndian(index + 1, 1, header.length), header, Buffer.alloc(padded - header.length), Buffer.alloc(16)]);
    slots.push(Buffer.concat([Buffer.from('Slot'), littleEndian(index + 1, block, blob.length / 16)]));
    blobs.push(blob);
    block += blob.length / 16;
  }
  const page = Buffer.alloc(4096);
  Buffer.concat(slots).copy(page);
  return Buffer.concat([page, ...blobs]);
}
