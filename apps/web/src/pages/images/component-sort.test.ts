import { expect, test } from 'vitest';
import { componentOrder } from './component-sort.js';

test.each([
  ['', '', { sort: 'FINDINGS', reversed: false }],
  ['findings', 'findings', { sort: 'FINDINGS', reversed: true }],
  ['name', 'name', { sort: 'NAME', reversed: false }],
  ['-licence', '-licence', { sort: 'LICENCE', reversed: true }],
  ['-version', '-version', { sort: 'VERSION', reversed: true }],
  ['colour', '', { sort: 'FINDINGS', reversed: false }],
  ['-constructor', '', { sort: 'FINDINGS', reversed: false }],
])('%s in the address is %s and asks for %j', (text, written, input) => {
  const sort = componentOrder.read(text);
  expect([componentOrder.write(sort), componentOrder.input(sort)]).toEqual([written, input]);
});
