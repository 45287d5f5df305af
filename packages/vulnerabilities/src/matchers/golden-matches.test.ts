import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { osvRecordSchema } from '../advisories/osv/schema.js';
import type { OsvRecord } from '../advisories/osv/schema.js';
import { listAgreement } from '../quality/agreement.js';
import { askGoldenProbes, goldenProbes, recordsOfBundle } from '../quality/golden-matches.js';
import { databaseOf } from '../testing/temporary-database.js';

const sample = osvRecordSchema.array().parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/records.json'), 'utf8')));

async function outcome(records: readonly OsvRecord[]): Promise<ReturnType<typeof askGoldenProbes>> {
  await using made = await databaseOf({ golden: records });
  return askGoldenProbes(made.database, records);
}

test('just below, at and after every bound of a sample of real advisories', async () => {
  const { probes, disagreements } = await outcome(sample);
  expect(disagreements).toEqual([]);
  expect(probes).toBeGreaterThan(100);
});

test('what is expected follows from the text of a record alone', () => {
  const record: OsvRecord = { id: 'X-1', affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }, { type: 'SEMVER', events: [{ fixed: '2.0.0' }, { introduced: '1.0.0' }, { introduced: '3.0.0' }, { last_affected: '3.1.0' }] }], versions: ['0.5.0'] }] };
  expect(goldenProbes(record)).toEqual({
    ranges: 1,
    probes: ([['2.0.0-0', 'below fixed', true], ['2.0.0', 'fixed', false], ['1.0.0-0', 'below introduced', false], ['1.0.0', 'introduced', true], ['3.0.0-0', 'below introduced', false], ['3.0.0', 'introduced', true], ['3.1.0', 'last affected', true], ['0.5.0', 'listed', true]] as const).map(([version, place, affected]) => ({ record: 'X-1', ecosystem: 'npm', name: 'a', version, place, affected })),
  });
});

test('a version in the summary of an Enterprise Linux advisory is no module', async () => {
  // As ALSA-2024:10244 has it; its builds are of no module.
  const pam: OsvRecord = { id: 'ALSA-2024:10244', summary: 'Important: pam:1.5.1 security update', affected: [{ package: { ecosystem: 'AlmaLinux:9', name: 'pam' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.5.1-22.el9_5' }] }] }] };
  expect((await outcome([pam])).disagreements).toEqual([]);
});

test('listed versions that no range holds are named', () => {
  const record: OsvRecord = { id: 'X-1', affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2' }] }], versions: ['1.0', '2.0', ''] }] };
  expect(listAgreement([record])).toEqual({ pairs: 3, agree: 1, unreadable: 1, outOfRange: [{ record: 'X-1', name: 'a', version: '2.0' }] });
});

const snapshot = path.join(import.meta.dirname, '../../../../../shared/advisories/osv');
const bundles = ['AlmaLinux', 'Bitnami', 'GHSA-subset', 'Go', 'PyPI', 'Packagist-drupal', 'crates.io'].map((name) => path.join(snapshot, `${name}.zip`)).filter((file) => existsSync(file));

test(`every 25th record of ${bundles.length} whole bundles, when they are at hand`, async () => {
  const records = bundles.flatMap((file) => [...recordsOfBundle(file)].filter((_, index) => index % 25 === 0));
  expect((await outcome(records)).disagreements).toEqual([]);
}, 120_000);
