import { expect, test } from 'vitest';
import { rowSlots } from './row-slots.js';

const slots = (entries: Readonly<Record<string, number>>) => new Map(Object.entries(entries));

test.each([
  ['the first page', {}, ['a', 'b'], { a: 0, b: 1 }],
  ['the next page takes the slots of the one before', { a: 0, b: 1 }, ['c', 'd'], { c: 0, d: 1 }],
  ['a row that moves keeps its slot', { a: 0, b: 1 }, ['b', 'a'], { b: 1, a: 0 }],
  ['a row that comes on top takes the slot of the one that left', { a: 0, b: 1, c: 2 }, ['d', 'a', 'b'], { d: 2, a: 0, b: 1 }],
  ['more rows than before', { a: 0 }, ['b', 'a', 'c'], { b: 1, a: 0, c: 2 }],
])('%s', (_, before, ids, after) => {
  expect(rowSlots(slots(before), ids)).toEqual(slots(after));
});
