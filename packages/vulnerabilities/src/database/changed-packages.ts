import { DatabaseSync } from 'node:sqlite';
import { AdvisoryDatabase } from './advisory-database.js';
import { eachRange } from './stored-range.js';

/** A package as advisories name it: its ecosystem with the release, and its name as the rules of the ecosystem normalise it. */
export interface AdvisoryPackage {
  readonly ecosystem: string;
  readonly name: string;
}

interface Group {
  readonly name: string;
  /** What every record says of the package, in an order that does not depend on the generation. */
  readonly content: string;
}

const tables = ['affected', 'malware'] as const;

/**
 * Packages of which two generations say something else: a record came, went, was withdrawn, or changed its range, rating,
 * identifiers or summary. Stamps alone are no change. Every ecosystem is walked once in the order of its table, so memory is
 * bounded by the package most records name; a package is yielded at most once for each of the two tables (malware apart).
 * `before` undefined stands for an empty generation. Both files stay closed to the caller and open until the last package was
 * taken or the iterator is returned. @throws VulnerabilitiesError `database-damaged`, `database-outdated`.
 */
export function* changedPackages(before: string | undefined, after: string): Generator<AdvisoryPackage> {
  using earlier = before === undefined ? undefined : new GenerationReader(before);
  using later = new GenerationReader(after);
  const unchanged = new Set(earlier?.sources.keys().filter((name) => earlier.sources.get(name) === later.sources.get(name)));
  earlier?.consider(unchanged);
  later.consider(unchanged);
  const ecosystems = new Set([...(earlier?.ecosystems ?? []), ...later.ecosystems]);
  for (const table of tables) {
    for (const ecosystem of [...ecosystems].toSorted()) {
      for (const name of differingNames(earlier?.groups(table, ecosystem) ?? [], later.groups(table, ecosystem))) yield { ecosystem, name };
    }
  }
}

/** Ecosystems, releases included, that only one of two generations speaks of: images that were not judged may be now. Sorted. */
export function changedEcosystems(before: string | undefined, after: string): string[] {
  using earlier = before === undefined ? undefined : AdvisoryDatabase.open(before);
  using later = AdvisoryDatabase.open(after);
  return [...new Set(earlier?.ecosystems()).symmetricDifference(new Set(later.ecosystems()))].toSorted();
}

/** Walks two ascending lists side by side. */
function* differingNames(before: Iterable<Group>, after: Iterable<Group>): Generator<string> {
  using one = closing(before[Symbol.iterator]());
  using other = closing(after[Symbol.iterator]());
  let left = one.iterator.next();
  let right = other.iterator.next();
  while (left.done !== true || right.done !== true) {
    const order = left.done === true ? 1 : right.done === true ? -1 : compareBytes(left.value.name, right.value.name);
    if (order < 0 && left.done !== true) yield left.value.name;
    else if (right.done !== true && (order > 0 || (left.done !== true && left.value.content !== right.value.content))) yield right.value.name;
    if (order <= 0) left = one.iterator.next();
    if (order >= 0) right = other.iterator.next();
  }
}

function closing(iterator: Iterator<Group>): Disposable & { readonly iterator: Iterator<Group> } {
  return { iterator, [Symbol.dispose]: () => void iterator.return?.() };
}

/** The order of SQLite's text, which is that of UTF-8 and not of UTF-16. */
function compareBytes(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** One generation, read in the order of its tables. */
class GenerationReader implements Disposable {
  readonly #database: DatabaseSync;
  readonly ecosystems: readonly string[];
  /** By name; equal texts mean equal records. */
  readonly sources: ReadonlyMap<string, string>;

  constructor(file: string) {
    // The reader of the product checks the version of the file.
    using checked = AdvisoryDatabase.open(file);
    this.ecosystems = checked.ecosystems();
    this.sources = new Map(checked.sources().map((source) => [source.name, source.revision]));
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#database.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;');
  }

  /**
   * Chooses the advisories to compare: those of sources that were imported anew, and copies in other sources of what is
   * withdrawn there, since a withdrawal takes older copies back.
   */
  consider(unchangedSources: ReadonlySet<string>): void {
    this.#database.exec('CREATE TEMP TABLE unchanged (name TEXT PRIMARY KEY) WITHOUT ROWID');
    const insert = this.#database.prepare('INSERT INTO unchanged VALUES (?)');
    for (const name of unchangedSources) insert.run(name);
    this.#database.exec(`
      CREATE TEMP TABLE imported AS SELECT id FROM source WHERE name NOT IN (SELECT name FROM unchanged);
      CREATE TEMP TABLE taken_back (external_id TEXT PRIMARY KEY) WITHOUT ROWID;
      INSERT OR IGNORE INTO taken_back SELECT external_id FROM advisory WHERE source IN (SELECT id FROM imported) AND withdrawn IS NOT NULL;
      CREATE TEMP TABLE touched AS SELECT id FROM imported UNION SELECT source FROM advisory WHERE external_id IN (SELECT external_id FROM taken_back);
    `);
  }

  *groups(table: (typeof tables)[number], ecosystem: string): Generator<Group> {
    // The stamp counts only where it decides between copies.
    const rows = this.#database
      .prepare(
        `SELECT r.name AS name, json_array(
           s.name, a.external_id, a.kind, a.published, a.summary, a.severities, a.aliases, a.upstream, a.related, range.value ->> 1, range.value ->> 2, range.value -> 4,
           (SELECT l.versions FROM listed l WHERE range.value ->> 3 = 1 AND l.advisory = a.id AND l.sequence = range.value ->> 1),
           (SELECT max(o.modified) || sum(o.withdrawn IS NOT NULL) FROM advisory o WHERE o.external_id = a.external_id HAVING count(*) > 1)
         ) AS content
         FROM ${table} r CROSS JOIN ${eachRange} CROSS JOIN advisory a ON a.id = range.value ->> 0 CROSS JOIN source s ON s.id = a.source
         WHERE r.ecosystem = (SELECT id FROM ecosystem WHERE name = ?) AND r.source IN (SELECT id FROM touched)
           AND (a.source IN (SELECT id FROM imported) OR a.external_id IN (SELECT external_id FROM taken_back))
         ORDER BY r.ecosystem, r.name`,
      )
      .iterate(ecosystem);
    let name: string | undefined;
    let contents: string[] = [];
    for (const row of rows) {
      const next = String(row['name']);
      if (name !== undefined && next !== name) {
        yield { name, content: contents.toSorted().join('\n') };
        contents = [];
      }
      name = next;
      contents.push(String(row['content']));
    }
    if (name !== undefined) yield { name, content: contents.toSorted().join('\n') };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
