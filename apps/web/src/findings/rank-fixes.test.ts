import { expect, test } from 'vitest';
import { countFixes, rankFixes } from './rank-fixes.js';

const counts = (critical: number, high: number, findingCount: number, exploitedCount = 0) => ({ critical, high, medium: 0, low: 0, findingCount, exploitedCount, imageCount: 1, projectCount: 1, outOf: 30 });
const upgrade = (name: string, ...numbers: Parameters<typeof counts>) => ({ packageKey: `pkg:npm/${name}`, ecosystem: 'npm', name, version: '2', ...counts(...numbers) });
const base = (name: string, ...numbers: Parameters<typeof counts>) => ({ baseLayer: `sha256:${name}`, name, distributionName: null, packageCount: 1, ...counts(...numbers) });

test('a base image stands between packages by what it removes', () => {
  const ranked = rankFixes([upgrade('exploited', 0, 0, 1, 1), upgrade('lodash', 3, 9, 12), upgrade('minor', 0, 1, 1)], [base('debian', 3, 10, 20), base('alpine', 0, 1, 5)]);
  expect(ranked.map(({ name }) => name)).toEqual(['exploited', 'debian', 'lodash', 'alpine', 'minor']);
});

test('how many there are in all is told by the first of each kind', () => {
  const one = upgrade('lodash', 3, 9, 12);
  expect([countFixes([one, one], [base('debian', 3, 10, 20)]), countFixes([one], []), countFixes([], [])]).toEqual([60, 30, 0]);
});
