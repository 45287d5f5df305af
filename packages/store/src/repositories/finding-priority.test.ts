import { expect, test } from 'vitest';
import { severities } from '../finding-records.js';
import { findingPriority } from './finding-priority.js';

const exploitedSince = '2026-01-01';

test('severity goes first, then exploited, then EPSS', () => {
  const ordered = severities.flatMap((severity) => [
    { severity, exploitedSince, epss: 0.9 },
    { severity, exploitedSince },
    { severity, epss: 1 },
    { severity, epss: 0.5 },
    { severity },
  ]);
  const priorities = ordered.map(findingPriority);
  expect(priorities).toEqual(priorities.toSorted((one, other) => one - other));
  expect(new Set(priorities).size).toBe(ordered.length);
});

test.each([
  ['a probability above 1', 7, 1],
  ['a negative one', -1, 0],
])('%s counts as the nearest that can be', (_, epss, as) => {
  expect(findingPriority({ severity: 'low', epss })).toBe(findingPriority({ severity: 'low', epss: as }));
});
