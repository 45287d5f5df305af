import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isOsvRecord } from './is-osv-record.js';
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
