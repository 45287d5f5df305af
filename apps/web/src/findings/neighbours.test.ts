import { expect, test } from 'vitest';
import { neighboursOf } from './neighbours.js';

test.each([
  ['a', { previous: undefined, next: 'b', place: 1, count: 3 }],
  ['b', { previous: 'a', next: 'c', place: 2, count: 3 }],
  ['c', { previous: 'b', next: undefined, place: 3, count: 3 }],
  ['x', undefined],
])('%s among a, b and c', (id, neighbours) => {
  expect(neighboursOf(['a', 'b', 'c'], id)).toEqual(neighbours);
});
