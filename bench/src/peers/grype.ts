import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';
import type { FindComponent, PeerFinding } from './peer-findings.js';

type OsvRange = NonNullable<NonNullable<OsvRecord['affected']>[number]['ranges']>[number];

/** By OSV ecosystem: what it calls the package, and the order of versions its own records of these packages name. */
const ecosystems: Readonly<Record<string, { readonly type: string; readonly versions: string }>> = {
  npm: { type: 'npm', versions: 'semver' },
  PyPI: { type: 'python', versions: 'python' },
  Maven: { type: 'java-archive', versions: 'maven' },
  Go: { type: 'go-module', versions: 'go' },
  'crates.io': { type: 'rust-crate', versions: 'semver' },
  NuGet: { type: 'dotnet', versions: 'semver' },
  RubyGems: { type: 'gem', versions: 'gem' },
  Packagist: { type: 'php-composer', versions: 'semver' },
  Hex: { type: 'hex', versions: 'semver' },
  Pub: { type: 'dart-pub', versions: 'semver' },
  SwiftURL: { type: 'swift', versions: 'semver' },
};

const packageTypes: Readonly<Record<string, string>> = {
  npm: 'npm', python: 'pypi', 'java-archive': 'maven', 'go-module': 'golang', 'rust-crate': 'cargo', dotnet: 'nuget', gem: 'gem', 'php-composer': 'composer', hex: 'hex', 'dart-pub': 'pub', swift: 'swift',
};

/** Tables of version 6 of its database that are filled here; it adds the others by itself. */
const tables: Readonly<Record<string, string>> = {
  db_metadata: 'build_timestamp datetime, model integer, revision integer, addition integer',
  blobs: 'id integer primary key, value text',
  providers: 'id text primary key, version text, processor text, date_captured datetime, input_digest text',
  vulnerability_handles: 'id integer primary key, name text, status text, published_date datetime, modified_date datetime, withdrawn_date datetime, provider_id text, blob_id integer',
  vulnerability_aliases: 'name text, alias text, primary key (name, alias)',
  packages: 'id integer primary key, ecosystem text, name text',
  affected_package_handles: 'id integer primary key, vulnerability_id integer, operating_system_id integer, package_id integer, blob_id integer',
};

/** What it needs beside the tables: that no newer database is looked for, and that this one need not be signed or young. */
const settings = { GRYPE_DB_AUTO_UPDATE: 'false', GRYPE_DB_VALIDATE_AGE: 'false', GRYPE_DB_VALIDATE_BY_HASH_ON_START: 'false', GRYPE_CHECK_FOR_APP_UPDATE: 'false', GRYPE_DB_REQUIRE_UPDATE_CHECK: 'false' };

/**
 * Writes a database of the records that are not withdrawn, ranges of versions turned to its constraints as its own builder turns those of OSV
 * (pairs of a beginning and an end, `0` being no beginning). A list of versions is a constraint of equals.
 */
export function writeGrypeDatabase(command: string, folder: string, records: readonly OsvRecord[]): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'vulnerability.db');
  const database = new DatabaseSync(file);
  for (const [name, columns] of Object.entries(tables)) database.exec(`CREATE TABLE ${name} (${columns})`);
  database.exec("INSERT INTO providers VALUES ('github', '1', 'bench', '2026-01-01 00:00:00+00:00', ''); BEGIN");
  const insert = Object.fromEntries(
    Object.entries({ db_metadata: 4, blobs: 2, vulnerability_handles: 8, vulnerability_aliases: 2, packages: 3, affected_package_handles: 5 }).map(([name, count]) => [name, database.prepare(`INSERT OR IGNORE INTO ${name} VALUES (${Array.from({ length: count }, () => '?').join(', ')})`)]),
  );
  const into = (table: string, ...values: (string | number | null)[]): void => void insert[table]?.run(...values);
  into('db_metadata', new Date().toISOString().replace('T', ' ').replace('Z', '+00:00'), 6, 1, 0);
  let blobs = 0;
  const blob = (value: object): number => {
    blobs += 1;
    into('blobs', blobs, JSON.stringify(value));
    return blobs;
  };
  const packages = new Map<string, number>();
  let handles = 0;
  for (const [index, record] of records.entries()) {
    const affected = (record.affected ?? []).flatMap(({ package: named, ranges, versions }) => {
      const known = ecosystems[named?.ecosystem.split(':', 1)[0] ?? ''];
      return named == null || known === undefined ? [] : [{ name: named.name, type: known.type, ranges: constraintsOf(ranges ?? [], versions ?? [], known.versions) }];
    });
    if (record.withdrawn != null || affected.length === 0) continue;
    const aliases = record.aliases ?? [];
    into('vulnerability_handles', index + 1, record.id, 'active', null, null, null, 'github', blob({ id: record.id, aliases, severities: [] }));
    for (const alias of aliases) into('vulnerability_aliases', record.id, alias);
    for (const { name, type, ranges } of affected) {
      // It looks names up without regard to case, those of Python as PEP 503 has them.
      const written = type === 'python' ? name.replace(/[-_.]+/g, '-') : name;
      const key = `${type}\n${written.toLowerCase()}`;
      let id = packages.get(key);
      if (id === undefined) {
        packages.set(key, (id = packages.size + 1));
        into('packages', id, type, written);
      }
      handles += 1;
      into('affected_package_handles', handles, index + 1, null, id, blob({ cves: aliases.filter((alias) => alias.startsWith('CVE-')), ranges }));
    }
  }
  database.exec('COMMIT');
  database.close();
  const { status, stderr } = spawnSync(command, ['db', 'import', file], { encoding: 'utf8', env: { ...process.env, ...settings, GRYPE_DB_CACHE_DIR: join(folder, 'cache') } });
  if (status !== 0) throw new Error(`grype took no database: ${stderr.slice(-500)}`);
}

function constraintsOf(ranges: readonly OsvRange[], versions: readonly string[], type: string): object[] {
  const constraints = ranges.filter((range) => range.type !== 'GIT').flatMap(({ events }) => pairsOf(events));
  if (constraints.length === 0 && versions.length > 0) constraints.push(versions.map((version) => `=${version}`).join('||'));
  return constraints.map((constraint) => ({ version: { type, constraint }, fix: { state: 'unknown' } }));
}

function pairsOf(events: OsvRange['events']): string[] {
  const found: string[] = [];
  let begun: string | undefined;
  for (const event of events) {
    if (event.introduced !== undefined) begun = event.introduced === '0' ? '' : `>=${event.introduced}`;
    const end = event.fixed === undefined ? (event.last_affected === undefined ? undefined : `<=${event.last_affected}`) : `<${event.fixed}`;
    if (end === undefined) continue;
    found.push([begun ?? '', end].filter((part) => part !== '').join(','));
    begun = undefined;
  }
  return begun === undefined ? found : [...found, begun];
}

interface GrypeMatch {
  readonly vulnerability: { readonly id: string };
  readonly relatedVulnerabilities: readonly { readonly id: string }[];
  readonly artifact: { readonly name: string; readonly version: string; readonly type: string; readonly purl: string };
}

/** Scans a CycloneDX document with that database. */
export function runGrype(command: string, document: string, folder: string, packageUrlOf: FindComponent, knownUrls: ReadonlySet<string>): PeerFinding[] {
  const { stdout, stderr, status } = spawnSync(command, [`sbom:${document}`, '--output', 'json', '--quiet'], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024, env: { ...process.env, ...settings, GRYPE_DB_CACHE_DIR: join(folder, 'cache') } });
  if (status !== 0 || stdout === '') throw new Error(`grype gave no result: ${stderr.slice(-500)}`);
  const { matches }: { matches: readonly GrypeMatch[] } = JSON.parse(stdout);
  return matches.flatMap(({ vulnerability, relatedVulnerabilities, artifact }) => {
    const packageUrl = knownUrls.has(artifact.purl) ? artifact.purl : packageUrlOf(packageTypes[artifact.type] ?? artifact.type, artifact.name, artifact.version);
    return packageUrl === undefined ? [] : [{ packageUrl, identifiers: [vulnerability.id, ...relatedVulnerabilities.map(({ id }) => id)] }];
  });
}
