import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isOsvRecord } from './is-osv-record.js';
import { readZip } from './read-zip.js';
import { osvRecordSchema } from './schema.js';

const records: unknown[] = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../matchers/fixtures/records.json'), 'utf8'));
const replacements: readonly unknown[] = [null, undefined, 1, true, '', 'a\nb', 'x'.repeat(600), 'x'.repeat(3_000), [], [null], ['x'.repeat(300)], {}, { type: 'SEMVER' }, { events: {} }];

/** Every copy of a value with one part of it replaced, however deep. */
function* changed(value: unknown): Generator<unknown> {
  yield* replacements;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value).slice(0, 12)) {
    for (const other of changed(part)) {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
      Reflect.set(copy, key, other);
      yield copy;
    }
  }
}

test('agrees with the schema on real records, and on each with any one part replaced', () => {
  const all = [...records, ...records.slice(0, 20).flatMap((record) => [...changed(record)])];
  const differing = all.filter((value) => isOsvRecord(value) !== osvRecordSchema.safeParse(value).success);
  expect(differing).toEqual([]);
  expect(all.filter((value) => !isOsvRecord(value)).length).toBeGreaterThan(1_000);
  expect(all.filter(isOsvRecord).length).toBeGreaterThan(1_000);
});

const affecting = (...affected: readonly unknown[]): unknown => ({ id: 'A-1', affected });
const within = (...events: readonly unknown[]): unknown => affecting({ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events }] });

test.each<[string, unknown]>([
  ['a list', [{ id: 'A-1' }]],
  ['nothing', null],
  ['no id', { modified: '2024-01-01T00:00:00Z' }],
  ['an empty id', { id: '' }],
  ['an id of 257 letters', { id: 'x'.repeat(257) }],
  ['a number for a date', { id: 'A-1', modified: 20_240_101 }],
  ['a date of 65 letters', { id: 'A-1', withdrawn: '2'.repeat(65) }],
  ['a list for a summary', { id: 'A-1', summary: ['x'] }],
  ['one alias instead of a list', { id: 'A-1', aliases: 'CVE-2024-1' }],
  ['an empty alias', { id: 'A-1', aliases: ['CVE-2024-1', ''] }],
  ['too many related records', { id: 'A-1', related: Array.from({ length: 10_001 }, (_, index) => `A-${index}`) }],
  ['a rating without a score', { id: 'A-1', severity: [{ type: 'CVSS_V3' }] }],
  ['an affected entry that is text', affecting('npm/x')],
  ['a package without a name', affecting({ package: { ecosystem: 'npm' } })],
  ['a package of an unnamed ecosystem', affecting({ package: { ecosystem: '', name: 'x' } })],
  ['a number for a version', affecting({ package: { ecosystem: 'npm', name: 'x' }, versions: ['1.0.0', 2] })],
  ['a version with a line break', affecting({ package: { ecosystem: 'npm', name: 'x' }, versions: ['1\n2'] })],
  ['a range without events', affecting({ ranges: [{ type: 'SEMVER' }] })],
  ['a range without a type', affecting({ ranges: [{ events: [] }] })],
  ['events that are no list', affecting({ ranges: [{ type: 'SEMVER', events: { introduced: '0' } }] })],
  ['an event that is text', within({ introduced: '0' }, '1.0.0')],
  ['an event that is null', within(null)],
  ['a bound that is null', within({ introduced: '0', fixed: null })],
  ['a bound of 513 letters', within({ introduced: '0' }, { fixed: '1'.repeat(513) })],
  ['a bound with a line break', within({ introduced: '0\nf1' })],
  ['more events than any range has', within(...Array.from({ length: 5_001 }, () => ({ introduced: '0' })))],
])('refuses, as the schema does, %s', (_, value) => {
  expect([isOsvRecord(value), osvRecordSchema.safeParse(value).success]).toEqual([false, false]);
});

const snapshot = path.join(import.meta.dirname, '../../../../../../shared/advisories/osv');

test.runIf(existsSync(snapshot))('takes every record of the snapshot, as the schema does', () => {
  let records = 0;
  const refused: string[] = [];
  for (const bundle of globSync(path.join(snapshot, '*.zip'))) {
    for (const { name, data } of readZip(bundle)) {
      if (!name.endsWith('.json')) continue;
      const record: unknown = JSON.parse(inflateRawSync(data).toString('utf8'));
      records += 1;
      if (!isOsvRecord(record) || !osvRecordSchema.safeParse(record).success) refused.push(name);
    }
  }
  expect([records, refused]).toEqual([22_591, []]);
});
