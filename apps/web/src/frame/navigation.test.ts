import { expect, test } from 'vitest';
import { activeEntry } from './navigation.js';

test.each([
  ['/', '/'],
  ['/images', '/images'],
  ['/images/i1/components', '/images'],
  ['/connect/ecr/new', '/connect'],
  ['/connections/c1', '/connections'],
  ['/settings/tokens', '/settings/profile'],
  ['/compare', '/images'],
  ['/components', '/components'],
  ['/vulnerabilities/CVE-2021-1', '/findings'],
  ['/nowhere', ''],
])('%s belongs to %s', (pathname, entry) => {
  expect(activeEntry(pathname)).toBe(entry);
});
