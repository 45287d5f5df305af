import { expect, test } from 'vitest';
import { imageSuffix } from './image-suffix.js';

const digest = `sha256:9f31c2${'0'.repeat(54)}e07b`;

test.each([
  [{ tag: '2.14.3', pinnedDigest: null }, ':2.14.3'],
  [{ tag: null, pinnedDigest: digest }, '@sha256:9f31c2…e07b'],
  [{ tag: '2.14.3', pinnedDigest: digest }, ':2.14.3'],
  [{ tag: null, pinnedDigest: null }, ''],
])('%j reads %s', (image, suffix) => {
  expect(imageSuffix(image)).toBe(suffix);
});
