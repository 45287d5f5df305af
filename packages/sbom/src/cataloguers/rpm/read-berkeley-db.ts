/** Layout of a page (Berkeley DB, dbinc/db_page.h): 26 bytes of header, then offsets of the items. */
const pageHeaderBytes = 26;
const pageTypes = { hashUnsorted: 2, overflow: 7, hash: 13 } as const;
const itemTypes = { inline: 1, offPage: 3 } as const;
const hashMagic = 0x00061561;

interface Pages {
  readonly count: number;
  page(number: number): Buffer | undefined;
  readUInt16(page: Buffer, offset: number): number;
  readUInt32(page: Buffer, offset: number): number;
}

/** Whether the file is a Berkeley DB hash, of either byte order. */
export function isBerkeleyDb(content: Buffer): boolean {
  return content.length >= 512 && (content.readUInt32LE(12) === hashMagic || content.readUInt32BE(12) === hashMagic);
}

/**
 * The records of rpm's `Packages` where it is a Berkeley DB hash file, in the byte order of whichever machine wrote it.
 * All pages are read in turn: no record is looked up, so the hashing and the free list do not matter.
 * @returns the values; what a broken chain leaves of one is left out and counted
 */
export function readBerkeleyDb(content: Buffer): { readonly records: readonly Buffer[]; readonly broken: number } {
  const pages = openPages(content);
  if (pages === undefined) return { records: [], broken: 1 };
  const records: Buffer[] = [];
  let broken = 0;
  // Values of real files never overlap, so together they are no longer than the file.
  let left = content.length;
  for (let number = 1; number < pages.count; number += 1) {
    const page = pages.page(number);
    if (page === undefined) continue;
    const type = page.readUInt8(25);
    if (type !== pageTypes.hash && type !== pageTypes.hashUnsorted) continue;
    for (const value of valuesOf(page, pages, left)) {
      if (value === undefined) broken += 1;
      // The record of key 0 is the highest record number given so far.
      else if (value.length > 4) {
        records.push(value);
        left -= value.length;
      }
      if (left <= 0) return { records, broken: broken + 1 };
    }
  }
  return { records, broken };
}

function openPages(content: Buffer): Pages | undefined {
  if (!isBerkeleyDb(content)) return undefined;
  const isLittleEndian = content.readUInt32LE(12) === hashMagic;
  const readUInt16 = (page: Buffer, offset: number): number => (isLittleEndian ? page.readUInt16LE(offset) : page.readUInt16BE(offset));
  const readUInt32 = (page: Buffer, offset: number): number => (isLittleEndian ? page.readUInt32LE(offset) : page.readUInt32BE(offset));
  const pageSize = readUInt32(content, 20);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  const count = Math.floor(content.length / pageSize);
  return {
    count,
    page: (number) => (number < count ? content.subarray(number * pageSize, (number + 1) * pageSize) : undefined),
    readUInt16,
    readUInt32,
  };
}

/** Items come in pairs of key and value; they fill the page from its end, so each ends where the one before begins. */
function* valuesOf(page: Buffer, pages: Pages, maximumBytes: number): Generator<Buffer | undefined> {
  const items = Math.min(pages.readUInt16(page, 20), Math.floor((page.length - pageHeaderBytes) / 2));
  const start = (item: number): number => pages.readUInt16(page, pageHeaderBytes + item * 2);
  for (let item = 1; item < items; item += 2) {
    const offset = start(item);
    const end = start(item - 1);
    if (offset >= end || end > page.length) {
      yield undefined;
      continue;
    }
    const type = page.readUInt8(offset);
    if (type === itemTypes.inline) yield page.subarray(offset + 1, end);
    else if (type === itemTypes.offPage && end - offset >= 12) {
      yield overflow(pages, pages.readUInt32(page, offset + 4), pages.readUInt32(page, offset + 8), maximumBytes);
    } else yield undefined;
  }
}

/** A value in a chain of pages of its own. */
function overflow(pages: Pages, firstPage: number, length: number, maximumBytes: number): Buffer | undefined {
  if (length > maximumBytes) return undefined;
  const parts: Buffer[] = [];
  let left = length;
  for (let number = firstPage; left > 0; ) {
    const page = pages.page(number);
    const taken = page?.readUInt8(25) === pageTypes.overflow ? Math.min(pages.readUInt16(page, 22), left) : 0;
    // Each page gives at least a byte, so a chain that leads in a circle ends, too.
    if (page === undefined || taken === 0 || pageHeaderBytes + taken > page.length) return undefined;
    parts.push(page.subarray(pageHeaderBytes, pageHeaderBytes + taken));
    left -= taken;
    number = pages.readUInt32(page, 16);
  }
  return Buffer.concat(parts);
}
