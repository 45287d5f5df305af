import { expect, test } from 'vitest';
import { componentSortInput, readComponentSort, writeComponentSort } from './component-sort.js';

test.each([
  ['', '', { sort: 'FINDINGS', reversed: false }],
  ['findings', 'findings', { sort: 'FINDINGS', reversed: true }],
  ['name', 'name', { sort: 'NAME', reversed: false }],
  ['-licence', '-licence', { sort: 'LICENCE', reversed: true }],
  ['-version', '-version', { sort: 'VERSION', reversed: true }],
  ['colour', '', { sort: 'FINDINGS', reversed: false }],
  ['-constructor', '', { sort: 'FINDINGS', reversed: false }],
])('%s in the address is %s and asks for %j', (text, written, input) => {
  const sort = readComponentSort(text);
  expect([writeComponentSort(sort), componentSortInput(sort)]).toEqual([written, input]);
});
