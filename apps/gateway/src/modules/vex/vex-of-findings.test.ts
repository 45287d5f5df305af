import { vexImageIdentity, writeVex, readVex } from '@esscm/vulnerabilities';
import { describe, expect, test } from 'vitest';
import { vexOfFindings, type KnownFinding } from './vex-of-findings.js';

const now = '2026-11-23T06:00:00.000Z';
const createdAt = new Date('2026-11-20T00:00:00Z');
const image = vexImageIdentity({ name: 'registry.example/shop', tag: '1', digest: `sha256:${'1'.repeat(64)}`, platform: { architecture: 'amd64' } });
const other = vexImageIdentity({ name: 'registry.example/shop', tag: '2', digest: `sha256:${'2'.repeat(64)}` });

function known(vulnerability: string, changes: Partial<KnownFinding> = {}): KnownFinding {
  return { finding: { vulnerability, packageUrl: 'pkg:npm/lodash@4.17.20', severity: 'high', fixVersion: '4.17.21' }, identifiers: [vulnerability, `GHSA-of-${vulnerability}`], image, decision: undefined, verdict: undefined, ...changes };
}

const decided = (state: NonNullable<KnownFinding['decision']>['state']): Partial<KnownFinding> => ({ decision: { state, reason: 'Because.', author: 'Ada', createdAt, ...(state === 'not_affected' && { justification: 'vulnerable_code_not_present' as const }) } });
const verdict: NonNullable<KnownFinding['verdict']> = { status: 'not_affected', justification: 'code_not_reachable', impact: 'Never called.', statedAt: 'yesterday', reason: 'x', overruled: [], documentId: 'vex_1', documentName: 'a.json', source: 'uploaded', author: 'Vendor' };

describe('what is said of a finding', () => {
  const timestamp = createdAt.toISOString();
  test.each<[string, Partial<KnownFinding>, object]>([
    ['nobody judged', {}, { status: 'under_investigation', notes: 'Fixed in 4.17.21.', timestamp: now }],
    ['decided to be not affected', decided('not_affected'), { status: 'not_affected', justification: 'vulnerable_code_not_present', impact: 'Because.', notes: 'Decided by Ada.', timestamp }],
    ['decided to be a false positive', decided('false_positive'), { status: 'not_affected', impact: 'A false positive: Because.', notes: 'Decided by Ada.', timestamp }],
    ['decided to be fixed', decided('fixed'), { status: 'fixed', notes: 'Decided by Ada. Because.', timestamp }],
    ['whose risk is accepted', decided('accepted_risk'), { status: 'affected', action: 'Accepted: Because.', notes: 'Decided by Ada.', timestamp }],
    ['decided to be affected', decided('affected'), { status: 'affected', action: 'Update to 4.17.21.', notes: 'Decided by Ada. Because.', timestamp }],
    ['that somebody looks at', decided('under_investigation'), { status: 'under_investigation', notes: 'Decided by Ada. Because.', timestamp }],
    ['a document speaks of, at a time that is none', { verdict }, { status: 'not_affected', justification: 'code_not_reachable', impact: 'Never called.', notes: 'As Vendor states in a.json.', timestamp: now }],
    ['a document and a person speak of', { ...decided('affected'), verdict }, { status: 'affected', action: 'Update to 4.17.21.', notes: 'Decided by Ada. Because.', timestamp }],
  ])('%s', (_what, changes, said) => {
    const [statement] = vexOfFindings([known('CVE-1', changes)], now);
    const { vulnerability, aliases, products, ...rest } = statement!;
    expect([vulnerability, aliases, products.length, rest]).toEqual(['CVE-1', ['GHSA-of-CVE-1'], 1, said]);
  });
});

test('images judged alike are one statement, others apart; the worst first, the more cautious of two copies', () => {
  const low = known('CVE-2', { finding: { ...known('CVE-2').finding, severity: 'low' } });
  const statements = vexOfFindings([low, known('CVE-1', { verdict }), known('CVE-1', { verdict, image: other }), known('CVE-3', { verdict }), known('CVE-3')], now);
  expect(statements.map(({ vulnerability, status, products }) => [vulnerability, status, products.map(({ product }) => product.digests[0]?.slice(7, 8))])).toEqual([
    ['CVE-1', 'not_affected', ['1', '2']],
    ['CVE-3', 'under_investigation', ['1']],
    ['CVE-2', 'under_investigation', ['1']],
  ]);
});

test.each(['openvex', 'csaf', 'cyclonedx'] as const)('one vulnerability judged apart in two images is read again as it was said: %s', (format) => {
  const statements = vexOfFindings([known('CVE-1', { verdict }), known('CVE-1', { image: other })], now);
  const text = writeVex({ author: { name: 'Organisation', namespace: 'https://esscm.example' }, timestamp: now, tool: { name: 'ESSCM', version: '0' }, title: 'Shop', statements }, format);
  const read = readVex(text, { location: 'x' });
  expect(read.problems).toEqual([]);
  const pairs = read.statements.flatMap(({ status, products }) => products.map(({ product }) => `${status} ${/sha256:(.)/.exec(`${product.digests[0] ?? ''} ${product.packageUrls[0] ?? ''}`)?.[1]}`));
  expect(pairs.toSorted()).toEqual(['not_affected 1', 'under_investigation 2']);
});
