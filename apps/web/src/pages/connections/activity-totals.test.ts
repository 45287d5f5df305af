import { expect, test } from 'vitest';
import type { ScanState } from '../../gql/graphql.js';
import { activityTotals } from './activity-totals.js';

const scan = (state: ScanState, bytesDone: number, bytesTotal: number, startedAt: string | null = null) => ({
  state,
  startedAt,
  progress: { layersDone: 0, layersTotal: 0, layersCached: 0, bytesDone: String(bytesDone), bytesTotal: String(bytesTotal), stages: [] },
});

test('counts states, bytes, and the speed of what is running', () => {
  const rows = [
    scan('SUCCEEDED', 500, 500, '2026-11-23T14:00:00Z'),
    scan('PARTIAL', 100, 100, '2026-11-23T14:00:00Z'),
    scan('RUNNING', 200, 400, '2026-11-23T14:01:00Z'),
    scan('QUEUED', 0, 0),
  ];
  expect(activityTotals(rows, new Date('2026-11-23T14:01:10Z'))).toEqual({
    count: { QUEUED: 1, RUNNING: 1, SUCCEEDED: 1, PARTIAL: 1, FAILED: 0, CANCELLED: 0 },
    total: 4,
    finished: 2,
    bytesDone: 800,
    bytesTotal: 1000,
    bytesPerSecond: 20,
  });
  expect(activityTotals([scan('QUEUED', 0, 0)], new Date()).bytesPerSecond).toBeUndefined();
});
