import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';
import type { FindComponent, PeerFinding } from './peer-findings.js';

const types: Readonly<Record<string, string>> = { npm: 'npm', PyPI: 'pypi', Maven: 'maven', Go: 'golang', 'crates.io': 'cargo', NuGet: 'nuget', RubyGems: 'gem', Packagist: 'composer', Hex: 'hex', Pub: 'pub', SwiftURL: 'swift' };

interface ScannedPackage {
  readonly package: { readonly name: string; readonly version: string; readonly ecosystem: string };
  readonly groups?: readonly { readonly ids: readonly string[]; readonly aliases?: readonly string[] }[];
}

/** One archive an ecosystem (made by `zip`), where osv-scanner 2.5 looks for databases when it is offline. */
export function writeOsvDatabase(folder: string, records: readonly OsvRecord[]): void {
  const byEcosystem = new Map<string, Map<string, OsvRecord>>();
  for (const record of records) {
    for (const { package: named } of record.affected ?? []) {
      const [ecosystem = ''] = (named?.ecosystem ?? '').split(':', 1);
      if (ecosystem !== '') byEcosystem.set(ecosystem, (byEcosystem.get(ecosystem) ?? new Map<string, OsvRecord>()).set(record.id, record));
    }
  }
  for (const [ecosystem, found] of byEcosystem) {
    const place = join(folder, 'osv-scalibr', ecosystem);
    const files = join(place, 'records');
    mkdirSync(files, { recursive: true });
    for (const [id, record] of found) writeFileSync(join(files, `${id}.json`), JSON.stringify(record));
    execFileSync('zip', ['-q', '-1', '-r', join(place, 'all.zip'), '.'], { cwd: files });
  }
}

/** Scans a CycloneDX document offline. Its output names packages by ecosystem, name and version: `packageUrlOf` finds the component. */
export function runOsvScanner(command: string, document: string, databases: string, packageUrlOf: FindComponent): PeerFinding[] {
  const { stdout, stderr, error } = spawnSync(command, ['scan', 'source', '-L', document, '--offline', '--local-db-path', databases, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 });
  if (error !== undefined || stdout === '') throw new Error(`osv-scanner gave no result: ${error?.message ?? stderr.slice(-500)}`);
  const { results }: { results: readonly { readonly packages: readonly ScannedPackage[] }[] } = JSON.parse(stdout);
  return results
    .flatMap(({ packages }) => packages)
    .flatMap(({ package: named, groups }) => {
      const packageUrl = packageUrlOf(types[named.ecosystem] ?? '', named.name, named.version);
      return packageUrl === undefined ? [] : (groups ?? []).map(({ ids, aliases }) => ({ packageUrl, identifiers: [...new Set([...ids, ...(aliases ?? [])])] }));
    });
}
