import { baseName, parentPath } from '../../layers/layer-path.js';
import { defineCataloguer, type Assembly, type CatalogueView, type Extraction, type ViewFile } from '../cataloguer.js';
import { packagePresence } from '../package-presence.js';
import { parseRpmManifest } from './parse-manifest.js';
import { brokenRecords, maximumPathCharacters, readRpmDatabase, type RpmDatabase } from './read-database.js';
import { resolveDependencies } from './resolve-dependencies.js';
import { makeRpmComponent, packageKey } from './rpm-component.js';
import { PathBudget, type RpmPackage } from './rpm-package.js';
import { applyJournal, readSqliteJournal, type SqliteJournal } from './sqlite-journal.js';

/** Facts of an rpm file: a database of any format or the manifest in its place, or the log of an SQLite database. */
export type RpmFact =
  | { readonly kind: 'database'; readonly packages: readonly RpmPackage[]; readonly tree?: RpmDatabase['tree'] }
  | { readonly kind: 'journal'; readonly journal: SqliteJournal };

type DatabaseFile = ViewFile<Extract<RpmFact, { kind: 'database' }>>;

/** Of a root file system, where rpm, SUSE and Fedora, and rpm-ostree have it. */
const databaseFolders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
const manifestFolder = 'var/lib/rpmmanifest';

/** The order in which rpm takes one of several formats in a folder to be its database; a manifest is there for want of one. */
const fileNames = ['rpmdb.sqlite', 'Packages.db', 'Packages', 'container-manifest-2'];
const manifestName = 'container-manifest-2';
const journalSuffix = '-wal';
const wantedPath = /(?:^|\/)(?:rpm\/(?:rpmdb\.sqlite(?:-wal)?|Packages(?:\.db)?)|rpmmanifest\/container-manifest-2)$/;

/** Red Hat, Fedora, SUSE, Amazon Linux, Azure Linux and what else is built with rpm. */
export const rpmCataloguer = defineCataloguer<RpmFact>({
  name: 'rpm',
  version: 1,
  candidates: { names: fileNames.flatMap((name) => [name, `${name}${journalSuffix}`]) },
  wants: (path) => path.includes('/rpm') && wantedPath.test(path),
  extract({ path, content }): Extraction<RpmFact> {
    if (path.endsWith(journalSuffix)) {
      const journal = readSqliteJournal(content);
      return journal === undefined ? {} : { fact: { kind: 'journal', journal } };
    }
    if (baseName(path) === manifestName) {
      const { packages, broken } = parseRpmManifest(content.toString());
      return { fact: { kind: 'database', packages }, diagnostics: brokenRecords(broken) };
    }
    const { diagnostics, ...database } = readRpmDatabase(content);
    return { fact: { kind: 'database', ...database }, diagnostics };
  },
  assemble,
});

function assemble(view: CatalogueView<RpmFact>): Assembly {
  const isDatabase = databaseTest(view);
  const databases = view.files.filter(isDatabaseFile).filter(({ path }) => isDatabase(path));
  const introducedIn = packagePresence(view, isDatabase, (fact) => (fact.kind === 'database' ? fact.packages.map(packageKey) : []));
  const used = databaseInUse(databases, (database) => withJournal(view, database));
  const diagnostics = [...nestedDatabases(view, isDatabase), ...(used?.diagnostics ?? [])];
  if (used === undefined) return { components: [], diagnostics };

  const { file, packages, journalLayer } = used;
  const known = new Set(file.fact.packages.map(packageKey));
  const installed = packages.map((found) => {
    const key = packageKey(found);
    const layerIndex = known.has(key) ? introducedIn(key) : journalLayer;
    return { found, component: makeRpmComponent(found, view.distribution, view.location(file.path, layerIndex)) };
  });
  return {
    components: installed.map(({ component }) => component),
    relationships: resolveDependencies(installed, (path) => view.resolve(path)),
    ownership: installed.map(({ found, component }) => ({ owner: component, paths: found.files })),
    diagnostics,
  };
}

function isDatabaseFile(file: ViewFile<RpmFact>): file is DatabaseFile {
  return file.fact.kind === 'database';
}

function databaseTest(view: CatalogueView<RpmFact>): (path: string) => boolean {
  // Names as they are and as links lead: lower layers may have had the database under the one, upper ones the other.
  const named = [...databaseFolders, manifestFolder];
  const folders = new Set([...named, ...named.flatMap((path) => view.resolve(path) ?? [])]);
  return (path) => folders.has(parentPath(path));
}

interface UsedDatabase {
  readonly file: DatabaseFile;
  readonly packages: readonly RpmPackage[];
  readonly diagnostics: NonNullable<Assembly['diagnostics']>;
  /** Of packages that only the log has. */
  readonly journalLayer: number;
}

/**
 * One database, never the union: an upgrade of rpm leaves the database of the old format beside the new one. Of the same
 * format in several folders the one from the highest layer is in use.
 */
function databaseInUse(databases: readonly DatabaseFile[], read: (database: DatabaseFile) => UsedDatabase): UsedDatabase | undefined {
  const rank = ({ path }: DatabaseFile): number => fileNames.indexOf(baseName(path));
  const ordered = databases.toSorted((left, right) => rank(left) - rank(right) || right.layerIndex - left.layerIndex);
  const candidates = ordered.map(read);
  return candidates.find(({ packages }) => packages.length > 0) ?? candidates[0];
}

/** The packages of a database as its write-ahead log, which nobody had written back, leaves them. */
function withJournal(view: CatalogueView<RpmFact>, file: DatabaseFile): UsedDatabase {
  const { packages, tree } = file.fact;
  const journal = view.file(`${file.path}${journalSuffix}`);
  if (journal?.fact.kind !== 'journal') return { file, packages, diagnostics: [], journalLayer: file.layerIndex };
  const byRow = Object.fromEntries((tree?.rowIds ?? []).flatMap((rowId, index) => (packages[index] === undefined ? [] : [[rowId, packages[index]]])));
  const kept = tree === undefined ? undefined : { ...tree, packages: byRow };
  const applied = applyJournal(kept, journal.fact.journal, new PathBudget(maximumPathCharacters));
  const diagnostics = brokenRecords(applied.broken).map((diagnostic) => ({ ...diagnostic, path: journal.path }));
  return { file, packages: applied.packages, diagnostics, journalLayer: journal.layerIndex };
}

function nestedDatabases(view: CatalogueView<RpmFact>, isDatabase: (path: string) => boolean): NonNullable<Assembly['diagnostics']> {
  return view.files
    .filter((file) => isDatabaseFile(file) && file.fact.packages.length > 0 && !isDatabase(file.path))
    .map(({ path }) => ({
      code: 'rpm-database-of-nested-root',
      severity: 'notice' as const,
      message: 'A package database below another folder describes another root file system and was not catalogued.',
      path,
    }));
}
