import { expect, test } from 'vitest';
import { imagesTogether } from './images-together.js';

test.each([
  [18, { trackedImageCount: 4, sizeBytes: '3300000000' }, '18 images, 4 tracked, 3.3 GB'],
  [1, { trackedImageCount: 0, sizeBytes: null }, '1 image, 0 tracked'],
  [0, { trackedImageCount: 0, sizeBytes: '0' }, '0 images'],
  [18, undefined, '18 images'],
])('%d with %j: %s', (count, together, text) => {
  expect(imagesTogether(count, together)).toBe(text);
});
