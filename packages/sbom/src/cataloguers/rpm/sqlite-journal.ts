import type { RpmPackage } from './rpm-package.js';
import { readRpmRecord, type PathBudget } from './rpm-package.js';
import { headerOf, packageRoot, readPageSize } from './read-sqlite.js';
import { tableNode, tableRows, type SqlitePages, type TableNode } from './sqlite-table.js';

/** The pages a write-ahead log has committed, as they are kept: base64 by page number. */
export interface SqliteJournal {
  readonly pageSize: number;
  readonly pages: Readonly<Record<string, string>>;
}

/** The tree of the table of packages, as it is kept: ids of rows by page. */
export interface KeptTree {
  readonly root: number;
  readonly nodes: Readonly<Record<string, TableNode<number>>>;
  /** Packages by id of row; the rows of keys are left out. */
  readonly packages: Readonly<Record<string, RpmPackage>>;
}

const headerBytes = 32;
const frameHeaderBytes = 24;
const littleEndianMagic = 0x377f0682;
const bigEndianMagic = 0x377f0683;

/**
 * Reads a write-ahead log (SQLite file format, "the write-ahead log"): the frames up to the last commit whose salts and
 * checksums are right. What follows is of a transaction that never ended, or left over from before.
 * @returns `undefined` when nothing is committed
 */
export function readSqliteJournal(content: Buffer): SqliteJournal | undefined {
  if (content.length < headerBytes) return undefined;
  const magic = content.readUInt32BE(0);
  const pageSize = readPageSize(content.readUInt32BE(8));
  if ((magic !== littleEndianMagic && magic !== bigEndianMagic) || pageSize === undefined) return undefined;
  const checksum = new JournalChecksum(magic === littleEndianMagic);
  checksum.add(content.subarray(0, 24));
  if (!checksum.isAt(content, 24)) return undefined;

  const committed = new Map<number, Buffer>();
  let pending = new Map<number, Buffer>();
  for (let offset = headerBytes; offset + frameHeaderBytes + pageSize <= content.length; offset += frameHeaderBytes + pageSize) {
    const page = content.subarray(offset + frameHeaderBytes, offset + frameHeaderBytes + pageSize);
    checksum.add(content.subarray(offset, offset + 8));
    checksum.add(page);
    const hasSalts = content.compare(content, 16, 24, offset + 8, offset + 16) === 0;
    if (!hasSalts || !checksum.isAt(content, offset + 16)) break;
    pending.set(content.readUInt32BE(offset), page);
    if (content.readUInt32BE(offset + 4) === 0) continue;
    for (const [number, bytes] of pending) committed.set(number, bytes);
    pending = new Map();
  }
  if (committed.size === 0) return undefined;
  return { pageSize, pages: Object.fromEntries([...committed].map(([number, bytes]) => [number, bytes.toString('base64')])) };
}

/** The running checksum of a log, over words of four bytes in pairs. */
class JournalChecksum {
  readonly #isLittleEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(isLittleEndian: boolean) {
    this.#isLittleEndian = isLittleEndian;
  }

  add(bytes: Buffer): void {
    for (let offset = 0; offset + 8 <= bytes.length; offset += 8) {
      this.#first = (this.#first + this.#word(bytes, offset) + this.#second) >>> 0;
      this.#second = (this.#second + this.#word(bytes, offset + 4) + this.#first) >>> 0;
    }
  }

  isAt(bytes: Buffer, offset: number): boolean {
    return bytes.readUInt32BE(offset) === this.#first && bytes.readUInt32BE(offset + 4) === this.#second;
  }

  #word(bytes: Buffer, offset: number): number {
    return this.#isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
  }
}

/**
 * The packages as SQLite would see them with the log over the database. A page of the log is read anew; of the pages
 * that it has not, and of rows whose pages it has not all, the database has what counts.
 * @param kept of the database; `undefined` when it has no table of packages yet
 * @returns the packages, and how many pages and rows are in neither
 */
export function applyJournal(
  kept: KeptTree | undefined,
  journal: SqliteJournal,
  paths: PathBudget,
): { readonly packages: readonly RpmPackage[]; readonly broken: number } {
  const pages = journalPages(journal);
  const root = packageRoot(pages) ?? kept?.root;
  if (root === undefined) return { packages: [], broken: 1 };
  const packages: RpmPackage[] = [];
  let lost = 0;
  let left = Object.keys(journal.pages).length * journal.pageSize;
  const { rows, broken } = tableRows<{ readonly rowId: number; readonly header?: Buffer }>(root, (number) => {
    const node = tableNode(pages, number);
    if (node === undefined) return keptNode(kept, number);
    if ('children' in node) return node;
    return {
      rows: node.rows.map((row) => {
        const header = headerOf(row, left);
        left -= header?.length ?? 0;
        return { rowId: row.rowId, ...(header === undefined ? {} : { header }) };
      }),
    };
  });
  for (const { rowId, header } of rows) {
    const record = header === undefined ? undefined : readRpmRecord(header, paths);
    const found = record?.kind === 'package' ? record.found : header === undefined ? kept?.packages[rowId] : undefined;
    if (found !== undefined) packages.push(found);
    else if (record?.kind === 'unreadable') lost += 1;
  }
  return { packages, broken: broken + lost };
}

function keptNode(kept: KeptTree | undefined, number: number): TableNode<{ readonly rowId: number }> | undefined {
  const node = kept?.nodes[number];
  return node === undefined || 'children' in node ? node : { rows: node.rows.map((rowId) => ({ rowId })) };
}

function journalPages({ pageSize, pages }: SqliteJournal): SqlitePages {
  const decoded = new Map(Object.entries(pages).map(([number, text]) => [Number(number), Buffer.from(text, 'base64')]));
  // The first page says how many bytes are reserved; rpm reserves none.
  return { pageSize, reservedBytes: decoded.get(1)?.readUInt8(20) ?? 0, page: (number) => decoded.get(number) };
}
