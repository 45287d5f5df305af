import { expect, test } from 'vitest';
import { chunksOf } from './value-chunks.js';

test.each([
  [0, [0]],
  [1, [1]],
  [1_000_000, [1_000_000]],
  [1_000_001, [1_000_000, 1]],
  [2_500_000, [1_000_000, 1_000_000, 500_000]],
])('a value of %i bytes is cut to %j, and nothing is lost', (bytes, lengths) => {
  const value = Uint8Array.from({ length: bytes }, (_, index) => index % 251);
  const chunks = chunksOf(value);
  expect(chunks.map(({ length }) => length)).toEqual(lengths);
  expect(Buffer.concat(chunks).equals(value)).toBe(true);
});
