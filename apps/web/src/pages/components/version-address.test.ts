import { expect, test } from 'vitest';
import { readVersionAddress } from './version-address.js';

test.each([
  ['pkg:maven/org.apache/log4j-core@2.14.1', { packageKey: 'pkg:maven/org.apache/log4j-core', version: '2.14.1' }],
  ['pkg:deb/debian/ssh@1%3A9.2%2Bdeb12', { packageKey: 'pkg:deb/debian/ssh', version: '1:9.2+deb12' }],
  ['pkg:npm/%40babel/core@7.0.0', { packageKey: 'pkg:npm/%40babel/core', version: '7.0.0' }],
  ['pkg:npm/a@%', undefined],
  ['log4j', undefined],
  ['', undefined],
])('%s', (id, address) => {
  expect(readVersionAddress(id)).toEqual(address);
});
