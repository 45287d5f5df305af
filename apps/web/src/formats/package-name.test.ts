import { expect, test } from 'vitest';
import { packageName } from './package-name.js';

test.each([['pkg:npm/%40babel/core', 'core'], ['pkg:pypi/a%2Bb', 'a+b'], ['pkg:x/%', '%']])('%s is called %s', (key, name) => {
  expect(packageName(key)).toBe(name);
});
