import { expect, test } from 'vitest';
import { fixVersionsText } from './fix-versions.js';

test.each([
  [[], undefined],
  [[{ fixVersion: null }], undefined],
  [[{ fixVersion: '1.2' }, { fixVersion: '1.2' }], '1.2'],
  [[{ fixVersion: '1.2' }, { fixVersion: '2.0' }, {}], '1.2 +1'],
])('%j', (packages, text) => {
  expect(fixVersionsText(packages)).toBe(text);
});
