import { expect, test } from 'vitest';
import { matchSortInput, readMatchSort } from './match-sort.js';

test.each([
  ['', { sort: 'MATCH', reversed: false }],
  ['colour', { sort: 'MATCH', reversed: false }],
  ['name', { sort: 'NAME', reversed: false }],
  ['-images', { sort: 'IMAGES', reversed: true }],
  ['-findings', { sort: 'FINDINGS', reversed: false }],
  ['findings', { sort: 'FINDINGS', reversed: true }],
])('%s in the address asks for %j', (text, input) => {
  expect(matchSortInput(readMatchSort(text))).toEqual(input);
});
