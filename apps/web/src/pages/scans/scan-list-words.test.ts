import { expect, test } from 'vitest';
import { queueFacts, scanFilters, scanFilterText } from './scan-list-words.js';

const counts = { queued: 10, running: 5, succeeded: 2_300, partial: 1, failed: 1_234, cancelled: 0 };

test('each choice says how many there are, when that is known', () => {
  expect(scanFilters.map((filter) => scanFilterText(filter, counts))).toEqual(['All', 'Active 15', 'Failed 1,234', 'Partial 1']);
  expect(scanFilters.map((filter) => scanFilterText(filter, undefined))).toEqual(['All', 'Active', 'Failed', 'Partial']);
});

test.each([
  [counts, 40_000, '5 running, 10 waiting. Typical wait now: 40 s.'],
  [counts, null, '5 running, 10 waiting.'],
  [{ ...counts, queued: 0 }, 40_000, '5 running, 0 waiting.'],
  [{ ...counts, running: 0, queued: 0 }, 40_000, 'Nothing is running.'],
])('%j with a wait of %s ms reads %s', (given, wait, text) => {
  expect(queueFacts(given, wait)).toBe(text);
});
