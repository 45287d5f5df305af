import { expect, test } from 'vitest';
import { activityTotals } from './activity-totals.js';

const states = { queued: 0, running: 1, succeeded: 2, partial: 1, failed: 0, cancelled: 0 };
const totals = { states, bytesDone: '800', bytesTotal: '1000', runningBytesDone: '200', runningSince: '2026-11-23T14:01:00Z' };
const now = new Date('2026-11-23T14:01:10Z');
const running = (bytesDone: number) => ({
  state: 'RUNNING' as const,
  progress: { layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: String(bytesDone), bytesTotal: '400', stages: [] },
});

test('counts, bytes, and the speed of what is running', () => {
  expect(activityTotals(totals, [], now)).toEqual({ count: states, total: 4, finished: 3, bytesDone: 800, bytesTotal: 1000, bytesPerSecond: 20, leftMs: 10_000 });
});

test('events say more than what the server added up before them', () => {
  expect(activityTotals(totals, [running(300)], now)).toMatchObject({ bytesDone: 900, bytesPerSecond: 30 });
  expect(activityTotals(totals, [running(100)], now)).toMatchObject({ bytesDone: 800, bytesPerSecond: 20 });
});

test.each([
  ['those that wait are as large as the others', { states: { ...states, queued: 4 } }, 60_000],
  ['nothing is said by fewer than three others', { states: { ...states, queued: 4, succeeded: 0 } }, undefined],
  ['nothing is said before anything arrived', { runningBytesDone: '0' }, undefined],
  ['nothing is said when nothing runs', { runningSince: null }, undefined],
])('time left: %s', (_, change, leftMs) => {
  expect(activityTotals({ ...totals, ...change }, [], now).leftMs).toBe(leftMs);
});
