import { expect, test } from 'vitest';
import { csvLine } from './csv-text.js';

test.each([
  [['a', 1, undefined, 0.5], 'a,1,,0.5\r\n'],
  [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\r\n'],
  [['=1+1', '@scope/name', '-x', '-1.5', '+x'], "'=1+1,'@scope/name,'-x,-1.5,'+x\r\n"],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
