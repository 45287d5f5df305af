import { expect, test } from 'vitest';
import type { DecisionFactsFragment } from '../gql/graphql.js';
import { findingHistory } from './finding-history.js';

const decision: DecisionFactsFragment = {
  id: 'd1',
  vulnerabilityId: 'CVE-1',
  packageKey: 'pkg:npm/a',
  scope: 'IMAGE',
  imageName: 'shop',
  state: 'ACCEPTED_RISK',
  reason: 'Internal only.',
  author: 'Ada',
  createdAt: '2026-11-02T00:00:00Z',
  reopenWhenFixed: false,
  projectId: null,
  justification: null,
  expiresAt: null,
  endedAt: null,
  end: null,
  batchId: null,
};

test('a decision that expired has a beginning and an end; what a scan found comes first of all', () => {
  expect(findingHistory('2026-11-01T00:00:00Z', [], [{ ...decision, endedAt: '2026-11-03T00:00:00Z', end: 'EXPIRED' }])).toEqual([
    { id: 'd1 end', at: '2026-11-03T00:00:00Z', what: 'Expired', why: 'Before: Risk accepted' },
    { id: 'd1', at: '2026-11-02T00:00:00Z', what: 'Risk accepted', why: 'Internal only.', who: 'Ada' },
    { id: 'first-seen', at: '2026-11-01T00:00:00Z', what: 'First seen', why: 'Found when the image was matched' },
  ]);
});

test('a decision that was replaced ends in the next', () => {
  const history = findingHistory('2026-11-01T00:00:00Z', [], [{ ...decision, id: 'd2', state: 'NOT_AFFECTED', createdAt: '2026-11-03T00:00:00Z' }, { ...decision, endedAt: '2026-11-03T00:00:00Z', end: 'SUPERSEDED' }]);
  expect(history.map(({ what }) => what)).toEqual(['Not affected', 'Risk accepted', 'First seen']);
});

test('events say what changed and why; a new finding needs no other beginning', () => {
  const history = findingHistory(
    '2026-11-01T00:00:00Z',
    [
      { id: 'e3', at: '2026-11-06T00:00:00Z', kind: 'RESOLVED', cause: 'ADVISORIES', changes: [{ name: 'reason', before: null, after: 'GHSA-1 was withdrawn on 2026-11-06' }] },
      { id: 'e2', at: '2026-11-05T00:00:00Z', kind: 'CHANGED', cause: 'ADVISORIES', changes: [{ name: 'fixVersion', before: null, after: '1.2.3' }] },
      { id: 'e1', at: '2026-11-01T00:00:00Z', kind: 'NEW', cause: 'SCAN', changes: [] },
    ],
    [],
  );
  expect(history).toEqual([
    { id: 'e3', at: '2026-11-06T00:00:00Z', what: 'Resolved', why: 'The advisories changed: GHSA-1 was withdrawn on 2026-11-06' },
    { id: 'e2', at: '2026-11-05T00:00:00Z', what: 'Changed, fixed version from none to 1.2.3', why: 'The advisories changed' },
    { id: 'e1', at: '2026-11-01T00:00:00Z', what: 'New', why: 'The image holds something else' },
  ]);
});
