import { expect, test } from 'vitest';
import type { ScanLogFactsFragment } from '../../gql/graphql.js';
import { linesOf, logText, mergedLines, newsText } from './log-lines.js';

const line = (position: number, level: ScanLogFactsFragment['level'] = 'INFO'): ScanLogFactsFragment => ({ position, at: '2026-11-23T14:33:02.000Z', attempt: 1, level, stage: position === 1 ? null : 'PULL', text: `line ${position}` });
const positions = (lines: readonly ScanLogFactsFragment[]) => lines.map(({ position }) => position);

test('lines of an answer and of events are shown once, in their order', () => {
  expect(positions(mergedLines([line(1), line(3)], [line(2), line(3), line(4)]))).toEqual([1, 2, 3, 4]);
});

test('nothing new is the same list, so that nothing is drawn again', () => {
  const before = [line(1)];
  expect(mergedLines(before, [line(1)])).toBe(before);
});

test.each([
  ['all', [1, 2, 3]],
  ['warnings', [2, 3]],
  ['errors', [3]],
] as const)('%s', (view, shown) => {
  expect(positions(linesOf([line(1), line(2, 'WARNING'), line(3, 'ERROR')], view))).toEqual(shown);
});

test('a file has one line each, with the time in UTC', () => {
  expect(logText([line(1), line(2, 'WARNING')])).toBe('2026-11-23T14:33:02.000Z info              line 1\n2026-11-23T14:33:02.000Z warning Pull      line 2\n');
});

test('a screen reader hears the last line', () => {
  expect([newsText([]), newsText([line(1), line(2)])]).toEqual(['', 'Line 2: line 2']);
});
