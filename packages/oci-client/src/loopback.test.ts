import { expect, test } from 'vitest';
import { isLoopbackHost } from './loopback.js';

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['[::1]', true],
  ['0:0:0:0:0:0:0:1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.5', false],
  ['169.254.169.254', false],
  ['localhost.example.org', false],
  ['127.0.0.1.example.org', false],
  ['registry.example.org', false],
  ['', false],
])('%s: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
