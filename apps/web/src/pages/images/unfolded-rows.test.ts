import { expect, test } from 'vitest';
import { readUnfolded, withUnfolded } from './unfolded-rows.js';

test('ids with commas and signs come back', () => {
  const text = withUnfolded(readUnfolded(withUnfolded([], 'pkg:npm/%40a/b,c@1?x=y', true)), 'z', true);
  expect(readUnfolded(text)).toEqual(['pkg:npm/%40a/b,c@1?x=y', 'z']);
  expect(readUnfolded(withUnfolded(readUnfolded(text), 'z', false))).toEqual(['pkg:npm/%40a/b,c@1?x=y']);
});

test('of more than twenty the first is folded; what is damaged is left as it is', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => String(index));
  expect(readUnfolded(withUnfolded(twenty, 'more', true))).toEqual([...twenty.slice(1), 'more']);
  expect([readUnfolded(''), readUnfolded('%E0%A4%A')]).toEqual([[], ['%E0%A4%A']]);
});
