import { expect, test } from 'vitest';
import { csvAddress, filterInput, readFilter } from './finding-filter.js';

const now = new Date('2026-11-23T14:33:00Z');

test.each([
  ['', {}],
  ['severity=critical,high', { severities: ['CRITICAL', 'HIGH'] }],
  ['severity=dreadful', {}],
  ['state=open', { states: ['UNTRIAGED', 'UNDER_INVESTIGATION', 'AFFECTED'] }],
  ['state=affected,open,accepted_risk', { states: ['AFFECTED', 'UNTRIAGED', 'UNDER_INVESTIGATION', 'ACCEPTED_RISK'] }],
  ['state=gone', {}],
  ['exploited=yes&fix=available', { exploited: true, fixAvailable: true }],
  ['exploited=no&fix=none', { exploited: false, fixAvailable: false }],
  ['exploited=perhaps&fix=yes', {}],
  ['epss=10', { minimumEpss: 0.1 }],
  ['epss=much', {}],
  ['since=7', { firstSeenSince: '2026-11-16T00:00:00.000Z' }],
  ['package=pkg:npm/a&type=npm&q=lod&hidden=shown', { packageKey: 'pkg:npm/a', ecosystem: 'npm', search: 'lod', includeHidden: true }],
  ['vulnerability=CVE-1&project=p&connection=c&image=i', { vulnerabilityId: 'CVE-1', projectId: 'p', connectionId: 'c', imageId: 'i' }],
  ['group=component&page=2', {}],
])('%s', (query, input) => {
  expect(filterInput(readFilter(new URLSearchParams(query)), now)).toEqual(input);
});

test.each([
  ['', '/api/findings.csv'],
  ['severity=critical,high&fix=available', '/api/findings.csv?fixAvailable=true&severities=critical%2Chigh'],
  ['state=not_affected,fixed', '/api/findings.csv?states=not_affected%2Cfixed'],
  ['since=7', '/api/findings.csv?firstSeenSince=2026-11-16T00%3A00%3A00.000Z'],
])('the table for %s', (query, address) => {
  expect(csvAddress(readFilter(new URLSearchParams(query)), undefined, now)).toBe(address);
});

test('the table comes in the order of the list', () => {
  expect(csvAddress({ fix: 'none' }, { sort: 'FIRST_SEEN', reversed: true })).toBe('/api/findings.csv?fixAvailable=false&sort=firstSeen&reversed=true');
});
