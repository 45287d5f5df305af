import { expect, test } from 'vitest';
import type { StoredAdvisory } from '../database/advisory-database.js';
import { canonicalIdentifier, groupByIdentifier, identitiesOf } from './identity.js';

function identities(id: string, more: Partial<Pick<StoredAdvisory, 'aliases' | 'upstream' | 'related'>>): string[][] {
  const advisory: StoredAdvisory = { advisory: 1, id, source: 'x', kind: 'vulnerability', modified: '', published: undefined, withdrawn: undefined, summary: '', severities: [], aliases: [], upstream: [], related: [], ...more };
  return identitiesOf(advisory).map((identity) => [...identity.identifiers]);
}

test.each<[string, Parameters<typeof identities>, string[][]]>([
  ['aliases mean the same', ['GHSA-1', { aliases: ['CVE-2024-11111'] }], [['GHSA-1', 'CVE-2024-11111']]],
  ['what is only related is another vulnerability', ['GHSA-1', { related: ['CVE-2024-11111'] }], [['GHSA-1']]],
  ['nor does a Go or Rust record mean what it is related to', ['RUSTSEC-1', { related: ['CVE-2024-11111'] }], [['RUSTSEC-1']]],
  ['a notice is one for each CVE', ['ALAS2-1', { upstream: ['CVE-2024-11111', 'CVE-2024-22222'] }], [['CVE-2024-11111'], ['CVE-2024-22222']]],
  ['AlmaLinux names its CVEs as related', ['ALSA-1', { related: ['CVE-2024-11111'] }], [['CVE-2024-11111']]],
  ['so does Rocky Linux', ['RLSA-1', { related: ['CVE-2024-11111'] }], [['CVE-2024-11111']]],
  ['and SUSE', ['openSUSE-SU-2016:1623-1', { related: ['CVE-2016-1704'] }], [['CVE-2016-1704']]],
  ['and openEuler, Mageia', ['MGASA-2025-0124', { related: ['CVE-2024-56161'] }], [['CVE-2024-56161']]],
  ['a bug-fix notice without a CVE is none', ['RHBA-1', {}], []],
  ['nor is one of Oracle', ['ELBA-1', {}], []],
  ['with one it is that', ['RHBA-2024:6202', { related: ['CVE-2023-31315'] }], [['CVE-2023-31315']]],
  ['the name of a distribution before the CVE', ['UBUNTU-CVE-2020-36325', {}], [['CVE-2020-36325']]],
  ['a notice that refers to it so', ['USN-5614-1', { upstream: ['UBUNTU-CVE-2021-3782'] }], [['CVE-2021-3782']]],
  ['a record that is a CVE', ['CVE-2024-11111', {}], [['CVE-2024-11111']]],
  ['an issue before it has one', ['TEMP-0000000-0CA7E3', {}], [['TEMP-0000000-0CA7E3']]],
])('%s', (_, input, expected) => {
  expect(identities(...input)).toEqual(expected);
});

test('records are one group through what any of them shares', () => {
  const groups = groupByIdentifier([['GHSA-1', 'CVE-1'], ['PYSEC-1'], ['GO-1', 'GHSA-1'], ['PYSEC-1', 'CVE-1'], ['X']].map((identifiers) => ({ identifiers })));
  expect(groups).toEqual([[0, 1, 2, 3], [4]]);
});

test.each([
  [['GHSA-1', 'CVE-2024-11111'], [], 'CVE-2024-11111'],
  [['CVE-2024-22222', 'GHSA-1', 'CVE-2024-11111'], [], 'GHSA-1'],
  // As GHSA-q7rv-6hp3-vh96 and GHSA-wxmh-65f7-jcvw call each other aliases.
  [['CVE-2024-22222', 'GHSA-1', 'GHSA-2', 'CVE-2024-11111'], ['GHSA-2'], 'GHSA-2'],
  [['CVE-2024-22222', 'CVE-2024-11111'], [], 'CVE-2024-11111'],
  [['TEMP-1'], [], 'TEMP-1'],
])('%j, said by %j, is called %s', (identifiers, affecting, expected) => {
  expect(canonicalIdentifier(identifiers, affecting)).toBe(expected);
});
