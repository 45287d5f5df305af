import { expect, test } from 'vitest';
import { parseSearchText } from './search-text.js';

test.each([
  ['log4j', { name: 'log4j' }],
  ['  log4j ', { name: 'log4j' }],
  ['', undefined],
  ['pkg:maven/org.apache.logging.log4j/log4j-core', { packageKey: 'pkg:maven/org.apache.logging.log4j/log4j-core' }],
  ['pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar', { packageKey: 'pkg:maven/org.apache.logging.log4j/log4j-core', version: '2.14.1' }],
  ['pkg:npm/%40babel/core@7.0.0', { packageKey: 'pkg:npm/%40babel/core', version: '7.0.0' }],
  ['pkg:npm/@babel/core', { packageKey: 'pkg:npm/%40babel/core' }],
  ['pkg:npm/@babel', { packageKey: 'pkg:npm/%40babel' }],
  ['pkg:deb/debian/openssh-client@1%3A9.2p1-2%2Bdeb12u2', { packageKey: 'pkg:deb/debian/openssh-client', version: '1:9.2p1-2+deb12u2' }],
  ['pkg:deb/debian/x@%', { packageKey: 'pkg:deb/debian/x', version: '%' }],
])('%s', (text, search) => {
  expect(parseSearchText(text)).toEqual(search);
});
