import { expect, test } from 'vitest';
import { alignColumns } from './align-columns.js';

test.each<[string, readonly string[], readonly (readonly string[])[], readonly string[]]>([
  ['cells are as wide as the widest of their column', ['A', 'LONG', 'B'], [['wider', 'x', 'y']], ['A      LONG  B', 'wider  x     y']],
  ['lines end without spaces', ['A', 'B'], [['x', ''], ['', 'longer']], ['A  B', 'x', '   longer']],
  ['without rows there are the titles', ['A', 'B'], [], ['A  B']],
])('%s', (_, titles, rows, lines) => {
  expect(alignColumns(titles, rows)).toEqual(lines);
});
