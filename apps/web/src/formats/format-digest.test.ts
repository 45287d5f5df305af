import { expect, test } from 'vitest';
import { formatDigest, formatLongDigest } from './format-digest.js';

const digest = `sha256:9f31c2a4${'0'.repeat(48)}77d0e07b`;

test.each([
  [formatDigest, digest, 'sha256:9f31c2…e07b'],
  [formatLongDigest, digest, 'sha256:9f31c2a4…77d0e07b'],
  [formatDigest, 'sha256:9f31c2a4', 'sha256:9f31c2a4'],
  [formatDigest, '', ''],
])('%o of %s reads %s', (format, text, short) => {
  expect(format(text)).toBe(short);
});
