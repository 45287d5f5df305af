import { expect, test } from 'vitest';
import { distributionEcosystems, isEcosystem } from './distribution-ecosystems.js';
import type { MatchDistribution } from './match-input.js';

test.each<[string, Omit<MatchDistribution, 'idLike'>, string]>([
  ['Debian', { id: 'debian', versionId: '12' }, 'Debian:12 by source'],
  ['Debian testing, by its codename', { id: 'debian', codename: 'forky' }, 'Debian:14 by source'],
  ['Debian unstable', { id: 'debian', codename: 'sid' }, 'Debian:sid by source, Debian:14 by source'],
  ['Raspbian', { id: 'raspbian', versionId: '11' }, 'Debian:11 by source'],
  ['Ubuntu, long-term support', { id: 'ubuntu', versionId: '22.04' }, 'Ubuntu:22.04:LTS by source, Ubuntu:Pro:22.04:LTS by source (subscription)'],
  ['Ubuntu, interim', { id: 'ubuntu', versionId: '24.10' }, 'Ubuntu:24.10 by source, Ubuntu:Pro:24.10 by source (subscription)'],
  ['Alpine', { id: 'alpine', versionId: '3.19.1' }, 'Alpine:v3.19 by source'],
  ['Alpine edge', { id: 'alpine', versionId: '3.24.0_alpha20251224' }, 'Alpine:edge by source'],
  ['postmarketOS stands on Alpine', { id: 'postmarketos', versionId: '24.12' }, 'Alpine:v3.21 by source'],
  ['Wolfi', { id: 'wolfi', versionId: '20230201' }, 'Wolfi by source-and-binary, Chainguard by source-and-binary'],
  ['AlmaLinux', { id: 'almalinux', versionId: '9.4' }, 'AlmaLinux:9 by binary, Red Hat:enterprise_linux:9 by source-and-binary (disclosure)'],
  ['Rocky Linux', { id: 'rocky', versionId: '8.10' }, 'Rocky Linux:8 by source, Red Hat:enterprise_linux:8 by source-and-binary (disclosure)'],
  ['Oracle Linux', { id: 'ol', versionId: '9.4' }, 'Oracle Linux:9 by binary'],
  ['Amazon Linux 2023', { id: 'amzn', versionId: '2023.6.20241031' }, 'Amazon Linux:2023 by binary, Amazon Linux:explorer:2023 by source (unannounced)'],
  ['Amazon Linux 2', { id: 'amzn', versionId: '2' }, 'Amazon Linux:2 by binary, Amazon Linux:explorer:2 by source (unannounced)'],
  ['the first Amazon Linux', { id: 'amzn', versionId: '2018.03' }, 'Amazon Linux:1 by binary, Amazon Linux:explorer:1 by source (unannounced)'],
  ['openSUSE Leap', { id: 'opensuse-leap', versionId: '15.6' }, 'openSUSE:Leap 15.6 by binary'],
  ['SUSE, all its modules', { id: 'sles', versionId: '15.5' }, 'SUSE:Linux Enterprise*15 SP5 by binary'],
  ['CBL-Mariner', { id: 'mariner', versionId: '2.0.20240731' }, 'Azure Linux:2 by source'],
  ['Photon OS', { id: 'photon', versionId: '5.0' }, 'Photon OS:5.0 by source-and-binary'],
  ['openEuler with its service pack', { id: 'openEuler', versionId: '22.03', prettyName: 'openEuler 22.03 (LTS-SP3)' }, 'openEuler:22.03-LTS-SP3 by source'],
  ['openEuler without', { id: 'openEuler', versionId: '22.03' }, 'openEuler:22.03* by source'],
])('%s', (_, distribution, expected) => {
  const { ecosystems } = distributionEcosystems({ ...distribution, idLike: [] }) ?? { ecosystems: [] };
  expect(ecosystems.map(({ ecosystem, by, role }) => `${ecosystem} by ${by}${role === 'own' ? '' : ` (${role})`}`).join(', ')).toBe(expected);
});

test('Red Hat: what it says of the release, fixes of its repositories, and extended support', () => {
  const ecosystems = distributionEcosystems({ id: 'rhel', idLike: [], versionId: '9.4' })?.ecosystems.map(({ ecosystem, role }) => `${ecosystem} ${role}`);
  expect(ecosystems).toEqual(expect.arrayContaining(['Red Hat:enterprise_linux:9 own', 'Red Hat:enterprise_linux:9::baseos own', 'Red Hat:enterprise_linux:9::appstream own', 'Red Hat:rhel_els:9 subscription']));
});

test.each([
  ['SUSE:Linux Enterprise*15 SP5', 'SUSE:Linux Enterprise Module for Basesystem 15 SP5', true],
  ['SUSE:Linux Enterprise*15 SP5', 'SUSE:Linux Enterprise Server 15 SP6', false],
  ['Debian:1', 'Debian:12', false],
  ['a*a', 'a', false],
])('%s stands for %s: %s', (pattern, name, expected) => {
  expect(isEcosystem(pattern, name)).toBe(expected);
});
