import { randomUUID } from 'node:crypto';
import { openSync, fsyncSync, closeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { AdvisoryKind, AdvisoryRecord } from '../advisories/advisory-record.js';
import type { SupportCycle } from './advisory-database.js';
import { InsertRows } from './insert-rows.js';
import { PendingRanges } from './pending-ranges.js';
import { databaseVersion, indexStatements, tableStatements } from './schema.js';
import { eachRange } from './stored-range.js';

/** Where records come from and under which terms. */
export interface AdvisorySource {
  /** Stable; importing the same name again replaces all its records. */
  readonly name: string;
  readonly location: string;
  readonly licence: string;
  readonly attribution: string;
  /** As the server sent them, for the next conditional request. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** Where the next change begins, in the terms of the source. */
  readonly cursor?: string | undefined;
}

/** What one import brought. */
export interface SourceCounts {
  records: number;
  vulnerabilities: number;
  informational: number;
  malware: number;
  withdrawn: number;
  ranges: number;
  refused: number;
  newestRecord: string;
}

/** Rows kept back to be written in the order of the table; bounds the memory of an import. */
const rowsPerBatch = 40_000;

const rangeTables = ['affected', 'malware'] as const;
type RangeTable = (typeof rangeTables)[number];
const tableOf: Readonly<Record<AdvisoryKind, RangeTable>> = { vulnerability: 'affected', informational: 'affected', malware: 'malware' };
const countOf = { vulnerability: 'vulnerabilities', informational: 'informational', malware: 'malware' } as const;

interface OpenSource {
  readonly id: number;
  readonly info: AdvisorySource;
  readonly counts: SourceCounts;
  readonly seen: Set<string>;
  /** Only changes are taken; the moment the source was last brought as a whole. */
  readonly replaced: string | undefined;
}

/**
 * Writes one generation into a file of its own, which no reader opens yet: no journal, no syncing until `finish`.
 * The caller closes it with `finish` or `abandon`, exactly once, and removes the file after `abandon`.
 */
export class GenerationWriter {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #ecosystems = new Map<string, number>();
  readonly #pending = { affected: new PendingRanges(), malware: new PendingRanges() };
  #aliases: { identifier: string; advisory: number }[] = [];
  #nextAdvisory: number;
  #source: OpenSource | undefined;
  readonly #insertAdvisory: InsertRows;
  readonly #insertBody: InsertRows;
  readonly #insertListed: InsertRows;
  readonly #insertAlias: InsertRows;
  readonly #insertEcosystem: StatementSync;
  readonly #insertRange: Readonly<Record<RangeTable, InsertRows>>;

  /** `file` either does not exist, or is a copy of an earlier generation to build on. */
  constructor(file: string, options: { readonly buildOn: boolean }) {
    this.#file = file;
    // On its guard, as it is by default, SQLite keeps a journal whatever it is told. All statements are this file's own.
    const database = new DatabaseSync(file, { defensive: false });
    this.#database = database;
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;');
    if (!options.buildOn) {
      // Rows of bodies are about a kilobyte: few would fit a page of the default size.
      database.exec('PRAGMA page_size = 16384');
      database.exec(tableStatements);
      database.prepare("INSERT INTO meta VALUES ('version', ?)").run(String(databaseVersion));
    }
    for (const row of database.prepare('SELECT id, name FROM ecosystem').all()) this.#ecosystems.set(String(row['name']), Number(row['id']));
    this.#nextAdvisory = Number(database.prepare('SELECT coalesce(max(id), 0) + 1 AS next FROM advisory').get()?.['next'] ?? 1);
    this.#insertAdvisory = new InsertRows(database, 'INSERT INTO advisory', 12);
    this.#insertBody = new InsertRows(database, 'INSERT INTO body', 2);
    this.#insertListed = new InsertRows(database, 'INSERT INTO listed', 3);
    this.#insertAlias = new InsertRows(database, 'INSERT OR IGNORE INTO alias', 2);
    this.#insertEcosystem = database.prepare('INSERT INTO ecosystem (name) VALUES (?) RETURNING id');
    this.#insertRange = {
      affected: new InsertRows(database, 'INSERT INTO affected', 5),
      malware: new InsertRows(database, 'INSERT INTO malware', 5),
    };
    database.exec('BEGIN');
  }

  /** Removes what the source brought before and starts taking its records. End it with `endSource`. */
  beginSource(info: AdvisorySource): void {
    const known = this.#database.prepare('SELECT id FROM source WHERE name = ?').get(info.name);
    if (known !== undefined) this.#removeSource(Number(known['id']));
    const next = this.#database.prepare('SELECT coalesce(max(id), 0) + 1 AS next FROM source').get();
    this.#source = { id: Number(next?.['next'] ?? 1), info, counts: noCounts(), seen: new Set(), replaced: undefined };
  }

  /**
   * Keeps what the source brought before, except what is added again or removed. End it with `endSource`. False when the
   * source has brought nothing yet, and nothing was begun.
   */
  beginChanges(info: AdvisorySource): boolean {
    const known = this.#database.prepare('SELECT id, complete_at FROM source WHERE name = ?').get(info.name);
    if (known === undefined) return false;
    this.#database.exec('CREATE TEMP TABLE IF NOT EXISTS replaced (id INTEGER PRIMARY KEY); DELETE FROM replaced');
    this.#source = { id: Number(known['id']), info, counts: noCounts(), seen: new Set(), replaced: String(known['complete_at']) };
    return true;
  }

  /** Removes a record the source brought before, between `beginChanges` and `endSource`. */
  remove(id: string): void {
    this.#insertAdvisory.flush();
    this.#database.prepare('INSERT OR IGNORE INTO replaced SELECT id FROM advisory WHERE external_id = ? AND source = ?').run(id, this.#openSource().id);
  }

  /**
   * Keeps one record. `deflatedBody` is the record's JSON, raw-deflated. A record whose id the source brought before is
   * left out: bundles do repeat records, and they are the same.
   */
  add(record: AdvisoryRecord, deflatedBody: Uint8Array): void {
    const source = this.#openSource();
    if (source.seen.has(record.id)) return;
    const advisory = this.#nextAdvisory;
    this.#nextAdvisory += 1;
    source.seen.add(record.id);
    if (source.replaced !== undefined) this.remove(record.id);
    const { counts } = source;
    counts.records += 1;
    if (record.modified > counts.newestRecord) counts.newestRecord = record.modified;
    this.#insertAdvisory.add([
      advisory, record.id, source.id, record.kind, record.modified, record.published ?? null, record.withdrawn ?? null, record.summary,
      listText(record.severities), listText(record.aliases), listText(record.upstream), listText(record.related),
    ]);
    // The bytes are the caller's again afterwards.
    this.#insertBody.add([advisory, Buffer.from(deflatedBody)]);
    this.#addAliases(record.aliases, advisory);
    this.#addAliases(record.upstream, advisory);
    this.#addAliases(record.related, advisory);
    if (record.withdrawn !== undefined) counts.withdrawn += 1;
    else this.#addAffected(record, advisory, counts);
    if (this.#pending.affected.count + this.#pending.malware.count + this.#aliases.length >= rowsPerBatch) this.#writeBatch();
  }

  /** Removes all that a source brought; nothing when it brought nothing. Not between `beginSource` and `endSource`. */
  dropSource(name: string): void {
    const known = this.#database.prepare('SELECT id FROM source WHERE name = ?').get(name);
    if (known !== undefined) this.#removeSource(Number(known['id']));
  }

  /** Counts a record that could not be used. */
  refuse(): void {
    this.#openSource().counts.refused += 1;
  }

  /** `importedAt` is RFC 3339; `entries` counts what a source brought besides records. */
  endSource(importedAt: string, entries = 0): SourceCounts {
    const { id, info, counts, replaced } = this.#openSource();
    this.#writeBatch();
    if (replaced !== undefined) {
      this.#removeReplacedRanges(id);
      this.#removeAdvisories('SELECT id FROM replaced');
      this.#database.prepare('DELETE FROM source WHERE id = ?').run(id);
      Object.assign(counts, this.#countAgain(id), { refused: counts.refused });
    }
    this.#database
      .prepare('INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        id, info.name, info.location, info.licence, info.attribution, importedAt, info.etag ?? null, info.lastModified ?? null, counts.newestRecord,
        counts.records, counts.vulnerabilities, counts.informational, counts.malware, counts.withdrawn, counts.ranges, counts.refused, entries,
        randomUUID(), info.cursor ?? null, replaced ?? importedAt,
      );
    this.#source = undefined;
    return counts;
  }

  /** Forgets all enrichment of one kind before new rows are set. */
  clearEnrichment(kind: 'kev' | 'epss'): void {
    this.#database.exec(
      kind === 'kev'
        ? 'UPDATE enrichment SET kev_added = NULL, kev_due = NULL, kev_ransomware = NULL, kev_action = NULL'
        : 'UPDATE enrichment SET epss = NULL, epss_percentile = NULL',
    );
  }

  /** One CVE of the catalogue of exploited vulnerabilities; dates are `YYYY-MM-DD`. */
  setExploited(entry: { readonly cve: string; readonly added: string; readonly due: string; readonly ransomware: boolean; readonly action: string }): void {
    this.#database
      .prepare(
        `INSERT INTO enrichment (cve, kev_added, kev_due, kev_ransomware, kev_action) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (cve) DO UPDATE SET kev_added = excluded.kev_added, kev_due = excluded.kev_due, kev_ransomware = excluded.kev_ransomware, kev_action = excluded.kev_action`,
      )
      .run(entry.cve, entry.added, entry.due, entry.ransomware ? 1 : 0, entry.action);
  }

  /** Probabilities between 0 and 1. */
  setExploitProbabilities(rows: Iterable<{ readonly cve: string; readonly epss: number; readonly percentile: number }>): number {
    const statement = this.#database.prepare(
      'INSERT INTO enrichment (cve, epss, epss_percentile) VALUES (?, ?, ?) ON CONFLICT (cve) DO UPDATE SET epss = excluded.epss, epss_percentile = excluded.epss_percentile',
    );
    let count = 0;
    for (const row of rows) {
      statement.run(row.cve, row.epss, row.percentile);
      count += 1;
    }
    return count;
  }

  /** Forgets until when releases are supported. */
  clearSupport(): void {
    this.#database.exec('DELETE FROM support; DELETE FROM product;');
  }

  /** `identifiers` are names and package URLs without version that stand for the product; the first to name one keeps it. */
  setSupport(product: string, identifiers: readonly string[], cycles: readonly SupportCycle[]): void {
    const insertProduct = this.#database.prepare('INSERT OR IGNORE INTO product VALUES (?, ?)');
    for (const identifier of [product, ...identifiers]) insertProduct.run(identifier, product);
    const insertCycle = this.#database.prepare('INSERT OR REPLACE INTO support VALUES (?, ?, ?, ?, ?, ?)');
    for (const { cycle, label, ended, ends, extendedEnds } of cycles) insertCycle.run(product, cycle, label, ended ? 1 : 0, ends ?? null, extendedEnds ?? null);
  }

  /** Indexes and syncs the file, and closes it. Whether it is sound is checked when it is put in place. */
  finish(): void {
    // An ecosystem of which the last record went is one that nothing is known of.
    this.#database.exec('DELETE FROM ecosystem AS e WHERE NOT EXISTS (SELECT 1 FROM affected WHERE ecosystem = e.id) AND NOT EXISTS (SELECT 1 FROM malware WHERE ecosystem = e.id)');
    this.#database.exec(indexStatements);
    this.#database.exec('COMMIT; PRAGMA optimize;');
    this.#database.close();
    const descriptor = openSync(this.#file, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Closes the file and leaves it as it is, which is not readable. */
  abandon(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #openSource(): OpenSource {
    if (this.#source === undefined) throw new Error('A record is added between beginSource and endSource.');
    return this.#source;
  }

  #addAffected(record: AdvisoryRecord, advisory: number, counts: SourceCounts): void {
    counts[countOf[record.kind]] += 1;
    const pending = this.#pending[tableOf[record.kind]];
    let sequence = 0;
    for (const affected of record.affected) {
      pending.add(this.#ecosystem(affected.ecosystem), affected.name, advisory, sequence, affected);
      if (affected.versions.length > 0) this.#insertListed.add([advisory, sequence, affected.versions.join('\n')]);
      sequence += Math.max(1, affected.ranges.length);
    }
    counts.ranges += sequence;
  }

  #addAliases(identifiers: readonly string[], advisory: number): void {
    for (const identifier of identifiers) this.#aliases.push({ identifier, advisory });
  }

  #ecosystem(name: string): number {
    let id = this.#ecosystems.get(name);
    if (id === undefined) {
      id = Number(this.#insertEcosystem.get(name)?.['id']);
      this.#ecosystems.set(name, id);
    }
    return id;
  }

  #writeBatch(): void {
    for (const table of rangeTables) this.#writeRows(table);
    this.#aliases.sort((one, other) => (one.identifier < other.identifier ? -1 : one.identifier > other.identifier ? 1 : one.advisory - other.advisory));
    for (const alias of this.#aliases) this.#insertAlias.add([alias.identifier, alias.advisory]);
    for (const rows of [this.#insertAlias, this.#insertAdvisory, this.#insertBody, this.#insertListed]) rows.flush();
    this.#aliases = [];
  }

  #writeRows(table: RangeTable): void {
    const source = this.#openSource().id;
    const statement = this.#insertRange[table];
    for (const { ecosystem, name, part, ranges } of this.#pending[table].take()) statement.add([ecosystem, name, part, source, ranges]);
    statement.flush();
  }

  #removeSource(id: number): void {
    for (const table of rangeTables) this.#database.exec(`DELETE FROM ${table} WHERE source = ${id}`);
    this.#removeAdvisories(`SELECT id FROM advisory WHERE source = ${id}`);
    this.#database.prepare('DELETE FROM source WHERE id = ?').run(id);
  }

  /** Takes the ranges of replaced advisories of a source out of the rows of their packages. */
  #removeReplacedRanges(source: number): void {
    const isReplaced = 'range.value ->> 0 IN (SELECT id FROM replaced)';
    for (const table of rangeTables) {
      this.#database.exec(`
        UPDATE ${table} AS r SET ranges = (SELECT json_group_array(json(range.value)) FROM ${eachRange} WHERE NOT ${isReplaced})
          WHERE source = ${source} AND EXISTS (SELECT 1 FROM ${eachRange} WHERE ${isReplaced});
        DELETE FROM ${table} WHERE source = ${source} AND ranges = '[]'`);
    }
  }

  /** All of them but their ranges. `chosen` is a statement of this file. */
  #removeAdvisories(chosen: string): void {
    for (const table of ['listed', 'alias', 'body']) this.#database.exec(`DELETE FROM ${table} WHERE advisory IN (${chosen})`);
    this.#database.exec(`DELETE FROM advisory WHERE id IN (${chosen})`);
  }

  #countAgain(source: number): Partial<SourceCounts> {
    const ranges = rangeTables.map((table) => `(SELECT coalesce(sum(json_array_length(ranges)), 0) FROM ${table} WHERE source = :source)`).join(' + ');
    const counted = this.#database
      .prepare(
        `SELECT count(*) AS records, coalesce(max(modified), '') AS newest, coalesce(sum(withdrawn IS NOT NULL), 0) AS withdrawn, ${ranges} AS ranges,
           coalesce(sum(withdrawn IS NULL AND kind = 'vulnerability'), 0) AS vulnerabilities, coalesce(sum(withdrawn IS NULL AND kind = 'informational'), 0) AS informational,
           coalesce(sum(withdrawn IS NULL AND kind = 'malware'), 0) AS malware
         FROM advisory WHERE source = :source`,
      )
      .get({ source });
    const number = (column: string): number => Number(counted?.[column]);
    return {
      records: number('records'), vulnerabilities: number('vulnerabilities'), informational: number('informational'), malware: number('malware'),
      withdrawn: number('withdrawn'), ranges: number('ranges'), newestRecord: String(counted?.['newest']),
    };
  }
}

function noCounts(): SourceCounts {
  return { records: 0, vulnerabilities: 0, informational: 0, malware: 0, withdrawn: 0, ranges: 0, refused: 0, newestRecord: '' };
}

function listText(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
