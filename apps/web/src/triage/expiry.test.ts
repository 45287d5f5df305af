import { expect, test } from 'vitest';
import { dayIn, endOfDay } from './expiry.js';

test.each([
  ['2027-03-01', new Date(2027, 2, 1, 23, 59, 59)],
  ['2028-02-29', new Date(2028, 1, 29, 23, 59, 59)],
  ['2027-02-29', undefined],
  ['2027-13-01', undefined],
  ['2027-3-1', undefined],
  ['01/03/2027', undefined],
  ['', undefined],
])('%s', (text, end) => {
  expect(endOfDay(text)).toEqual(end);
});

test('days from now pass months and years', () => {
  expect([0, 30, 365].map((days) => dayIn(days, new Date(2026, 10, 26, 23, 30)))).toEqual(['2026-11-26', '2026-12-26', '2027-11-26']);
});
