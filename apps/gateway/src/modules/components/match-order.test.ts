import { expect, test } from 'vitest';
import { matchOrder, type PackageMatch } from './match-order.js';

const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const match = (name: string, version: string, ecosystem: string, imageCount: number, projectCount: number, priority?: number): PackageMatch => ({
  packageKey: `pkg:${ecosystem}/${name}`,
  ecosystem,
  name,
  version,
  spread: { packageKey: `pkg:${ecosystem}/${name}`, ecosystem, version, imageCount, projectCount, judgedImageCount: imageCount },
  ...(priority !== undefined && { findings: { packageKey: `pkg:${ecosystem}/${name}`, version, priority, exploitedCount: 0, counts: none } }),
});
const found = [match('log4j', '1.10', 'maven', 2, 2), match('log4j', '1.9', 'maven', 9, 1, 70), match('Log4j-api', '2', 'maven', 3, 3, 5), match('liblog4j', '1', 'deb', 3, 1)];

test.each([
  ['match', false, 'log4j 1.9, log4j 1.10, Log4j-api 2, liblog4j 1'],
  ['name', false, 'liblog4j 1, log4j 1.9, log4j 1.10, Log4j-api 2'],
  ['name', true, 'Log4j-api 2, log4j 1.9, log4j 1.10, liblog4j 1'],
  ['version', false, 'liblog4j 1, log4j 1.9, log4j 1.10, Log4j-api 2'],
  ['images', true, 'log4j 1.9, Log4j-api 2, liblog4j 1, log4j 1.10'],
  ['projects', false, 'log4j 1.9, liblog4j 1, log4j 1.10, Log4j-api 2'],
  ['findings', false, 'Log4j-api 2, log4j 1.9, log4j 1.10, liblog4j 1'],
] as const)('by %s, reversed: %s', (sort, reversed, expected) => {
  expect(found.toSorted(matchOrder(sort, reversed, 'log4j')).map(({ name, version }) => `${name} ${version}`).join(', ')).toBe(expected);
});
