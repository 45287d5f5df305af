import { expect, test } from 'vitest';
import { deletionImpactText } from './deletion-impact.js';

test.each([
  [{ images: 37, results: 37, selections: 0 }, '37 images and their results'],
  [{ images: 1, results: 1, selections: 0 }, '1 image and its result'],
  [{ images: 37, results: 0, selections: 0 }, '37 images'],
  [{ images: 37, results: 30, selections: 2 }, '37 images and the results of 30 images, and 2 rules'],
  [{ images: 0, results: 0, selections: 1 }, '0 images, and 1 rule'],
])('%o', (impact, text) => {
  expect(deletionImpactText(impact)).toBe(text);
});
