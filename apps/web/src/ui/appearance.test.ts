import { expect, test } from 'vitest';
import { parseAppearance } from './appearance.js';

test.each([
  [{ mode: 'dark', density: 'compact' }, { mode: 'dark', density: 'compact' }],
  [{ mode: 'light' }, { mode: 'light', density: 'comfortable' }],
  [{ mode: 'sepia', density: 7 }, { mode: 'system', density: 'comfortable' }],
  [null, { mode: 'system', density: 'comfortable' }],
  ['dark', { mode: 'system', density: 'comfortable' }],
])('%j is read as %j', (stored, appearance) => {
  expect(parseAppearance(stored)).toEqual(appearance);
});
