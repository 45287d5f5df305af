import { expect, test } from 'vitest';
import { componentsCsvAddress } from './components-csv-address.js';

const search = { text: 'log4j', range: '', ecosystem: '', vulnerable: false, sort: 'MATCH', reversed: false };

test.each([
  [search, 'text=log4j'],
  [{ ...search, range: '>= 2, < 2.17.1' }, 'text=log4j&versionRange=%3E%3D+2%2C+%3C+2.17.1'],
  [{ ...search, ecosystem: 'maven', vulnerable: true }, 'text=log4j&ecosystem=maven&vulnerable=true'],
  [{ ...search, sort: 'IMAGES', reversed: true }, 'text=log4j&sort=images&reversed=true'],
])('%o is at %s', (wanted, query) => {
  expect(componentsCsvAddress(wanted)).toBe(`/api/components.csv?${query}`);
});
