import { expect, test } from 'vitest';
import { advisoryAge } from './advisory-age.js';

const ready = (checkedAt: string) => ({ state: 'READY' as const, checkedAt });

test.each([
  ['none needed yet', [], { kind: 'none' }],
  ['none fetched yet', [{ state: 'WANTED' as const, checkedAt: null }], { kind: 'waiting' }],
  ['the oldest counts', [ready('2026-11-23T06:00:00Z'), ready('2026-11-20T06:00:00Z')], { kind: 'known', at: '2026-11-20T06:00:00Z' }],
  ['one waits', [ready('2026-11-23T06:00:00Z'), { state: 'FETCHING' as const, checkedAt: null }], { kind: 'known', at: '2026-11-23T06:00:00Z' }],
  ['one failed, and holds what it had', [ready('2026-11-23T06:00:00Z'), { state: 'FAILED' as const, checkedAt: '2026-11-14T06:02:00Z' }], { kind: 'known', at: '2026-11-14T06:02:00Z' }],
])('%s', (_, sources, age) => {
  expect(advisoryAge(sources)).toEqual(age);
});
