import { expect, test } from 'vitest';
import { trendChart } from './trend-lines.js';

const day = (text: string, critical: number, high = 0) => ({ day: text, critical, high, medium: 0, low: 0 });

test('a line over days; a missing day leaves its room', () => {
  const { lines, guides, days } = trendChart([day('2026-11-20', 0, 20), day('2026-11-21', 10), day('2026-11-24', 5)]);
  expect(lines.find(({ level }) => level === 'critical')?.path).toBe('M0 150L105 75L420 112.5');
  expect(guides).toEqual([{ value: 20, y: 0 }, { value: 15, y: 37.5 }, { value: 10, y: 75 }, { value: 5, y: 112.5 }, { value: 0, y: 150 }]);
  expect(days).toEqual([{ day: '2026-11-20', x: 0 }, { day: '2026-11-21', x: 105 }, { day: '2026-11-24', x: 420 }]);
});

test('one day is a point at the end', () => {
  const { lines, days } = trendChart([day('2026-11-20', 2)]);
  expect(lines[0]?.points).toEqual([{ x: 420, y: 0 }]);
  expect(days).toEqual([{ day: '2026-11-20', x: 420 }]);
});

test('names of lines that end at one height stand above each other', () => {
  expect(trendChart([day('2026-11-20', 20)]).names).toEqual([{ level: 'critical', y: 0 }, { level: 'high', y: 122 }, { level: 'medium', y: 136 }, { level: 'low', y: 150 }]);
});
