import { expect, test } from 'vitest';
import type { MatchDistribution } from '../matchers/match-input.js';
import { publicFeeds } from './feed-addresses.js';
import { feedOf } from './feeds.js';
import { sourcesNeeded } from './sources-needed.js';

const everywhere = ['end-of-life', 'epss', 'kev'];

function needed(distribution: Omit<MatchDistribution, 'idLike'> | undefined, ...ecosystems: string[]): string[] {
  const components = ecosystems.map((ecosystem) => ({ id: ecosystem, ecosystem, name: 'x', version: '1', packageUrl: `pkg:${ecosystem}/x@1`, locations: [] }));
  return sourcesNeeded({ components, ...(distribution === undefined ? {} : { distribution: { ...distribution, idLike: [] } }) });
}

test.each<[string, Omit<MatchDistribution, 'idLike'> | undefined, string[], string[]]>([
  ['nothing for nothing', { id: 'debian', versionId: '12' }, [], []],
  ['languages alone', undefined, ['npm', 'pypi', 'npm'], ['osv:PyPI', 'osv:npm']],
  ['a distribution without packages of it', { id: 'debian', versionId: '12' }, ['golang'], ['osv:Go']],
  ['Debian', { id: 'debian', versionId: '12' }, ['deb', 'npm'], ['debian-tracker', 'osv:Debian', 'osv:npm']],
  ['Ubuntu', { id: 'ubuntu', versionId: '22.04' }, ['deb'], ['osv:Ubuntu']],
  ['Alpine', { id: 'alpine', versionId: '3.19.1' }, ['apk'], ['alpine-secdb:v3.19', 'osv:Alpine']],
  ['Amazon Linux', { id: 'amzn', versionId: '2023' }, ['rpm'], ['amazon-explorer', 'amazon-linux:2023', 'debian-tracker']],
  ['the first Amazon Linux', { id: 'amzn', versionId: '2018.03' }, ['rpm'], ['amazon-explorer', 'amazon-linux:1', 'debian-tracker']],
  ['Red Hat', { id: 'rhel', versionId: '9.4' }, ['rpm'], ['red-hat-vex']],
  ['a rebuild of Red Hat', { id: 'rocky', versionId: '9.4' }, ['rpm'], ['osv:Rocky Linux', 'red-hat-vex']],
  ['Oracle', { id: 'ol', versionId: '9.4' }, ['rpm'], ['oracle-linux']],
  ['CBL-Mariner', { id: 'mariner', versionId: '2.0' }, ['rpm'], ['azure-linux-oval:2.0']],
  ['Azure Linux', { id: 'azurelinux', versionId: '3.0' }, ['rpm'], ['osv:Azure Linux']],
  ['Photon OS', { id: 'photon', versionId: '5.0' }, ['rpm'], ['photon:5.0']],
  ['Wolfi', { id: 'wolfi', versionId: '20230201' }, ['apk'], ['osv:Chainguard', 'osv:Wolfi']],
  ['SUSE', { id: 'sles', versionId: '15.5' }, ['rpm'], ['osv:SUSE']],
  ['a distribution nobody covers', { id: 'nixos', versionId: '24.05' }, ['rpm', 'npm'], ['osv:npm']],
])('%s', (_, distribution, ecosystems, expected) => {
  const names = needed(distribution, ...ecosystems);
  expect(names).toEqual(expected.length === 0 ? [] : [...expected, ...everywhere].toSorted());
  for (const name of names) expect(feedOf(name, publicFeeds, 0).source).toBe(name);
});
