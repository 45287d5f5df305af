import type { FactDiagnostic } from '../../layers/layer-facts.js';
import { isBerkeleyDb, readBerkeleyDb } from './read-berkeley-db.js';
import { isNdb, readNdb } from './read-ndb.js';
import { headerOf, isSqlite, readSqlite } from './read-sqlite.js';
import { PathBudget, readRpmRecord, type RpmPackage } from './rpm-package.js';
import type { KeptTree } from './sqlite-journal.js';

export interface RpmDatabase {
  readonly packages: readonly RpmPackage[];
  readonly diagnostics: readonly FactDiagnostic[];
  /** Of SQLite: where each package is, by its position in `packages`. */
  readonly tree?: Omit<KeptTree, 'packages'> & { readonly rowIds: readonly number[] };
}

/** Of all paths of one database; the largest distributions stay below a fifth of it. */
export const maximumPathCharacters = 128 * 1024 * 1024;

/** Reads the packages of a database file, whichever of rpm's three formats it has: what counts are its first bytes. */
export function readRpmDatabase(content: Buffer): RpmDatabase {
  if (isSqlite(content)) return fromSqlite(content);
  if (isNdb(content)) return fromRecords(readNdb(content));
  if (isBerkeleyDb(content)) return fromRecords(readBerkeleyDb(content));
  return { packages: [], diagnostics: content.length === 0 ? [] : [unreadable('The package database has none of the formats of rpm.')] };
}

function fromRecords({ records, broken }: { readonly records: readonly Buffer[]; readonly broken: number }): RpmDatabase {
  const paths = new PathBudget(maximumPathCharacters);
  const packages: RpmPackage[] = [];
  let lost = broken;
  for (const blob of records) {
    const record = readRpmRecord(blob, paths);
    if (record.kind === 'package') packages.push(record.found);
    else if (record.kind === 'unreadable') lost += 1;
  }
  return { packages, diagnostics: brokenRecords(lost) };
}

function fromSqlite(content: Buffer): RpmDatabase {
  const read = readSqlite(content);
  if (read === undefined) return { packages: [], diagnostics: [unreadable('The package database has no table of packages.')] };
  const paths = new PathBudget(maximumPathCharacters);
  const packages: RpmPackage[] = [];
  const rowIds: number[] = [];
  let lost = read.broken;
  // Rows of real files never overlap, so together they are no longer than the file.
  let left = content.length;
  for (const row of read.rows) {
    const header = headerOf(row, left);
    left -= header?.length ?? 0;
    const record = header === undefined ? undefined : readRpmRecord(header, paths);
    if (record?.kind === 'package') {
      packages.push(record.found);
      rowIds.push(row.rowId);
    } else if (record?.kind !== 'key') lost += 1;
  }
  const nodes = Object.fromEntries(
    [...read.tree].map(([number, node]) => [number, 'rows' in node ? { rows: node.rows.map(({ rowId }) => rowId) } : node]),
  );
  return { packages, diagnostics: brokenRecords(lost), tree: { root: read.root, nodes, rowIds } };
}

/** What to say of records of a database, or lines of a manifest, that could not be read. */
export function brokenRecords(count: number): readonly FactDiagnostic[] {
  return count === 0 ? [] : [{ code: 'rpm-unreadable-records', severity: 'incomplete', message: `${count} records of the package database could not be read.` }];
}

function unreadable(message: string): FactDiagnostic {
  return { code: 'rpm-unreadable-database', severity: 'incomplete', message };
}
