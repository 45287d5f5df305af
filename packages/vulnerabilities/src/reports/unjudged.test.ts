import { expect, test } from 'vitest';
import type { MatchNotice } from '../matchers/finding.js';
import { unjudgedOf } from './unjudged.js';

const notice = (code: MatchNotice['code'], ...componentIds: string[]): MatchNotice => ({ code, message: code, componentIds });

test.each<[MatchNotice['code'], boolean]>([
  ['no-distribution', true],
  ['distribution-not-covered', true],
  ['no-advisories-for-ecosystem', true],
  ['packages-from-elsewhere', true],
  ['version-not-comparable', true],
  ['distribution-unsupported', true],
  // Judged, with less to hold them against, or about something else than advisories.
  ['fixes-only', false],
  ['runtime-unsupported', false],
])('%s means that something was not judged: %s', (code, expected) => {
  expect(unjudgedOf({ notices: [notice(code, 'a')] }) !== undefined).toBe(expected);
});

test('a component that two notices are about is counted once', () => {
  const notices = [notice('no-advisories-for-ecosystem', 'a', 'b'), notice('distribution-unsupported', 'b', 'c'), notice('fixes-only', 'd')];
  expect(unjudgedOf({ notices })).toEqual({ notices: notices.slice(0, 2), componentCount: 3 });
});

test('an image of which everything was judged has none', () => {
  expect(unjudgedOf({ notices: [] })).toBeUndefined();
});
