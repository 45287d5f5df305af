import { expect, test } from 'vitest';
import { withoutPull } from './last-pull.js';

test.each([
  ['a registry that records pulls', true, '2026-11-23T06:00:00Z', 'never'],
  ['a registry that records them but was only let list names', true, null, '–'],
  ['a registry that knows tags and digests', false, null, '–'],
  ['a registry that tells pushes alone', false, '2026-11-23T06:00:00Z', '–'],
])('an image without a pull in %s', (_, imageMetadata, pushedAt, text) => {
  expect(withoutPull({ pushedAt }, imageMetadata)).toBe(text);
});
