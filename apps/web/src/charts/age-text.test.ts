import { expect, test } from 'vitest';
import { ageText } from './age-text.js';

test.each([
  [0, 7, 'Under 7 days'],
  [7, 30, '7 to 30 days'],
  [90, 365, '90 days to a year'],
  [365, null, 'Over a year'],
  [400, undefined, 'Over 400 days'],
])('%s to %s', (fromDays, toDays, text) => {
  expect(ageText({ fromDays, ...(toDays !== undefined && { toDays }) })).toBe(text);
});
