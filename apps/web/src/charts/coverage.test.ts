import { expect, test } from 'vitest';
import { formatCoverageShare } from './coverage-share.js';
import { coverageAddress, coverageWords, readCoverage } from './coverage-words.js';

test.each([
  [0, 0, '–'],
  [0, 9, '0 %'],
  [1, 400, '< 1 %'],
  [399, 400, '> 99 %'],
  [9, 9, '100 %'],
  [1, 3, '33 %'],
])('%s of %s images', (count, total, text) => {
  expect(formatCoverageShare(count, total)).toBe(text);
});

test('every kind has an address of its own, and others have none', () => {
  const kinds = Object.keys(coverageWords);
  expect(kinds.map((kind) => readCoverage(coverageAddress(kind as keyof typeof coverageWords)))).toEqual(kinds);
  expect(readCoverage('clean')).toBeUndefined();
});
