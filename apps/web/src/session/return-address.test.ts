import { expect, test } from 'vitest';
import { returnAddress } from './return-address.js';

test.each([
  ['/images?search=nginx', '/images?search=nginx'],
  [null, '/'],
  ['', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in, %s leads to %s', (asked, address) => {
  expect(returnAddress(asked)).toBe(address);
});
