import { expect, test } from 'vitest';
import { resultCounts } from './result-counts.js';

const counts = { critical: 1, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };

test.each([
  ['not scanned', null, { kind: 'none', text: 'No result' }],
  ['scanned, not matched', { partial: false, matching: null }, { kind: 'none', text: 'Not matched' }],
  ['no advisories', { partial: false, matching: { state: 'UNMATCHED' as const, counts, notices: [] } }, { kind: 'none', text: 'No advisories' }],
  ['matched', { partial: false, matching: { state: 'MATCHED' as const, counts, notices: [] } }, { kind: 'counts', counts, atLeast: false }],
  ['a part without advisories', { partial: false, matching: { state: 'PARTIAL' as const, counts, notices: [] } }, { kind: 'counts', counts, atLeast: true }],
  ['a part not read', { partial: true, matching: { state: 'MATCHED' as const, counts, notices: [] } }, { kind: 'counts', counts, atLeast: true }],
  ['a distribution that tells only of what it has fixed', { partial: false, matching: { state: 'MATCHED' as const, counts, notices: [{ code: 'fixes-only' }] } }, { kind: 'counts', counts, atLeast: true }],
])('%s', (_, content, said) => {
  expect(resultCounts(content)).toEqual(said);
});
