import { expect, test } from 'vitest';
import { packageKeyOf, packageName } from './package-name.js';

test.each([
  ['pkg:npm/%40babel/core', '@babel/core'],
  ['pkg:golang/golang.org/x/crypto', 'golang.org/x/crypto'],
  ['pkg:maven/org.apache.logging.log4j/log4j-core', 'log4j-core'],
  ['pkg:deb/debian/openssl', 'openssl'],
  ['pkg:pypi/a%2Bb', 'a+b'],
  ['pkg:x/%', '%'],
])('%s is called %s', (key, name) => {
  expect(packageName(key)).toBe(name);
});

test.each([
  ['pkg:npm/%40babel/core@7.0.0', 'pkg:npm/%40babel/core'],
  ['pkg:deb/debian/bash@5.2?arch=amd64', 'pkg:deb/debian/bash'],
  ['pkg:golang/example.org/a#sub', 'pkg:golang/example.org/a'],
])('%s is a version of %s', (packageUrl, key) => {
  expect(packageKeyOf(packageUrl)).toBe(key);
});
