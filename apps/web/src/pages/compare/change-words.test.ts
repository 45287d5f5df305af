import { expect, test } from 'vitest';
import { changedCount, countsText, readKinds } from './change-words.js';

const none = { added: 0, removed: 0, upgraded: 0, downgraded: 0, changed: 0 };

test.each([
  [{ ...none, upgraded: 41, downgraded: 1, added: 14, removed: 7 }, 63, '41 up, 1 down, 14 added, 7 removed'],
  [{ ...none, changed: 2 }, 2, '2 otherwise'],
  [none, 0, 'The same components in the same versions'],
])('%j', (counts, total, text) => {
  expect([changedCount(counts), countsText(counts)]).toEqual([total, text]);
});

test('a filter in the address', () => {
  expect([readKinds('added'), readKinds(''), readKinds('nonsense')]).toEqual([['ADDED'], undefined, undefined]);
});
