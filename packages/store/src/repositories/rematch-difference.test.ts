import { describe, expect, test } from 'vitest';
import { severities, type FindingInput } from '../finding-records.js';
import { countColumns, rematchDifference, type StoredFinding } from './rematch-difference.js';

const detail: FindingInput['detail'] = { summary: '', identifiers: [], ratings: [], alsoFixedIn: [], evidence: [], notes: [] };
const finding = (changes: Partial<FindingInput> = {}): FindingInput => ({
  componentId: 'c',
  vulnerability: 'CVE-1',
  packageKey: 'pkg:npm/x',
  severity: 'high',
  ransomware: false,
  fixState: 'unfixed',
  class: 'vulnerability',
  hidden: false,
  confidence: 'high',
  fingerprint: 'one',
  detail,
  ...changes,
});
const stored = (changes: Partial<StoredFinding> = {}): StoredFinding => ({
  vulnerability: 'CVE-1',
  packageKey: 'pkg:npm/x',
  severity: severities.indexOf('high'),
  hidden: false,
  exploited: false,
  fixVersion: null,
  fixState: 'unfixed',
  fingerprint: 'one',
  ...changes,
});
const fixed = { fixState: 'fixed', fixVersion: '2.0' } as const;

/** What of the difference is told, in short: the kinds of events, and the counts that change. */
function difference(before: readonly StoredFinding[], findings: readonly FindingInput[], suppressedBy = 0) {
  const { removed, changed, added, happenings, counts } = rematchDifference(before, { findings, suppressedBy });
  return {
    rows: { removed, changed: changed.map(({ vulnerability }) => vulnerability), added: added.map(({ vulnerability }) => vulnerability) },
    events: happenings.map(({ kind, vulnerability }) => `${kind} ${vulnerability}`),
    counts: Object.fromEntries(countColumns.flatMap((column, place) => (counts[place] === 0 ? [] : [[column, counts[place]]]))),
  };
}

const nothing = { removed: [], changed: [], added: [] };

describe('one finding', () => {
  test.each<[string, StoredFinding | undefined, FindingInput | undefined, object, readonly string[], object]>([
    ['that is the same', stored(), finding(), nothing, [], {}],
    ['that is new', undefined, finding({ ...fixed, exploitedSince: '2026-01-01' }), { ...nothing, added: ['CVE-1'] }, ['new CVE-1'], { high: 1, exploited_count: 1, fixable_count: 1 }],
    ['that is gone', stored({ ...fixed, exploited: true }), undefined, { ...nothing, removed: ['CVE-1'] }, ['resolved CVE-1'], { high: -1, exploited_count: -1, fixable_count: -1 }],
    ['of another severity', stored(), finding({ severity: 'low', fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, ['changed CVE-1'], { high: -1, low: 1 }],
    ['that has a fix', stored(), finding({ ...fixed, fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, ['changed CVE-1'], { fixable_count: 1 }],
    ['whose fix was taken back', stored(fixed), finding({ fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, ['changed CVE-1'], { fixable_count: -1 }],
    ['with another summary is written and not told', stored(), finding({ fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, [], {}],
    ['that is hidden now is as good as gone', stored({ ...fixed, exploited: true }), finding({ ...fixed, hidden: true, exploitedSince: '2026-01-01', fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, ['resolved CVE-1'], { high: -1, hidden_count: 1, exploited_count: -1, fixable_count: -1 }],
    ['that is hidden no longer is as good as new', stored({ hidden: true }), finding({ fingerprint: 'two' }), { ...nothing, changed: ['CVE-1'] }, ['new CVE-1'], { high: 1, hidden_count: -1 }],
    ['that comes hidden is not told', undefined, finding({ hidden: true }), { ...nothing, added: ['CVE-1'] }, [], { hidden_count: 1 }],
    ['that goes hidden is not told', stored({ hidden: true }), undefined, { ...nothing, removed: ['CVE-1'] }, [], { hidden_count: -1 }],
  ])('%s', (_, before, after, rows, events, counts) => {
    expect(difference(before === undefined ? [] : [before], after === undefined ? [] : [after])).toEqual({ rows, events, counts });
  });
});

test('several add up, and what is left to the distribution is counted with them', () => {
  const before = [stored(), stored({ vulnerability: 'CVE-2', fingerprint: 'x' }), stored({ vulnerability: 'CVE-3', severity: severities.indexOf('low') })];
  const after = [finding({ vulnerability: 'CVE-3', severity: 'low' }), finding({ vulnerability: 'CVE-2', severity: 'critical', fingerprint: 'y' }), finding({ vulnerability: 'CVE-4', severity: 'critical' })];
  expect(difference(before, after, -2)).toEqual({
    rows: { removed: ['CVE-1'], changed: ['CVE-2'], added: ['CVE-4'] },
    events: ['resolved CVE-1', 'changed CVE-2', 'new CVE-4'],
    counts: { critical: 2, high: -2, suppressed_count: -2 },
  });
});

test('text that the database cannot keep is compared as it is kept', () => {
  expect(difference([stored({ vulnerability: 'CVE-\uFFFD' })], [finding({ vulnerability: 'CVE-\0' })])).toEqual({ rows: nothing, events: [], counts: {} });
});
