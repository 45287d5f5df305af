import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EntryInflater } from '../advisories/osv/entry-inflater.js';
import { readZip } from '../advisories/osv/read-zip.js';
import { osvRecordSchema } from '../advisories/osv/schema.js';
import type { OsvRecord } from '../advisories/osv/schema.js';
import { ecosystemRules } from '../ecosystems/ecosystems.js';
import { databaseOf } from '../testing/temporary-database.js';
import { CandidateFinder } from './candidate.js';

/** The version directly below another one, by the documentation of each scheme; undefined where there is no way to write it. */
const justBelow: Readonly<Record<string, (version: string) => string | undefined>> = {
  dpkg: (version) => `${version}~`,
  rpm: (version) => `${version}~`,
  semver: (version) => (/[-+]/.test(version) ? undefined : `${version}-0`),
  go: (version) => (/[-+]/.test(version) ? undefined : `${version}-0`),
  bitnami: (version) => (version.includes('-') ? undefined : `${version}-rc.1`),
  nuget: (version) => (version.includes('-') ? undefined : `${version}-0`),
  pep440: (version) => (/[a-z+]/i.test(version) ? undefined : `${version}.dev0`),
  maven: (version) => (/[a-z]/i.test(version) ? undefined : `${version}-alpha`),
  rubygems: (version) => (/[a-z]/i.test(version) ? undefined : `${version}.a`),
  composer: (version) => (/[a-z]/i.test(version) ? undefined : `${version}-dev`),
};

interface Probe {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly record: string;
  readonly affected: boolean;
}

/** Four versions around each plain interval; packages a record names more than once are left out, since intervals overlap. */
function probes(record: OsvRecord): Probe[] {
  // Builds of special interest groups of Rocky Linux are never held against its plain packages.
  const affected = record.id.startsWith('RXSA-') ? [] : (record.affected ?? []);
  return affected.flatMap((entry) => {
    const ranges = entry.ranges?.filter((range) => range.type !== 'GIT') ?? [];
    const [introduced, fixed, ...more] = ranges.length === 1 ? (ranges[0]?.events ?? []) : [];
    const once = affected.filter((other) => other.package?.name === entry.package?.name && other.package?.ecosystem === entry.package?.ecosystem).length === 1;
    if (entry.package == null || introduced?.introduced === undefined || fixed?.fixed === undefined || fixed.fixed === '0' || more.length > 0 || !once) return [];
    const { name, ecosystem } = entry.package;
    const rules = ecosystemRules(ecosystem);
    const below = (version: string): string | undefined => (version === '0' || version === '0.0.0-0' ? undefined : justBelow[rules.scheme?.name ?? '']?.(version));
    const probe = (version: string | undefined, expected: boolean): Probe[] => (version === undefined || version === '0' ? [] : [{ ecosystem, name: rules.normaliseName(name), version, record: record.id, affected: expected }]);
    return [...probe(below(introduced.introduced), false), ...probe(introduced.introduced, true), ...probe(below(fixed.fixed), true), ...probe(fixed.fixed, false)];
  });
}

async function contradictions(records: readonly OsvRecord[]): Promise<{ count: number; wrong: Probe[] }> {
  await using made = await databaseOf({ golden: records });
  const finder = new CandidateFinder(made.database);
  const all = records.flatMap(probes);
  const wrong = all.filter((probe) => {
    const candidates = finder.find({ ...probe, by: 'package', role: 'own' }, 'affected');
    const found = candidates.some((candidate) => candidate.affected && made.database.advisory(candidate.advisory)?.id === probe.record);
    return found !== probe.affected;
  });
  return { count: all.length, wrong };
}

test('around every interval of a sample of real advisories', async () => {
  const records = osvRecordSchema.array().parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/records.json'), 'utf8')));
  const { count, wrong } = await contradictions(records);
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(100);
});

const snapshot = path.join(import.meta.dirname, '../../../../../shared/advisories/osv');
const bundles = ['AlmaLinux', 'Bitnami', 'GHSA-subset', 'Go', 'PyPI', 'Packagist-drupal', 'crates.io'].map((name) => path.join(snapshot, `${name}.zip`)).filter((file) => existsSync(file));

test(`around intervals of every 25th record of ${bundles.length} whole bundles, when they are at hand`, async () => {
  using inflater = new EntryInflater();
  const records = bundles.flatMap((file) => {
    const chosen: OsvRecord[] = [];
    let index = 0;
    for (const entry of readZip(file)) {
      index += 1;
      if (index % 25 !== 0) continue;
      const record = osvRecordSchema.parse(JSON.parse(inflater.unfold(entry.data, 1 << 24).toString('utf8')));
      // Lists are left out: the interval alone is asked here.
      if (record.withdrawn == null) chosen.push({ ...record, affected: record.affected?.map((affected) => ({ ...affected, versions: undefined })) });
    }
    return chosen;
  });
  expect((await contradictions(records)).wrong).toEqual([]);
}, 60_000);
