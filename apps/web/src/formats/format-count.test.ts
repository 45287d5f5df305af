import { describe, expect, test } from 'vitest';
import { formatCount, formatQuantity } from './format-count.js';

test.each([[0, '0'], [37, '37'], [1461, '1,461'], [1_000_000, '1,000,000']])('%i reads %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

describe('formatQuantity', () => {
  test.each([
    [1, 'image', undefined, '1 image'],
    [0, 'image', undefined, '0 images'],
    [1461, 'component', undefined, '1,461 components'],
    [63, 'repository', 'repositories', '63 repositories'],
  ])('%i %s', (count, noun, plural, text) => {
    expect(formatQuantity(count, noun, plural)).toBe(text);
  });
});
