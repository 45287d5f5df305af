import { expect, test } from 'vitest';
import type { ScanState } from '../../gql/graphql.js';
import { activityOrder, heldOrder, latestPerImage, stillFailed } from './activity-rows.js';

const scan = (id: string, state: ScanState, minute: number, image = id) => ({
  id,
  state,
  createdAt: `2026-11-23T14:${String(minute).padStart(2, '0')}:00Z`,
  startedAt: state === 'QUEUED' ? null : `2026-11-23T14:${String(minute).padStart(2, '0')}:01Z`,
  endedAt: state === 'QUEUED' || state === 'RUNNING' ? null : `2026-11-23T14:${String(minute).padStart(2, '0')}:30Z`,
  image: { id: image },
});
const ids = (rows: readonly { readonly id: string }[]): string => rows.map(({ id }) => id).join(' ');

test('running, failed, done newest first, cancelled, waiting in turn', () => {
  const rows = [scan('w2', 'QUEUED', 9), scan('w1', 'QUEUED', 8), scan('d1', 'SUCCEEDED', 1), scan('d2', 'PARTIAL', 5), scan('c', 'CANCELLED', 2), scan('f', 'FAILED', 3), scan('r', 'RUNNING', 6)];
  expect(ids(activityOrder(rows))).toBe('r f d2 d1 c w1 w2');
});

test('rows that are looked at stay where they are', () => {
  const rows = [scan('a', 'SUCCEEDED', 1), scan('b', 'RUNNING', 2), scan('new', 'QUEUED', 3)];
  expect(ids(heldOrder(rows, ['b', 'a', 'gone']))).toBe('b a new');
});

test('a retried image is one row', () => {
  expect(ids(latestPerImage([scan('s1', 'FAILED', 1, 'i'), scan('s2', 'RUNNING', 2, 'i'), scan('s3', 'SUCCEEDED', 1, 'j')]))).toBe('s2 s3');
});

test('a failure is of now when no scan came after it', () => {
  const failed = (id: string, latest: string | undefined) => ({ ...scan(id, 'FAILED', 1), image: { id: `image of ${id}`, latestScan: latest === undefined ? null : { id: latest } } });
  expect(ids(stillFailed([failed('s1', 's1'), failed('s2', 's9'), failed('s3', undefined)]))).toBe('s1');
});
