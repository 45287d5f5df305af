import { recordValues, tableNode, tableRows, type SqlitePages, type SqliteRow, type TableNode } from './sqlite-table.js';

const fileMagic = Buffer.from('SQLite format 3\0');
const schemaRoot = 1;
const packageTable = 'Packages';

/** Longest record of the schema that is read: rpm's tables and indexes have short statements. */
const maximumSchemaBytes = 65_536;

/** Rows of the table of packages, and the tree they are in, which a journal changes page by page. */
export interface SqlitePackages {
  readonly root: number;
  readonly rows: readonly SqliteRow[];
  /** The pages of the tree, by number. */
  readonly tree: ReadonlyMap<number, TableNode<SqliteRow>>;
  /** Pages that are none of the table. */
  readonly broken: number;
}

/** Whether the file is an SQLite database. */
export function isSqlite(content: Buffer): boolean {
  return content.length >= 512 && content.subarray(0, fileMagic.length).equals(fileMagic);
}

/**
 * Finds the table of packages in `rpmdb.sqlite` (SQLite file format, version 3). The file is read as data, no statement of
 * it is run: a view or a trigger in a hostile file is nothing here.
 * @returns `undefined` when there is none
 */
export function readSqlite(content: Buffer): SqlitePackages | undefined {
  const pages = isSqlite(content) ? openFile(content) : undefined;
  const root = pages === undefined ? undefined : packageRoot(pages);
  if (pages === undefined || root === undefined) return undefined;
  const tree = new Map<number, TableNode<SqliteRow>>();
  const { rows, broken } = tableRows(root, (number) => {
    const node = tableNode(pages, number);
    if (node !== undefined) tree.set(number, node);
    return node;
  });
  return { root, rows, tree, broken };
}

/** First page of the table of packages, as the schema has it; the schema begins on the first page. */
export function packageRoot(pages: SqlitePages): number | undefined {
  const { rows } = tableRows(schemaRoot, (number) => tableNode(pages, number));
  for (const row of rows) {
    const record = row.record(maximumSchemaBytes);
    const [type, name, , root] = record === undefined ? [] : recordValues(record);
    if (type === 'table' && name === packageTable && typeof root === 'number' && root > 0) return root;
  }
  return undefined;
}

/** The header of a package: the second column, as the first one is the row's id. */
export function headerOf(row: SqliteRow, maximumBytes: number): Buffer | undefined {
  const record = row.record(maximumBytes);
  const value = record === undefined ? undefined : recordValues(record)[1];
  return Buffer.isBuffer(value) ? value : undefined;
}

function openFile(content: Buffer): SqlitePages | undefined {
  const pageSize = readPageSize(content.readUInt16BE(16));
  if (pageSize === undefined) return undefined;
  return {
    pageSize,
    reservedBytes: content.readUInt8(20),
    page: (number) => (number >= 1 && number * pageSize <= content.length ? content.subarray((number - 1) * pageSize, number * pageSize) : undefined),
  };
}

/** A power of two of 512 to 65536; `undefined` for anything else. */
export function readPageSize(value: number): number | undefined {
  const pageSize = value === 1 ? 65_536 : value;
  return pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0 ? pageSize : undefined;
}
