import { expect, test } from 'vitest';
import { licenceChanges } from './licence-changes.js';

test('new licences come first, the same ones are left out', () => {
  const count = (licence: string | undefined, number: number) => ({ ...(licence !== undefined && { licence }), count: number, examples: [] });
  const from = [count('MIT', 5), count('GPL-2.0-only', 1), count('Apache-2.0', 3), count(undefined, 2)];
  const to = [count('MIT', 5), count('Apache-2.0', 4), count('AGPL-3.0-only', 1)];
  expect(licenceChanges(from, to)).toEqual([
    { licence: 'AGPL-3.0-only', fromCount: 0, toCount: 1 },
    { licence: 'GPL-2.0-only', fromCount: 1, toCount: 0 },
    { fromCount: 2, toCount: 0 },
    { licence: 'Apache-2.0', fromCount: 3, toCount: 4 },
  ]);
});
