import { expect, test } from 'vitest';
import { readShortcut } from './shortcuts.js';

test.each([
  ['/', false, { kind: 'search' }],
  ['?', false, { kind: 'help' }],
  ['g', false, { kind: 'prefix' }],
  ['i', false, undefined],
  ['i', true, { kind: 'go', href: '/images' }],
  ['c', true, { kind: 'go', href: '/components' }],
  ['o', true, { kind: 'go', href: '/' }],
  ['x', true, undefined],
  ['/', true, undefined],
])('%s after g: %s', (key, prefixed, meaning) => {
  expect(readShortcut(key, prefixed)).toEqual(meaning);
});
