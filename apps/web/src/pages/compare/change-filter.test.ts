import { expect, test } from 'vitest';
import { changeFilterInput, comparisonCsvAddress, readChangeFilter } from './change-filter.js';

test.each([
  ['', { kinds: ['INTRODUCED', 'FIXED'] }, 'kinds=introduced%2Cfixed'],
  ['changes=fixed&severity=critical&q=zlib', { kinds: ['FIXED'], severities: ['CRITICAL'], search: 'zlib' }, 'kinds=fixed&severities=critical&search=zlib'],
  ['changes=all', { kinds: ['INTRODUCED', 'FIXED', 'UNCHANGED'] }, 'kinds=introduced%2Cfixed%2Cunchanged'],
  ['changes=worse&severity=dreadful', { kinds: ['INTRODUCED', 'FIXED'] }, 'kinds=introduced%2Cfixed'],
])('the list and the exported table of %j are the same', (query, input, address) => {
  const filter = readChangeFilter(new URLSearchParams(query));
  expect(changeFilterInput(filter)).toEqual(input);
  expect(comparisonCsvAddress('a', 'b', filter)).toBe(`/api/comparison.csv?from=a&to=b&${address}`);
});
