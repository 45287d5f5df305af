import { expect, test } from 'vitest';
import { readColumns, writeColumns } from './optional-columns.js';

test.each([
  ['', ['state'], ''],
  ['none', [], 'none'],
  ['aliases', ['aliases'], 'aliases'],
  ['aliases,state', ['state', 'aliases'], 'state,aliases'],
  ['colour', [], 'none'],
])('"%s" shows %j', (text, columns, written) => {
  expect(readColumns(text)).toEqual(columns);
  expect(writeColumns(readColumns(text))).toBe(written);
});
