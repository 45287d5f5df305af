import { expect, test } from 'vitest';
import { fixCounts, fixPlace, fixTitle } from './fix-words.js';

const counts = { critical: 0, high: 0, medium: 0, low: 0, findingCount: 4, exploitedCount: 0, imageCount: 1, projectCount: 1 };
const upgrade = { packageKey: 'pkg:deb/debian/openssl', ecosystem: 'deb', name: 'openssl', version: '3.0.15', ...counts };
const base = { baseLayer: 'sha256:1', name: null, distributionName: 'Debian GNU/Linux 12', packageCount: 12, ...counts, imageCount: 41, projectCount: 7 };

test.each([
  [upgrade, false, 'Upgrade openssl to 3.0.15', '1 image in 1 project'],
  [{ ...upgrade, version: null }, true, 'Upgrade openssl', 'deb'],
  [{ ...base, name: 'debian:12-slim' }, false, 'Rebuild on a newer debian:12-slim', 'Base of 41 images in 7 projects, fixes in 12 packages'],
  [base, false, 'Rebuild on a newer base image (Debian GNU/Linux 12)', 'Base of 41 images in 7 projects, fixes in 12 packages'],
])('%#', (fix, ofOneImage, text, place) => {
  expect([fixTitle(fix), fixPlace(fix, ofOneImage)]).toEqual([text, place]);
});

test('what a fix removes adds up', () => {
  expect(fixCounts({ ...upgrade, critical: 1, high: 2, findingCount: 7 })).toEqual({ critical: 1, high: 2, medium: 0, low: 0, unknown: 4 });
});
