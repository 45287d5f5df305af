import { describe, expect, test } from 'vitest';
import type { Finding, MatchResult } from '../matchers/finding.js';
import { applyExceptions } from './apply-exceptions.js';
import { readExceptions } from './read-exceptions.js';

const component = { id: '1', ecosystem: 'npm', name: 'lodash', version: '4.17.20', packageUrl: 'pkg:npm/lodash@4.17.20', locations: [{ path: '/app/node_modules/lodash/package.json' }] };
const finding: Finding = {
  id: 'CVE-2021-23337', identifiers: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'], componentId: '1', component: { name: 'lodash', version: '4.17.20', ecosystem: 'npm', packageUrl: component.packageUrl, paths: [] }, summary: '',
  severity: { level: 'high', source: 'test' }, ratings: [], fix: { state: 'fixed', version: '4.17.21', alsoFixedIn: [] }, class: 'vulnerability', hidden: false, confidence: 'high', evidence: [], notes: [], enrichment: undefined, published: undefined, ownedBy: undefined,
};
const result: MatchResult = { findings: [finding], suppressed: [], notices: [], counts: { critical: 0, high: 1, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 } };
const subject = { image: { name: 'ghcr.io/acme/shop', tag: '1.4', digests: [] }, components: [component] };

function apply(fields: Readonly<Record<string, unknown>>, of: MatchResult = result): { reasons: string[]; applied: number; expired: number; reopened: number } {
  const exceptions = readExceptions(JSON.stringify({ exceptions: [{ vulnerability: 'CVE-2021-23337', reason: 'accepted', ...fields }] }), 'exceptions.json');
  const { result: left, outcomes } = applyExceptions(of, exceptions, subject, '2026-08-01T12:00:00Z');
  const [{ applied, expired, reopened } = { applied: 0, expired: 0, reopened: 0 }] = outcomes;
  return { reasons: left.suppressed.map((entry) => `${entry.by}: ${entry.reason}`), applied, expired, reopened };
}

describe('an exception', () => {
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['for the vulnerability alone', {}, true],
    ['by another of its identifiers', { vulnerability: 'ghsa-35jh-r3h4-6jhm' }, true],
    ['for another vulnerability', { vulnerability: 'CVE-2021-23338' }, false],
    ['for the package', { package: 'pkg:npm/lodash' }, true],
    ['for this version of it', { package: 'pkg:npm/lodash@4.17.20' }, true],
    ['for another version of it', { package: 'pkg:npm/lodash@4.17.19' }, false],
    ['for the path', { path: '/app/**' }, true],
    ['for another path', { path: '/srv/**' }, false],
    ['for the image', { image: 'ghcr.io/acme/shop' }, true],
    ['for its tags', { image: 'ghcr.io/acme/*:1.*' }, true],
    ['for another image', { image: 'ghcr.io/other/*' }, false],
    ['with every scope right', { package: 'pkg:npm/lodash', path: '/app/**', image: 'ghcr.io/acme/*' }, true],
    ['with one scope wrong', { package: 'pkg:npm/lodash', path: '/srv/**', image: 'ghcr.io/acme/*' }, false],
    ['that ends today', { expires: '2026-08-01' }, true],
    ['that ends later by the hour', { expires: '2026-08-01T12:00:01Z' }, true],
  ])('%s', (_what, fields, holds) => {
    const { applied, reasons } = apply(fields);
    expect([applied, reasons.length]).toEqual(holds ? [1, 1] : [0, 0]);
  });

  test('says who accepted it and until when', () => {
    expect(apply({ author: 'jane@example.org', expires: '2026-12-31' }).reasons).toEqual(['exception: accepted (jane@example.org, until 2026-12-31)']);
  });

  test('that has run out is counted', () => {
    expect(apply({ expires: '2026-07-31' })).toEqual({ reasons: [], applied: 0, expired: 1, reopened: 0 });
  });

  test('until there is a fix ends when one appears', () => {
    const unfixed = { ...result, findings: [{ ...finding, fix: { state: 'unfixed' as const, version: undefined, alsoFixedIn: [] } }] };
    expect([apply({ 'until-fixed': true }), apply({ 'until-fixed': true }, unfixed).applied]).toEqual([{ reasons: [], applied: 0, expired: 0, reopened: 1 }, 1]);
  });
});

test('the first of several that holds is named, and what it takes out is no longer counted', () => {
  const exceptions = readExceptions('exceptions:\n  - {vulnerability: CVE-2021-23337, reason: old, expires: 2020-01-01}\n  - {vulnerability: CVE-2021-23337, reason: new}\n', 'x');
  const { result: left, outcomes } = applyExceptions(result, exceptions, subject, '2026-08-01T00:00:00Z');
  expect([left.findings, left.counts.high, left.suppressed[0]?.reason, outcomes.map(({ applied, expired }) => [applied, expired])]).toEqual([[], 0, 'new', [[0, 1], [1, 0]]]);
});

test.each([
  ['no YAML', ':\n\t- [', /^x is neither YAML nor JSON: /],
  ['another shape', '[]', 'x is wrong at its start: Invalid input: expected object, received array.'],
  ['an exception without a reason', 'exceptions: [{vulnerability: CVE-2021-1}]', 'x is wrong at exceptions.0.reason: Invalid input: expected string, received undefined.'],
  ['a misspelt scope', 'exceptions: [{vulnerability: CVE-2021-1, reason: a, pakage: pkg:npm/a}]', 'x is wrong at exceptions.0: Unrecognized key: "pakage".'],
  ['a package that is no package URL', 'exceptions: [{vulnerability: CVE-2021-1, reason: a, package: lodash}]', 'x is wrong at exceptions.0.package: it is no package URL.'],
  ['a day that is none', 'exceptions: [{vulnerability: CVE-2021-1, reason: a, expires: soon}]', 'x is wrong at exceptions.0.expires: it is neither a day (2026-12-31) nor a time.'],
  ['a file that unfolds', 'a: &a [1,1]\nexceptions: [*a,*a]', /^x is neither YAML nor JSON: /],
])('%s is refused by name', (_what, text, message) => {
  expect(() => readExceptions(text, 'x')).toThrow(message);
});
