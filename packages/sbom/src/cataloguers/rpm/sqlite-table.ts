/** Where the pages of a database are: the file, or a journal that has some of them. Numbers begin at 1. */
export interface SqlitePages {
  readonly pageSize: number;
  /** Bytes at the end of each page that extensions keep for themselves. */
  readonly reservedBytes: number;
  page(number: number): Buffer | undefined;
}

export interface SqliteRow {
  readonly rowId: number;
  /** The record; `undefined` when its pages are not all there, or when it is longer than that. */
  record(maximumBytes: number): Buffer | undefined;
}

/** A page of the b-tree of a table. */
export type TableNode<Row> = { readonly children: readonly number[] } | { readonly rows: readonly Row[] };

const interiorTable = 0x05;
const leafTable = 0x0d;
const fileHeaderBytes = 100;
const maximumDepth = 20;

/**
 * All rows of a table in the order of their ids (SQLite file format, "b-tree pages"). A page is visited once at most, so
 * a tree that leads in a circle ends.
 * @param node reads one page of the tree; `undefined` when it is none
 * @returns the rows, and how many pages were none of a table
 */
export function tableRows<Row>(root: number, node: (page: number) => TableNode<Row> | undefined): { readonly rows: readonly Row[]; readonly broken: number } {
  const rows: Row[] = [];
  const visited = new Set<number>();
  let broken = 0;
  const visit = (page: number, depth: number): void => {
    const found = visited.has(page) || depth > maximumDepth ? undefined : node(page);
    visited.add(page);
    if (found === undefined) broken += 1;
    else if ('rows' in found) for (const row of found.rows) rows.push(row);
    else for (const child of found.children) visit(child, depth + 1);
  };
  visit(root, 0);
  return { rows, broken };
}

/** One page of a table's b-tree; `undefined` when the page is missing or something else. */
export function tableNode(pages: SqlitePages, number: number): TableNode<SqliteRow> | undefined {
  const page = pages.page(number);
  if (page === undefined) return undefined;
  const start = number === 1 ? fileHeaderBytes : 0;
  const type = page.readUInt8(start);
  if (type !== interiorTable && type !== leafTable) return undefined;
  const headerBytes = type === interiorTable ? 12 : 8;
  const cells: number[] = [];
  const cellCount = page.readUInt16BE(start + 3);
  for (let cell = 0; cell < cellCount; cell += 1) {
    const pointer = start + headerBytes + cell * 2;
    if (pointer + 2 > page.length) return undefined;
    const offset = page.readUInt16BE(pointer);
    if (offset + 4 > page.length) return undefined;
    cells.push(offset);
  }
  if (type === interiorTable) return { children: [...cells.map((offset) => page.readUInt32BE(offset)), page.readUInt32BE(start + 8)] };
  return { rows: cells.map((offset) => leafRow(pages, page, offset)) };
}

function leafRow(pages: SqlitePages, page: Buffer, offset: number): SqliteRow {
  const length = readVarint(page, offset);
  const rowId = readVarint(page, length.end);
  return { rowId: rowId.value, record: (maximumBytes) => (length.value > maximumBytes ? undefined : readPayload(pages, page, rowId.end, length.value)) };
}

/** What does not fit into the leaf is in a chain of overflow pages ("cell payload overflow pages"). */
function readPayload(pages: SqlitePages, page: Buffer, start: number, length: number): Buffer | undefined {
  const usable = pages.pageSize - pages.reservedBytes;
  const maximumLocal = usable - 35;
  if (length <= maximumLocal) return start + length <= page.length ? page.subarray(start, start + length) : undefined;
  const minimumLocal = Math.floor(((usable - 12) * 32) / 255) - 23;
  const preferred = minimumLocal + ((length - minimumLocal) % (usable - 4));
  const local = preferred <= maximumLocal ? preferred : minimumLocal;
  if (start + local + 4 > page.length) return undefined;
  const parts = [page.subarray(start, start + local)];
  let left = length - local;
  let next = page.readUInt32BE(start + local);
  while (left > 0) {
    const overflow = pages.page(next);
    // Each page gives bytes, so a chain that leads in a circle ends with the record, whose length is bounded.
    if (overflow === undefined) return undefined;
    const part = overflow.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** A number of one to nine bytes; beyond 2^53 it is not exact, which no length or row of a real file reaches. */
function readVarint(bytes: Buffer, offset: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[offset + index] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: offset + index + 1 };
  }
  return { value: value * 256 + (bytes[offset + 8] ?? 0), end: offset + 9 };
}

/** The values of a record ("record format"): numbers and texts of up to 64 bits, and blobs as parts of it. */
export function recordValues(record: Buffer): readonly (number | string | Buffer | undefined)[] {
  const header = readVarint(record, 0);
  const values: (number | string | Buffer | undefined)[] = [];
  let content = header.value;
  for (let position = header.end; position < header.value && position < record.length; ) {
    const type = readVarint(record, position);
    position = type.end;
    const length = valueBytes(type.value);
    const bytes = record.subarray(content, content + length);
    values.push(bytes.length < length ? undefined : valueOf(type.value, bytes));
    content += length;
  }
  return values;
}

function valueBytes(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

function valueOf(type: number, bytes: Buffer): number | string | Buffer | undefined {
  if (type >= 12) return type % 2 === 0 ? bytes : bytes.toString();
  if (type === 8 || type === 9) return type - 8;
  return type >= 1 && type <= 5 ? bytes.readIntBE(0, bytes.length) : undefined;
}
