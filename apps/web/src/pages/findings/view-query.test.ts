import { expect, test } from 'vitest';
import { viewQuery } from './view-query.js';

test.each([
  ['severity=critical&group=component&page=3&after=x&finding=f', 'severity=critical&group=component'],
  ['group=none&sort=-epss&columns=state', 'group=none&columns=state&sort=-epss'],
  ['', ''],
  ['q=&fix=available', 'fix=available'],
])('%s is kept as %s', (query, kept) => {
  expect(viewQuery(new URLSearchParams(query))).toBe(kept);
});
