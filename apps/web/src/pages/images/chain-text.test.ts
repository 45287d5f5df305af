import { expect, test } from 'vitest';
import { chainText } from './chain-text.js';

test.each([
  [['app', 'express'], 'app needs express'],
  [['app', 'express', 'body-parser', 'qs', 'side-channel'], 'app needs express, which needs body-parser, which needs qs, which needs side-channel'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a needs b, which needs c, and so on by way of 2 others to f, which needs g'],
])('%j', (names, text) => {
  expect(chainText(names)).toBe(text);
});
