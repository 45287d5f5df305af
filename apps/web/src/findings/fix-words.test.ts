import { expect, test } from 'vitest';
import { fixCounts, fixTitle } from './fix-words.js';

const counts = { critical: 0, high: 0, medium: 0, low: 0, findingCount: 4, exploitedCount: 0, imageCount: 1, projectCount: 1, outOf: 1 };
const upgrade = { packageKey: 'pkg:deb/debian/openssl', ecosystem: 'deb', name: 'openssl', version: '3.0.15', ...counts };
const base = { baseLayer: 'sha256:1', name: null, distributionName: 'Debian GNU/Linux 12', packageCount: 12, ...counts, imageCount: 41, projectCount: 7 };

test.each([
  [upgrade, 'Upgrade openssl to 3.0.15'],
  [{ ...upgrade, version: null }, 'Upgrade openssl'],
  [{ ...base, name: 'debian:12-slim' }, 'Rebuild on a newer debian:12-slim'],
  [base, 'Rebuild on a newer base image (Debian GNU/Linux 12)'],
])('%#', (fix, text) => {
  expect(fixTitle(fix)).toBe(text);
});

test('what a fix removes adds up', () => {
  expect(fixCounts({ ...upgrade, critical: 1, high: 2, findingCount: 7 })).toEqual({ critical: 1, high: 2, medium: 0, low: 0, unknown: 4 });
});
