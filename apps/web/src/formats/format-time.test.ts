import { describe, expect, test } from 'vitest';
import { formatAge, formatEventTime, formatFullTime, formatTime } from './format-time.js';

/** Built in local time, so that the table reads the same in every zone. */
const at = (text: string): string => new Date(text).toISOString();
const now = new Date('2026-11-23T14:33:00');

describe('formatTime', () => {
  test.each([
    ['2026-11-23T14:32:40', 'just now'],
    ['2026-11-23T14:31:00', '2 min ago'],
    ['2026-11-23T12:30:00', '2 h ago'],
    ['2026-11-22T18:00:00', '21 h ago'],
    ['2026-11-22T09:00:00', 'yesterday'],
    ['2026-11-20T09:00:00', '20 Nov'],
    ['2025-10-19T09:00:00', '19 Oct 2025'],
    ['2026-11-24T09:00:00', '24 Nov'],
  ])('%s reads %s', (instant, text) => {
    expect(formatTime(at(instant), now)).toBe(text);
  });
});

describe('formatEventTime', () => {
  test.each([
    ['2026-11-23T14:33:02', '14:33:02'],
    ['2026-11-22T17:20:09', '22 Nov 17:20'],
    ['2025-11-22T07:05:09', '22 Nov 2025 07:05'],
  ])('%s reads %s', (instant, text) => {
    expect(formatEventTime(at(instant), now)).toBe(text);
  });
});

describe('formatAge', () => {
  test.each([
    ['2026-11-23T14:32:50', '1 min'],
    ['2026-11-23T13:43:00', '50 min'],
    ['2026-11-23T09:33:00', '5 h'],
    ['2026-11-22T09:33:00', '1 day'],
    ['2026-11-19T10:33:00', '4 days'],
  ])('%s reads %s', (instant, text) => {
    expect(formatAge(at(instant), now)).toBe(text);
  });
});

test('the full stamp carries seconds and a zone', () => {
  expect(formatFullTime(at('2026-11-23T14:33:02'))).toMatch(/^23 Nov 2026, 14:33:02 \S+/);
});
