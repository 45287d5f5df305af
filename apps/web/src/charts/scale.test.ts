import { expect, test } from 'vitest';
import { axisValues } from './scale.js';

test.each([
  [0, [1, 0]],
  [1, [1, 0]],
  [2, [2, 1, 0]],
  [4, [4, 3, 2, 1, 0]],
  [5, [6, 4, 2, 0]],
  [11, [15, 10, 5, 0]],
  [20, [20, 15, 10, 5, 0]],
  [401, [600, 400, 200, 0]],
  [11_234, [15_000, 10_000, 5000, 0]],
])('up to %s', (largest, values) => {
  expect(axisValues(largest)).toEqual(values);
});
