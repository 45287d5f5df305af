import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';
import type { FindComponent, PeerFinding } from './peer-findings.js';

interface TrivyResult {
  readonly Type: string;
  readonly Vulnerabilities?: readonly { readonly VulnerabilityID: string; readonly VendorIDs?: readonly string[]; readonly PkgName: string; readonly InstalledVersion: string }[];
}

/** Package types of what it calls the places packages are found in. */
const types: Readonly<Record<string, string>> = {
  jar: 'maven', pom: 'maven', 'python-pkg': 'pypi', 'node-pkg': 'npm', gobinary: 'golang', gomod: 'golang', rustbinary: 'cargo', cargo: 'cargo', 'composer-vendor': 'composer', composer: 'composer', gemspec: 'gem', 'dotnet-core': 'nuget', nuget: 'nuget', hex: 'hex', pub: 'pub', swift: 'swift',
};

/** Builds trivy's own database from GitHub's and Go's records, the two of its sources that are OSV: `command` is trivy-db. */
export function buildTrivyDatabase(command: string, folder: string, records: readonly OsvRecord[]): void {
  const lists = join(folder, 'lists');
  const github = join(lists, 'ghsa', 'advisories', 'github-reviewed');
  const go = join(lists, 'govulndb', 'data', 'osv');
  for (const each of [github, go, join(lists, 'cocoapods-specs', 'Specs')]) mkdirSync(each, { recursive: true });
  for (const record of records) {
    const place = record.id.startsWith('GHSA-') ? github : record.id.startsWith('GO-') ? go : undefined;
    if (place !== undefined) writeFileSync(join(place, `${record.id}.json`), JSON.stringify(record));
  }
  const { status, stderr } = spawnSync(command, ['build', '--only-update', 'ghsa', '--only-update', 'govulndb', '--cache-dir', lists, '--output-dir', join(folder, 'cache', 'db')], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  if (status !== 0) throw new Error(`trivy-db built no database: ${stderr.slice(-500)}`);
}

/** Scans a CycloneDX document with that database. `packageUrlOf` finds a component by type, name and version. */
export function runTrivy(command: string, document: string, folder: string, packageUrlOf: FindComponent): PeerFinding[] {
  const { stdout, stderr, error } = spawnSync(command, ['sbom', '--skip-db-update', '--skip-java-db-update', '--offline-scan', '--cache-dir', join(folder, 'cache'), '--format', 'json', document], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  if (error !== undefined || stdout === '') throw new Error(`trivy gave no result: ${error?.message ?? stderr.slice(-500)}`);
  const { Results: results }: { Results?: readonly TrivyResult[] } = JSON.parse(stdout);
  return (results ?? []).flatMap(({ Type: type, Vulnerabilities: found }) =>
    (found ?? []).flatMap(({ VulnerabilityID: id, VendorIDs: more, PkgName: name, InstalledVersion: version }) => {
      const packageUrl = packageUrlOf(types[type] ?? type, name, version);
      return packageUrl === undefined ? [] : [{ packageUrl, identifiers: [id, ...(more ?? [])] }];
    }),
  );
}
