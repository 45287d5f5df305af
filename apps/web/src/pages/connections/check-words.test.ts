import { expect, test } from 'vitest';
import { checkResultText, intervalText } from './check-words.js';

const nothing = { added: 0, moved: 0, gone: 0, back: 0, released: 0, calls: 3, repositoriesLeft: 0 };

test.each([
  [nothing, 'nothing changed, 3 requests'],
  [{ ...nothing, added: 3, moved: 1, calls: 1 }, '3 added, 1 moved, 1 request'],
  [{ ...nothing, gone: 2, back: 1, released: 4, repositoriesLeft: 1200 }, '2 gone, 1 back, 4 no longer matched, 3 requests, 1,200 repositories left for the next check'],
])('%o', (check, text) => {
  expect(checkResultText(check)).toBe(text);
});

test.each([
  [60, 'Every hour'],
  [1440, 'Every day'],
  [45, 'Every 45 minutes'],
])('%d minutes', (minutes, text) => {
  expect(intervalText(minutes)).toBe(text);
});
