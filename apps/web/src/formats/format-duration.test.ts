import { describe, expect, test } from 'vitest';
import { formatDuration, formatEstimate, formatSpan } from './format-duration.js';

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [88, '88 ms'],
    [6_200, '6.2 s'],
    [9_960, '10 s'],
    [41_000, '41 s'],
    [59_600, '1 min'],
    [112_000, '1 min 52 s'],
    [7_500_000, '2 h 5 min'],
    [7_200_000, '2 h'],
  ])('%i ms reads %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

test('a span without an end runs until now', () => {
  expect(formatSpan('2026-11-23T14:32:00Z', null, new Date('2026-11-23T14:32:12Z'))).toBe('12 s');
  expect(formatSpan('2026-11-23T14:32:00Z', '2026-11-23T14:33:52Z')).toBe('1 min 52 s');
});

test.each([[1_000, 'about 5 s'], [18_000, 'about 20 s'], [55_000, 'about 1 min'], [350_000, 'about 6 min'], [8_000_000, 'about 2 h']])(
  'an estimate of %i ms reads %s',
  (durationMs, text) => {
    expect(formatEstimate(durationMs)).toBe(text);
  },
);
