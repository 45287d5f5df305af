import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import type { AdvisoryRecord, AffectedDetail, SeverityStatement } from '../advisories/advisory-record.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';
import { databaseVersion } from './schema.js';
import { eachRange } from './stored-range.js';
import type { StoredRange } from './stored-range.js';

/** One range of one advisory for one package, as looked up. */
export interface AffectedRange {
  readonly advisory: number;
  readonly sequence: number;
  /** As `decodeEvents` reads it; empty when only versions are listed. */
  readonly events: string;
  readonly hasVersions: boolean;
  readonly detail: AffectedDetail | undefined;
}

/** An advisory without its body. */
export interface StoredAdvisory extends Omit<AdvisoryRecord, 'affected'> {
  readonly advisory: number;
  readonly source: string;
}

/** A source in the database. */
export interface StoredSource {
  readonly name: string;
  readonly location: string;
  readonly licence: string;
  readonly attribution: string;
  /** RFC 3339. */
  readonly importedAt: string;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** RFC 3339; empty where no record says when it was written. */
  readonly newestRecord: string;
  readonly records: number;
  readonly vulnerabilities: number;
  readonly informational: number;
  readonly malware: number;
  readonly withdrawn: number;
  readonly ranges: number;
  readonly refused: number;
  /** Of sources that are no advisories: exploited vulnerabilities, scores, ends of support. */
  readonly entries: number;
  /** Where the next change begins, in the terms of the source. */
  readonly cursor: string | undefined;
  /** RFC 3339; when it was last brought as a whole, and not by its changes. */
  readonly completeAt: string;
  /** Another one after each import; the same in two generations means the same records. */
  readonly revision: string;
}

/** What else is known of a CVE. */
export interface Enrichment {
  /** FIRST EPSS: probability of exploitation in the next 30 days, and its rank among all CVEs; 0 to 1. */
  readonly epss?: { readonly probability: number; readonly percentile: number };
  /** CISA's catalogue of exploited vulnerabilities; dates are `YYYY-MM-DD`. */
  readonly exploited?: { readonly added: string; readonly due: string; readonly ransomware: boolean; readonly action: string };
}

/** Until when one release of a product is supported; dates are `YYYY-MM-DD`. */
export interface SupportCycle {
  /** As the product numbers its releases, as far as support goes: `12`, `22.04`, `3.11`. */
  readonly cycle: string;
  /** For people: `22.04 'Jammy Jellyfish' (LTS)`. */
  readonly label: string;
  /** Support had ended when the data was made; for releases without a date. */
  readonly ended: boolean;
  readonly ends: string | undefined;
  /** Of support that has to be asked or paid for. */
  readonly extendedEnds: string | undefined;
}

type Row = Record<string, SQLOutputValue>;

/**
 * What is mapped of a file. A mapped page counts as memory of the process once it was read, in each process, and a file of all ecosystems has a gigabyte;
 * beyond it pages are read into the cache.
 */
const mappedBytes = 64 * 1024 * 1024;

/** The largest body a record may unfold to. */
const maximumBodyBytes = 32 * 1024 * 1024;

/** One generation, opened read-only. Synchronous: look-ups are microseconds. Close it with `close` or `using`. */
export class AdvisoryDatabase implements Disposable {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #ecosystems = new Map<string, number>();
  readonly #lookups: Readonly<Record<'affected' | 'malware', StatementSync>>;
  readonly #advisory: StatementSync;
  readonly #listed: StatementSync;
  readonly #newest: StatementSync;
  readonly #enrichment: StatementSync;
  // A generation does not change, and images share most of what they ask for.
  readonly #advisories = new Map<number, StoredAdvisory | undefined>();
  readonly #newestCopies = new Map<string, SQLOutputValue | undefined>();
  readonly #enrichments = new Map<string, Enrichment | undefined>();
  /** Read when first asked for: every component of an image is looked up, and few are products. */
  #products: ReadonlyMap<string, string> | undefined;

  private constructor(file: string, database: DatabaseSync) {
    this.file = file;
    this.#database = database;
    for (const row of database.prepare('SELECT id, name FROM ecosystem').all()) this.#ecosystems.set(text(row, 'name'), Number(row['id']));
    this.#lookups = {
      affected: database.prepare('SELECT ranges FROM affected WHERE ecosystem = ? AND name = ?'),
      malware: database.prepare('SELECT ranges FROM malware WHERE ecosystem = ? AND name = ?'),
    };
    this.#advisory = database.prepare('SELECT a.*, s.name AS source_name FROM advisory a JOIN source s ON s.id = a.source WHERE a.id = ?');
    this.#listed = database.prepare('SELECT versions FROM listed WHERE advisory = ? AND sequence = ?');
    this.#newest = database.prepare('SELECT id FROM advisory WHERE external_id = ? ORDER BY modified DESC, withdrawn IS NOT NULL DESC, id LIMIT 1');
    this.#enrichment = database.prepare('SELECT * FROM enrichment WHERE cve = ?');
  }

  /** @throws VulnerabilitiesError `database-outdated` when another version of the product wrote the file, `database-damaged`. */
  static open(file: string): AdvisoryDatabase {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { readOnly: true });
      database.exec(`PRAGMA query_only = ON; PRAGMA mmap_size = ${mappedBytes}; PRAGMA cache_size = -16384;`);
      const version = database.prepare("SELECT value FROM meta WHERE key = 'version'").get()?.['value'];
      if (version !== String(databaseVersion)) {
        throw new VulnerabilitiesError('database-outdated', `${file} has version ${String(version)} of the advisory database; this program reads version ${databaseVersion}.`, 'Update or import the advisories again; a new database is built.');
      }
      return new AdvisoryDatabase(file, database);
    } catch (error) {
      database?.close();
      if (error instanceof VulnerabilitiesError) throw error;
      throw new VulnerabilitiesError('database-damaged', `${file} cannot be read as an advisory database.`, 'Import the advisories again.', error);
    }
  }

  /** Names of every ecosystem, releases included, that some record speaks of. */
  ecosystems(): string[] {
    return [...this.#ecosystems.keys()];
  }

  hasEcosystem(ecosystem: string): boolean {
    return this.#ecosystems.has(ecosystem);
  }

  /** `name` as the rules of the ecosystem normalise it. */
  ranges(table: 'affected' | 'malware', ecosystem: string, name: string): AffectedRange[] {
    const id = this.#ecosystems.get(ecosystem);
    if (id === undefined) return [];
    return this.#lookups[table].all(id, name).flatMap((row) => storedRanges(row).map(affectedRange));
  }

  /** Exact versions of one range row. */
  listedVersions(advisory: number, sequence: number): string[] {
    const row = this.#listed.get(advisory, sequence);
    return row === undefined ? [] : text(row, 'versions').split('\n');
  }

  advisory(advisory: number): StoredAdvisory | undefined {
    return remembered(this.#advisories, advisory, () => {
      const row = this.#advisory.get(advisory);
      return row === undefined ? undefined : storedAdvisory(row);
    });
  }

  /** The newest copy of a record when several sources carry it; a withdrawal wins a tie. */
  newestCopy(id: string): StoredAdvisory | undefined {
    const newest = remembered(this.#newestCopies, id, () => this.#newest.get(id)?.['id']);
    return newest === undefined ? undefined : this.advisory(Number(newest));
  }

  /** Advisories that carry an identifier as their own, an alias, an upstream or a related one; at most `limit`. */
  advisoriesNaming(identifier: string, limit = 200): StoredAdvisory[] {
    const rows = this.#database.prepare('SELECT id AS advisory FROM advisory WHERE external_id = ? UNION SELECT advisory FROM alias WHERE identifier = ? LIMIT ?').all(identifier, identifier, limit);
    return rows.flatMap((row) => this.advisory(Number(row['advisory'])) ?? []);
  }

  /** Every range of one advisory with its package. It reads the whole table: for people, not for matching. */
  rangesOf(advisory: StoredAdvisory): { readonly ecosystem: string; readonly name: string; readonly events: string }[] {
    const table = advisory.kind === 'malware' ? 'malware' : 'affected';
    return this.#database
      .prepare(
        `SELECT e.name AS ecosystem, r.name AS name, range.value ->> 2 AS events FROM ${table} r JOIN ecosystem e ON e.id = r.ecosystem, ${eachRange}
         WHERE r.part <= ?1 AND r.source = (SELECT source FROM advisory WHERE id = ?1) AND range.value ->> 0 = ?1 ORDER BY 1, 2`,
      )
      .all(advisory.advisory)
      .map((row) => ({ ecosystem: text(row, 'ecosystem'), name: text(row, 'name'), events: text(row, 'events') }));
  }

  /** Names of all packages of one ecosystem, in order. */
  packageNames(ecosystem: string): string[] {
    const id = this.#ecosystems.get(ecosystem);
    return id === undefined ? [] : this.#database.prepare('SELECT DISTINCT name FROM affected WHERE ecosystem = ? ORDER BY name').all(id).map((row) => text(row, 'name'));
  }

  /** The advisories that speak of any of these packages in one ecosystem. */
  advisoriesAbout(ecosystem: string, names: readonly string[]): number[] {
    const id = this.#ecosystems.get(ecosystem);
    if (id === undefined) return [];
    return this.#database
      .prepare(`SELECT DISTINCT range.value ->> 0 AS advisory FROM affected r, ${eachRange} WHERE r.ecosystem = ? AND r.name IN (SELECT value FROM json_each(?))`)
      .all(id, JSON.stringify(names))
      .map((row) => Number(row['advisory']));
  }

  /** What one source brought, in no order that means anything; nothing when it is not there. */
  recordsOf(source: string): { readonly id: string; readonly modified: string; readonly isWithdrawn: boolean }[] {
    return this.#database
      .prepare('SELECT external_id, modified, withdrawn FROM advisory WHERE source = (SELECT id FROM source WHERE name = ?)')
      .all(source)
      .map((row) => ({ id: text(row, 'external_id'), modified: text(row, 'modified'), isWithdrawn: row['withdrawn'] !== null }));
  }

  /** The whole record as its source published it, as JSON text. */
  body(advisory: number): string | undefined {
    const deflated = this.#database.prepare('SELECT deflated FROM body WHERE advisory = ?').get(advisory)?.['deflated'];
    return deflated instanceof Uint8Array ? inflateRawSync(deflated, { maxOutputLength: maximumBodyBytes }).toString('utf8') : undefined;
  }

  enrichment(cve: string): Enrichment | undefined {
    return remembered(this.#enrichments, cve, () => this.#readEnrichment(cve));
  }

  /** The product a name, or a package URL without version, stands for. */
  product(identifier: string): string | undefined {
    return this.#productsByIdentifier().get(identifier);
  }

  /** Everything that stands for a product. */
  productIdentifiers(): string[] {
    return [...this.#productsByIdentifier().keys()];
  }

  #productsByIdentifier(): ReadonlyMap<string, string> {
    this.#products ??= new Map(this.#database.prepare('SELECT identifier, product FROM product').all().map((row) => [text(row, 'identifier'), text(row, 'product')]));
    return this.#products;
  }

  /** Releases of a product, in no order that means anything. */
  supportCycles(product: string): SupportCycle[] {
    return this.#database.prepare('SELECT * FROM support WHERE product = ?').all(product).map((row) => ({
      cycle: text(row, 'cycle'),
      label: text(row, 'label'),
      ended: row['ended'] === 1,
      ends: optionalText(row, 'ends'),
      extendedEnds: optionalText(row, 'extended_ends'),
    }));
  }

  /** By name. */
  sources(): StoredSource[] {
    return this.#database.prepare('SELECT * FROM source ORDER BY name').all().map((row) => ({
      name: text(row, 'name'),
      location: text(row, 'location'),
      licence: text(row, 'licence'),
      attribution: text(row, 'attribution'),
      importedAt: text(row, 'imported_at'),
      etag: optionalText(row, 'etag'),
      lastModified: optionalText(row, 'last_modified'),
      newestRecord: toldDate(text(row, 'newest_record')),
      records: Number(row['records']),
      vulnerabilities: Number(row['vulnerabilities']),
      informational: Number(row['informational']),
      malware: Number(row['malware']),
      withdrawn: Number(row['withdrawn']),
      ranges: Number(row['ranges']),
      refused: Number(row['refused']),
      entries: Number(row['entries']),
      cursor: optionalText(row, 'cursor'),
      completeAt: text(row, 'complete_at'),
      revision: text(row, 'revision'),
    }));
  }

  /** Reads the whole file. @throws VulnerabilitiesError `database-damaged` when its pages or its counts do not agree. */
  checkStructure(): void {
    // A mapped file counts as memory of the process as far as it was read.
    this.#database.exec('PRAGMA mmap_size = 0');
    const pages = this.#database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    const miscounted = this.#database.prepare('SELECT count(*) AS n FROM source s WHERE s.records <> (SELECT count(*) FROM advisory a WHERE a.source = s.id)').get()?.['n'];
    if (pages !== 'ok' || miscounted !== 0) {
      throw new VulnerabilitiesError('database-damaged', 'The new advisory database does not pass its check.', 'Check the disk, then import again; the earlier database stays in use.');
    }
  }

  /** May be called twice. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #readEnrichment(cve: string): Enrichment | undefined {
    const row = this.#enrichment.get(cve);
    if (row === undefined) return undefined;
    return {
      ...(row['epss'] === null ? {} : { epss: { probability: Number(row['epss']), percentile: Number(row['epss_percentile']) } }),
      ...(row['kev_added'] === null ? {} : { exploited: { added: text(row, 'kev_added'), due: text(row, 'kev_due'), ransomware: row['kev_ransomware'] === 1, action: text(row, 'kev_action') } }),
    };
  }
}

const remembersAtMost = 20_000;

/** What was read once, up to a bound; all of it is forgotten when that is reached. */
function remembered<Key, Value>(memory: Map<Key, Value>, key: Key, read: () => Value): Value {
  const known = memory.get(key);
  if (known !== undefined || memory.has(key)) return known as Value;
  const value = read();
  if (memory.size >= remembersAtMost) memory.clear();
  memory.set(key, value);
  return value;
}

function storedAdvisory(row: Row): StoredAdvisory {
  const kind = text(row, 'kind');
  return {
    advisory: Number(row['id']),
    id: text(row, 'external_id'),
    source: text(row, 'source_name'),
    kind: kind === 'malware' || kind === 'informational' ? kind : 'vulnerability',
    modified: text(row, 'modified'),
    published: optionalText(row, 'published'),
    withdrawn: optionalText(row, 'withdrawn'),
    summary: text(row, 'summary'),
    severities: optionalJson<readonly SeverityStatement[]>(row, 'severities', []),
    aliases: optionalJson<readonly string[]>(row, 'aliases', []),
    upstream: optionalJson<readonly string[]>(row, 'upstream', []),
    related: optionalJson<readonly string[]>(row, 'related', []),
  };
}

/** As `optionalJson`. */
function storedRanges(row: Row): readonly StoredRange[] {
  return JSON.parse(text(row, 'ranges')) as readonly StoredRange[];
}

function affectedRange([advisory, sequence, events, hasVersions, detail]: StoredRange): AffectedRange {
  return { advisory, sequence, events, hasVersions: hasVersions === 1, detail };
}

function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' ? value : undefined;
}

/** Go's records say the year 1 where nobody filled a date in. */
function toldDate(moment: string): string {
  return moment.startsWith('0001-') ? '' : moment;
}

/** The writer of this package wrote it, and the file was checked; its shape is not tested again. */
function optionalJson<Value>(row: Row, column: string, otherwise: Value): Value {
  const value = row[column];
  return typeof value === 'string' ? (JSON.parse(value) as Value) : otherwise;
}
