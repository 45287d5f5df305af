import { expect, test } from 'vitest';
import { trendChart } from './trend-lines.js';

const day = (text: string, critical: number, high = 0) => ({ day: text, critical, high, medium: 0, low: 0 });

test('a line over days; a missing day leaves its room', () => {
  const { lines, guides } = trendChart([day('2026-11-20', 0, 20), day('2026-11-21', 10), day('2026-11-24', 5)]);
  expect(lines.find(({ level }) => level === 'critical')?.path).toBe('M0 150L105 75L420 112.5');
  expect(guides).toEqual([{ value: 20, y: 0 }, { value: 10, y: 75 }, { value: 0, y: 150 }]);
});

test('one day is a point at the end', () => {
  expect(trendChart([day('2026-11-20', 2)]).lines[0]?.points).toEqual([{ x: 420, y: 0 }]);
});

test.each([[0, 2], [2, 2], [3, 4], [5, 10], [11, 20], [399, 400], [401, 1000]])('up to %s the scale ends at %s', (value, top) => {
  expect(trendChart([day('2026-11-20', value)]).guides[0]?.value).toBe(top);
});
