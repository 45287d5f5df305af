import { describe, expect, test } from 'vitest';
import { databaseOf } from '../testing/temporary-database.js';
import type { RecordForTest } from '../testing/temporary-database.js';
import { matchComponents } from './match-components.js';
import type { MatchComponent, MatchDistribution } from './match-input.js';
import type { MatchResult } from './finding.js';

function component(packageUrl: string, more: Partial<MatchComponent> = {}): MatchComponent {
  const [, ecosystem = '', path = '', version = ''] = /^pkg:([a-z]+)\/(.+)@([^?]+)/.exec(packageUrl) ?? [];
  const name = ecosystem === 'npm' ? decodeURIComponent(path) : (path.split('/').at(-1) ?? '');
  return { id: packageUrl, ecosystem, name, version: decodeURIComponent(version), packageUrl, locations: [{ path: '/somewhere' }], ...more };
}

function range(ecosystem: string, name: string, ...events: Record<string, string>[]): Record<string, unknown> {
  return { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }] };
}

async function match(records: readonly RecordForTest[], components: readonly MatchComponent[], distribution?: MatchDistribution): Promise<MatchResult> {
  await using made = await databaseOf({ test: records });
  return matchComponents({ components, ...(distribution === undefined ? {} : { distribution }) }, made.database);
}

const bookworm: MatchDistribution = { id: 'debian', idLike: [], versionId: '12', codename: 'bookworm' };
const found = (result: MatchResult): string[] => result.findings.map((finding) => `${finding.id} ${finding.component.name} ${finding.fix.version ?? '-'}`);

describe('a language package', () => {
  const lodash = { id: 'GHSA-35jh-r3h4-6jhm', aliases: ['CVE-2021-23337'], summary: 'Command injection in lodash', modified: '2022-01-01T00:00:00Z', severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }], affected: [range('npm', 'lodash', { introduced: '0' }, { fixed: '4.17.21' })] };

  test('is found with everything that explains it', async () => {
    const result = await match([lodash], [component('pkg:npm/lodash@4.17.20')]);
    const rating = { level: 'high', source: 'GHSA-35jh-r3h4-6jhm CVSS 3.1', score: 7.2, vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' };
    expect(result).toEqual({
      findings: [
        {
          id: 'CVE-2021-23337',
          identifiers: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
          componentId: 'pkg:npm/lodash@4.17.20',
          component: { name: 'lodash', version: '4.17.20', ecosystem: 'npm', packageUrl: 'pkg:npm/lodash@4.17.20', paths: ['/somewhere'] },
          summary: 'Command injection in lodash',
          severity: rating,
          ratings: [rating],
          fix: { state: 'fixed', version: '4.17.21', alsoFixedIn: [] },
          class: 'vulnerability',
          hidden: false,
          confidence: 'high',
          evidence: [
            { recordId: 'GHSA-35jh-r3h4-6jhm', source: 'test', recordKind: 'vulnerability', ecosystem: 'npm', packageName: 'lodash', lookedUpBy: 'package', comparedVersion: '4.17.20', reason: '4.17.20 is below 4.17.21 (fixed); compared as semver' },
          ],
          notes: [],
          enrichment: undefined,
          published: undefined,
          ownedBy: undefined,
        },
      ],
      suppressed: [],
      notices: [],
      counts: { critical: 0, high: 1, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 },
    });
  });

  test.each([
    ['a prerelease of the fix is still affected', 'pkg:npm/lodash@4.17.21-beta.1', 1],
    ['the fixed version is not', 'pkg:npm/lodash@4.17.21', 0],
    ['nor is a scoped package of the same name', 'pkg:npm/%40types/lodash@4.17.20', 0],
    ['names are case-sensitive', 'pkg:npm/Lodash@4.17.20', 0],
  ])('%s', async (_, packageUrl, count) => {
    expect((await match([lodash], [component(packageUrl)])).findings).toHaveLength(count);
  });

  test('of Python is found whatever way its name is written, and its local version is left out', async () => {
    const record = { id: 'PYSEC-1', affected: [range('PyPI', 'Torch_Audio', { introduced: '1.0' }, { last_affected: '2.0.1' })] };
    expect(found(await match([record], [component('pkg:pypi/torch.audio@2.0.1%2Bcu118')]))).toEqual(['PYSEC-1 torch.audio -']);
  });

  test('of Maven is looked up by group and artefact', async () => {
    const record = { id: 'GHSA-jfh8-c2jp-5v3q', aliases: ['CVE-2021-44228'], affected: [range('Maven', 'org.apache.logging.log4j:log4j-core', { introduced: '2.13.0' }, { fixed: '2.15.0' })] };
    expect(found(await match([record], [component('pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1')]))).toEqual(['CVE-2021-44228 log4j-core 2.15.0']);
  });

  test('is one finding for all records that share an identifier, and a record that disagrees is named', async () => {
    const records = [
      { id: 'GHSA-aaaa-aaaa-aaaa', aliases: ['CVE-2024-1111'], affected: [range('PyPI', 'x', { introduced: '0' }, { fixed: '3' })] },
      { id: 'PYSEC-2024-1', aliases: ['CVE-2024-1111'], affected: [range('PyPI', 'x', { introduced: '0' }, { fixed: '2' })] },
    ];
    const [finding, ...others] = (await match(records, [component('pkg:pypi/x@2.5')])).findings;
    expect(others).toEqual([]);
    expect([finding?.identifiers, finding?.confidence, finding?.notes]).toEqual([
      ['CVE-2024-1111', 'GHSA-aaaa-aaaa-aaaa', 'PYSEC-2024-1'],
      'medium',
      ['Sources disagree: by PYSEC-2024-1 this version is not affected.'],
    ]);
  });

  test('matches an interval of several, past a commit range that comes first', async () => {
    const record = {
      id: 'X-1',
      affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'GIT', events: [{ introduced: 'abc' }] }, { type: 'SEMVER', events: [{ fixed: '2.1.0' }, { introduced: '2.0.0' }, { introduced: '1.0.0' }, { fixed: '1.5.0' }] }] }],
    };
    const versions = ['0.9.0', '1.0.0', '1.4.9', '1.5.0', '2.0.0', '2.1.0'];
    const result = await match([record], versions.map((version) => component(`pkg:npm/x@${version}`)));
    expect(result.findings.map((finding) => finding.evidence[0]?.reason)).toEqual([
      '1.0.0 is at or above 1.0.0 (introduced) and below 1.5.0 (fixed); compared as semver',
      '1.4.9 is at or above 1.0.0 (introduced) and below 1.5.0 (fixed); compared as semver',
      '2.0.0 is at or above 2.0.0 (introduced) and below 2.1.0 (fixed); compared as semver',
    ]);
  });

  test('with a version that cannot be ordered is found only in lists, and that is said', async () => {
    const records = [
      { id: 'X-1', affected: [{ package: { ecosystem: 'Packagist', name: 'a/b' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] }] },
      { id: 'X-2', affected: [{ package: { ecosystem: 'Packagist', name: 'a/b' }, versions: ['dev-main'] }] },
    ];
    const result = await match(records, [component('pkg:composer/a/b@dev-main')]);
    expect(result.findings.map((finding) => [finding.id, finding.confidence])).toEqual([['X-2', 'low']]);
    expect(result.notices.map((notice) => notice.code)).toEqual(['version-not-comparable']);
  });

  test.each([
    ['withdrawn records never match', { id: 'X-1', withdrawn: '2024-01-01T00:00:00Z', affected: [range('npm', 'x', { introduced: '0' })] }, undefined],
    ['informational records are hidden', { id: 'RUSTSEC-1', affected: [{ ...range('npm', 'x', { introduced: '0' }), database_specific: { informational: 'unmaintained' } }] }, ['informational', true]],
    ['malware is a class of its own', { id: 'MAL-1', affected: [{ package: { ecosystem: 'npm', name: 'x' }, versions: ['1.0.0'] }] }, ['malware', false]],
    ['a range is open where GitHub knows of no fix, up to the last version it knows', { id: 'GHSA-1', affected: [{ ...range('npm', 'x', { introduced: '0' }), database_specific: { last_known_affected_version_range: '< 1.0.0' } }] }, undefined],
    ['and not before', { id: 'GHSA-1', affected: [{ ...range('npm', 'x', { introduced: '0' }), database_specific: { last_known_affected_version_range: '<= 1.0.0' } }] }, ['vulnerability', false]],
    ['a record past its limit does not match', { id: 'X-1', affected: [range('npm', 'x', { introduced: '0' }, { limit: '1.0.0' })] }, undefined],
  ])('%s', async (_, record, expected) => {
    const [finding] = (await match([record, { id: 'OTHER', affected: [range('npm', 'y', { introduced: '0' })] }], [component('pkg:npm/x@1.0.0')])).findings;
    expect(finding && [finding.class, finding.hidden]).toEqual(expected);
  });

  test('a newer copy that is withdrawn takes the older one back', async () => {
    const record = { id: 'GHSA-1', modified: '2024-01-01T00:00:00Z', affected: [range('npm', 'x', { introduced: '0' })] };
    await using made = await databaseOf({ one: [record], two: [{ ...record, modified: '2024-02-01T00:00:00Z', withdrawn: '2024-02-01T00:00:00Z' }] });
    expect(matchComponents({ components: [component('pkg:npm/x@1.0.0')] }, made.database).findings).toEqual([]);
  });

  test('of Go is not affected by what is built for other systems alone', async () => {
    const go = (id: string, ...goos: (string[] | undefined)[]): RecordForTest => ({ id, affected: [{ ...range('Go', 'golang.org/x/sys', { introduced: '0' }), ecosystem_specific: { imports: goos.map((systems) => (systems === undefined ? { path: 'a' } : { path: 'a', goos: systems })) } }] });
    const records = [go('GO-WINDOWS', ['windows']), go('GO-LINUX-TOO', ['windows'], ['linux']), go('GO-SOME', ['windows'], undefined)];
    expect((await match(records, [component('pkg:golang/golang.org/x/sys@v0.8.0')])).findings.map((finding) => finding.id)).toEqual(['GO-LINUX-TOO', 'GO-SOME']);
  });

  test('of Go that is a bare commit is uncertain unless the bound is a commit too', async () => {
    const records = [
      { id: 'GO-1', affected: [range('Go', 'example.org/a', { introduced: '0' }, { fixed: '1.2.0' })] },
      { id: 'GO-2', affected: [range('Go', 'golang.org/x/b', { introduced: '0' }, { fixed: '0.0.0-20220101000000-aaaaaaaaaaaa' })] },
    ];
    const result = await match(records, ['example.org/a', 'golang.org/x/b'].map((path) => component(`pkg:golang/${path}@v0.0.0-20210101000000-bbbbbbbbbbbb`)));
    expect(result.findings.map((finding) => [finding.id, finding.class, finding.confidence])).toEqual([['GO-1', 'uncertain', 'low'], ['GO-2', 'vulnerability', 'high']]);
  });
});

describe('a package of the operating system', () => {
  test('of Debian is judged by its source package and rated by the distribution', async () => {
    const records = [
      { id: 'DEBIAN-CVE-2024-11111', upstream: ['CVE-2024-11111'], affected: [{ ...range('Debian:12', 'openssl', { introduced: '0' }, { fixed: '3.0.14-1~deb12u2' }), ecosystem_specific: { urgency: 'low' } }], severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] },
      { id: 'DSA-1-1', related: ['CVE-2024-11111', 'CVE-2024-22222'], affected: [range('Debian:12', 'openssl', { introduced: '0' }, { fixed: '3.0.14-1~deb12u2' })] },
      { id: 'DEBIAN-CVE-2010-33333', upstream: ['CVE-2010-33333'], affected: [{ ...range('Debian:12', 'openssl', { introduced: '0' }), ecosystem_specific: { urgency: 'unimportant' } }] },
    ];
    const result = await match(records, [component('pkg:deb/debian/libssl3@3.0.14-1~deb12u1%2Bb1', { source: { name: 'openssl', version: '3.0.14-1~deb12u1' } })], bookworm);
    expect(result.findings.map((finding) => [finding.id, finding.severity.level, finding.ratings.length, finding.fix.state, finding.hidden, finding.evidence.map((each) => each.recordId)])).toEqual([
      ['CVE-2024-11111', 'low', 2, 'fixed', false, ['DEBIAN-CVE-2024-11111', 'DSA-1-1']],
      ['CVE-2010-33333', 'negligible', 1, 'unfixed', true, ['DEBIAN-CVE-2010-33333']],
      ['CVE-2024-22222', 'unknown', 0, 'fixed', false, ['DSA-1-1']],
    ]);
  });

  test.each<[string, MatchDistribution, string, string]>([
    ['Alpine, by branch', { id: 'alpine', idLike: [], versionId: '3.18.4' }, 'Alpine:v3.18', 'pkg:apk/alpine/libcrypto3@3.1.0-r0'],
    ['Ubuntu, long-term support', { id: 'ubuntu', idLike: ['debian'], versionId: '22.04' }, 'Ubuntu:22.04:LTS', 'pkg:deb/ubuntu/libcrypto3@3.1.0-0'],
    ['Debian without a number', { id: 'debian', idLike: [], codename: 'trixie' }, 'Debian:13', 'pkg:deb/debian/libcrypto3@3.1.0-0'],
    ['Rocky Linux', { id: 'rocky', idLike: ['rhel'], versionId: '9.3' }, 'Rocky Linux:9', 'pkg:rpm/rocky/libcrypto3@3.1.0-1.el9'],
  ])('%s', async (_, distribution, ecosystem, packageUrl) => {
    const record = { id: 'X-1', affected: [range(ecosystem, 'openssl', { introduced: '0' }, { fixed: '3.1.1-1' })] };
    const { version } = component(packageUrl);
    expect((await match([record], [component(packageUrl, { source: { name: 'openssl', version } })], distribution)).findings).toHaveLength(1);
  });

  test('that a source says never had the flaw is not affected', async () => {
    const record = { id: 'X-1', affected: [range('Alpine:v3.18', 'x', { introduced: '0' }, { fixed: '0' })] };
    expect((await match([record], [component('pkg:apk/alpine/x@1.0-r0')], { id: 'alpine', idLike: [], versionId: '3.18.0' })).findings).toEqual([]);
  });

  test('fixed only for subscribers is affected, unless the plain release has its own fix', async () => {
    const records = [
      { id: 'UBUNTU-CVE-2022-24823', upstream: ['CVE-2022-24823'], affected: [{ ...range('Ubuntu:Pro:22.04:LTS', 'netty', { introduced: '0' }, { fixed: '1:4.1.48-5~esm1' }), ecosystem_specific: { availability: 'Available with Ubuntu Pro' } }] },
      { id: 'UBUNTU-CVE-2023-11111', upstream: ['CVE-2023-11111'], affected: [range('Ubuntu:22.04:LTS', 'netty', { introduced: '0' }, { fixed: '1:4.0-1' }), range('Ubuntu:Pro:22.04:LTS', 'netty', { introduced: '0' }, { fixed: '1:4.1.48-5~esm1' })] },
    ];
    const result = await match(records, [component('pkg:deb/ubuntu/netty@1:4.1.48-4')], { id: 'ubuntu', idLike: ['debian'], versionId: '22.04' });
    expect(result.findings.map((finding) => [finding.id, finding.fix.state])).toEqual([['CVE-2022-24823', 'subscription']]);
  });

  test('of an Enterprise Linux is not held against a modular fix, nor against an epoch nobody states', async () => {
    const records = [
      { id: 'ALSA-1', summary: 'Important: nodejs:18 security update', related: ['CVE-2024-11111'], affected: [range('AlmaLinux:9', 'nodejs', { introduced: '0' }, { fixed: '18.20.2-1.module_el9.4.0+100+71fc9528' })] },
      { id: 'ALSA-2', summary: 'Moderate: nodejs security update', related: ['CVE-2024-22222'], affected: [range('AlmaLinux:9', 'nodejs', { introduced: '0' }, { fixed: '16.20.2-8.el9_4' })] },
      { id: 'ALBA-3', summary: 'nodejs bug fix', affected: [range('AlmaLinux:9', 'nodejs', { introduced: '0' }, { fixed: '16.20.2-9.el9_4' })] },
    ];
    const result = await match(records, [component('pkg:rpm/almalinux/nodejs@1:16.20.2-1.el9')], { id: 'almalinux', idLike: ['rhel'], versionId: '9.4' });
    expect(result.findings.map((finding) => [finding.id, finding.severity])).toEqual([['CVE-2024-22222', { level: 'medium', source: 'ALSA-2' }]]);
  });

  test.each([
    // As ALSA-2026:12441 and ALSA-2026:19346 have it.
    ['before either notice', '2.48-8.el9', ['CVE-2026-4878 libcap 2.48-10.el9_7.1']],
    ['with the fix of its own minor release', '2.48-10.el9_7.1', []],
    ['of the later minor release, without its fix', '2.48-10.el9_8', ['CVE-2026-4878 libcap 2.48-10.el9_8.1']],
    ['with the fix of the later one', '2.48-10.el9_8.1', []],
  ])('fixed by a notice for each minor release, %s', async (_, version, expected) => {
    const records = [
      { id: 'ALSA-2026:12441', related: ['CVE-2026-4878'], affected: [range('AlmaLinux:9', 'libcap', { introduced: '0' }, { fixed: '2.48-10.el9_7.1' })] },
      { id: 'ALSA-2026:19346', related: ['CVE-2026-4878'], affected: [range('AlmaLinux:9', 'libcap', { introduced: '0' }, { fixed: '2.48-10.el9_8.1' })] },
    ];
    expect(found(await match(records, [component(`pkg:rpm/almalinux/libcap@${version}`)], { id: 'almalinux', idLike: ['rhel'], versionId: '9.7' }))).toEqual(expected);
  });

  test('with kernel headers is hidden', async () => {
    const record = { id: 'DEBIAN-CVE-2024-11111', upstream: ['CVE-2024-11111'], affected: [range('Debian:12', 'linux', { introduced: '0' })] };
    const [finding] = (await match([record], [component('pkg:deb/debian/linux-libc-dev@6.1.1-1', { source: { name: 'linux', version: '6.1.1-1' } })], bookworm)).findings;
    expect([finding?.class, finding?.hidden]).toEqual(['kernel-headers', true]);
  });

  test.each([
    ['without a distribution', undefined, 'no-distribution'],
    ['of a distribution nobody covers', { id: 'kali', idLike: ['debian'] }, 'distribution-not-covered'],
    ['of a release the database lacks', { id: 'debian', idLike: [], versionId: '9' }, 'no-advisories-for-ecosystem'],
  ] as const)('%s is reported as not judged', async (_, distribution, code) => {
    const record = { id: 'X-1', affected: [range('Debian:12', 'x', { introduced: '0' })] };
    const result = await match([record], [component('pkg:deb/debian/x@1')], distribution);
    expect([result.findings, result.notices.map((notice) => notice.code)]).toEqual([[], [code]]);
  });
});

describe('a distribution whose advisories', () => {
  const rhel9 = { id: 'RHSA-1', related: ['CVE-1999-0001'], affected: [range('Red Hat:enterprise_linux:9', 'other', { introduced: '0' })] };
  const fixed = (ecosystem: string): RecordForTest => ({ id: 'FIX-1', affected: [range(ecosystem, 'other', { introduced: '0' }, { fixed: '1' })] });

  test.each<[string, MatchDistribution, readonly RecordForTest[], readonly string[]]>([
    ['Amazon Linux', { id: 'amzn', idLike: [], versionId: '2023' }, [fixed('Amazon Linux:2023')], ['The advisories for amzn 2023 tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.']],
    ['Alpine', { id: 'alpine', idLike: [], versionId: '3.19.1' }, [fixed('Alpine:v3.19')], ['The advisories for alpine 3.19.1 tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.']],
    ['a rebuild of Red Hat, alone', { id: 'almalinux', idLike: [], versionId: '9.4' }, [fixed('AlmaLinux:9')], ['The advisories for almalinux 9.4 tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.']],
    ['a rebuild, with what Red Hat says', { id: 'almalinux', idLike: [], versionId: '9.4' }, [fixed('AlmaLinux:9'), rhel9], []],
    ['Red Hat, fixes of a repository alone', { id: 'rhel', idLike: [], versionId: '9.4' }, [fixed('Red Hat:enterprise_linux:9::baseos')], ['The advisories for rhel 9.4 tell only of vulnerabilities that are fixed. Those that are not fixed yet are missing here.']],
    ['Red Hat, with its VEX', { id: 'rhel', idLike: [], versionId: '9.4' }, [fixed('Red Hat:enterprise_linux:9::baseos'), rhel9], []],
    ['Debian', bookworm, [fixed('Debian:12')], []],
    ['Azure Linux', { id: 'azurelinux', idLike: [], versionId: '3.0' }, [fixed('Azure Linux:3')], []],
  ])('tell only of fixes is named: %s', async (_, distribution, records, messages) => {
    const { notices } = await match(records, [component('pkg:rpm/x/bash@5')], distribution);
    expect(notices.map(({ code, message }) => [code, message])).toEqual(messages.map((message) => ['fixes-only', message]));
  });
});

describe('a rule of one ecosystem', () => {
  const rocky: MatchDistribution = { id: 'rocky', idLike: ['rhel'], versionId: '9.4' };
  const jammy: MatchDistribution = { id: 'ubuntu', idLike: ['debian'], versionId: '22.04' };
  const openssl = { id: 'RLSA-1', related: ['CVE-2024-11111'], affected: [range('Rocky Linux:9', 'openssl', { introduced: '0' }, { fixed: '1:3.0.7-27.el9' })] };
  const pro = { id: 'UBUNTU-CVE-2024-11111', upstream: ['CVE-2024-11111'], affected: [range('Ubuntu:22.04:LTS', 'netty', { introduced: '0' }), range('Ubuntu:Pro:22.04:LTS', 'netty', { introduced: '0' }, { fixed: '1:4.1.48-4+deb11u1build0.22.04.1+esm1' })] };
  const deb = (version: string): MatchComponent => component(`pkg:deb/ubuntu/libnetty-java@${version}`, { source: { name: 'netty', version } });
  const sles: MatchDistribution = { id: 'sles', idLike: ['suse'], versionId: '15.5' };
  const suse = { id: 'SUSE-SU-2024:1-1', related: ['CVE-2024-11111'], affected: [{ ...range('SUSE:Linux Enterprise Module for Basesystem 15 SP5', 'openssl-3', { introduced: '0' }, { fixed: '3.0.8-150500.9' }), ecosystem_specific: { binaries: [{ libopenssl3: '3.0.8-150500.5.2', 'openssl-3': '3.0.8-150500.9' }] } }] };
  const rpm = (supplier: string): MatchComponent => component('pkg:rpm/rocky/openssl@3.0.7-24.el9', { supplier });

  test.each<[string, RecordForTest, MatchComponent, MatchDistribution | undefined, readonly string[]]>([
    ['rpm: built by the distribution', openssl, rpm('Rocky Enterprise Software Foundation'), rocky, ['CVE-2024-11111 fixed high']],
    ['rpm: built by someone else', openssl, rpm('Fedora Project'), rocky, []],
    ['rpm: symbols for debuggers', { ...openssl, affected: [range('Rocky Linux:9', 'openssl', { introduced: '0' })] }, component('pkg:rpm/rocky/openssl-debuginfo@3.0.7-24.el9', { source: { name: 'openssl', version: '3.0.7-24.el9' } }), rocky, []],
    ['rpm: a bug-fix notice without a CVE', { id: 'RLBA-1', affected: openssl.affected }, rpm(''), rocky, []],
    ['rpm: a build of a special interest group', { ...openssl, affected: [{ ...openssl.affected[0], package: { ecosystem: 'Rocky Linux:9', name: 'openssl', purl: 'pkg:rpm/rocky-linux/openssl?distro=rocky-linux-9-sig-cloud' } }] }, rpm(''), rocky, []],
    ['Ubuntu: fixed without a subscription, and said so', { id: 'UBUNTU-CVE-2024-11111', affected: [{ ...range('Ubuntu:22.04:LTS', 'netty', { introduced: '0' }, { fixed: '1:4.1.48-5' }), ecosystem_specific: { availability: 'No subscription required' } }] }, deb('1:4.1.48-4'), jammy, ['CVE-2024-11111 fixed high']],
    ['SUSE: below the fix of its binary package', suse, component('pkg:rpm/suse/libopenssl3@3.0.8-150500.5.1'), sles, ['CVE-2024-11111 fixed high']],
    ['SUSE: at it, though below that of another', suse, component('pkg:rpm/suse/libopenssl3@3.0.8-150500.5.2'), sles, []],
    ['Ubuntu: FIPS builds are not for others', { id: 'UBUNTU-CVE-2024-11111', upstream: ['CVE-2024-11111'], affected: [range('Ubuntu:Pro:FIPS:22.04:LTS', 'netty', { introduced: '0' })] }, deb('1:4.1.48-4'), jammy, []],
    ['Ubuntu: a live patch is no package', { id: 'LSN-1', related: ['CVE-2024-11111'], affected: [{ ...range('Ubuntu:Pro:22.04:LTS', 'netty', { introduced: '0' }), ecosystem_specific: { availability: 'Livepatch subscription required', module_name_regex: 'lkp_Ubuntu' } }] }, deb('1:4.1.48-4'), jammy, []],
    ['Ubuntu: fixed for subscribers only', pro, deb('1:4.1.48-4'), jammy, ['CVE-2024-11111 subscription high']],
    ['Ubuntu: a build for subscribers that has the fix', pro, deb('1:4.1.48-4+deb11u1build0.22.04.1+esm1'), jammy, []],
    ['Go: below the release', { id: 'GO-1', affected: [range('Go', 'example.org/a', { introduced: '0' }, { fixed: '1.2.0' })] }, component('pkg:golang/example.org/a@v1.1.9%2Bincompatible'), undefined, ['GO-1 fixed high']],
    ['Go: a commit after the release before the fix', { id: 'GO-1', affected: [range('Go', 'example.org/a', { introduced: '0' }, { fixed: '1.2.0' })] }, component('pkg:golang/example.org/a@v1.1.10-0.20240101000000-abcdefabcdef'), undefined, ['GO-1 fixed high']],
    ['Go: the major version is part of the name', { id: 'GO-1', affected: [range('Go', 'example.org/a', { introduced: '0' })] }, component('pkg:golang/example.org/a/v2@v2.0.0'), undefined, []],
    ['Go: a build with options', { id: 'GO-1', affected: [range('Go', 'stdlib', { introduced: '0' }, { fixed: '1.21.6' })] }, component('pkg:golang/stdlib@go1.21.5%20X:boringcrypto'), undefined, ['GO-1 fixed high']],
    ['Go: a bound its versions cannot express', { id: 'GO-1', affected: [{ ...range('Go', 'example.org/a', { introduced: '0' }), ecosystem_specific: { custom_ranges: [{ type: 'ECOSYSTEM' }] } }] }, component('pkg:golang/example.org/a@v1.0.0'), undefined, ['GO-1 unfixed low']],
    ['crates.io: a prerelease of the bound', { id: 'RUSTSEC-1', affected: [range('crates.io', 'a', { introduced: '0.0.0-0' }, { fixed: '1.19.0-0' })] }, component('pkg:cargo/a@1.19.0-alpha'), undefined, []],
    ['crates.io: underscore and dash are distinct', { id: 'RUSTSEC-1', affected: [range('crates.io', 'a_b', { introduced: '0' })] }, component('pkg:cargo/a-b@1.0.0'), undefined, []],
    ['RubyGems: the platform is no part of the version', { id: 'GHSA-1', affected: [range('RubyGems', 'nokogiri', { introduced: '0' }, { fixed: '1.13.2' })] }, component('pkg:gem/nokogiri@1.13.2-x86_64-linux'), undefined, []],
    ['NuGet: names ignore case', { id: 'GHSA-1', affected: [range('NuGet', 'Newtonsoft.Json', { introduced: '0' }, { fixed: '13.0.1' })] }, component('pkg:nuget/newtonsoft.json@12.0.3'), undefined, ['GHSA-1 fixed high']],
    ['Maven: a rebuild by its vendor', { id: 'GHSA-1', affected: [range('Maven', 'io.netty:netty-codec', { introduced: '0' }, { fixed: '4.1.68' })] }, component('pkg:maven/io.netty/netty-codec@4.1.63.Final-redhat-00001'), undefined, ['GHSA-1 fixed low']],
    ['Hex', { id: 'GHSA-2c28-m2m7-mf55', affected: [range('Hex', 'pleroma', { introduced: '0' }, { fixed: '2.5.3' })] }, component('pkg:hex/pleroma@2.5.3-rc.1'), undefined, ['GHSA-2c28-m2m7-mf55 fixed high']],
    ['Swift: the address without scheme and ending', { id: 'GHSA-1', affected: [range('SwiftURL', 'https://github.com/grpc/grpc-swift.git', { introduced: '0' }, { fixed: '1.2.0' })] }, component('pkg:swift/github.com/grpc/grpc-swift@1.1.0'), undefined, ['GHSA-1 fixed high']],
    ['Packagist: an alias with a blank after it, as DRUPAL-CORE-2020-006 has it', { id: 'DRUPAL-CORE-2020-006', aliases: ['CVE-2020-13665 '], affected: [range('Packagist', 'drupal/core', { introduced: '9.0.0' }, { fixed: '9.0.1' })] }, component('pkg:composer/drupal/core@9.0.0'), undefined, ['CVE-2020-13665 fixed high']],
    ['a list names the same version in another way', { id: 'PYSEC-1', affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, versions: ['1.0'] }] }, component('pkg:pypi/a@1.0.0'), undefined, ['PYSEC-1 unfixed high']],
    ['Python: an epoch', { id: 'PYSEC-1', affected: [range('PyPI', 'a', { introduced: '0' }, { fixed: '1!1.0' })] }, component('pkg:pypi/a@2024.1'), undefined, ['PYSEC-1 fixed high']],
  ])('%s', async (_, record, asked, distribution, expected) => {
    expect((await match([record], [asked], distribution)).findings.map((finding) => [finding.id, finding.fix.state, finding.confidence].join(' '))).toEqual(expected);
  });

  test('packages from elsewhere are named', async () => {
    expect((await match([openssl], [rpm('Fedora Project')], rocky)).notices.map((notice) => [notice.code, notice.componentIds.length])).toEqual([['fixes-only', 1], ['packages-from-elsewhere', 1]]);
  });
});

test.each([
  ['CentOS Stream, which is ahead of its advisories', 'CentOS Stream 9', 'low', 1],
  ['CentOS Linux, which is behind them', 'CentOS Linux 8', 'high', 0],
])('a package of %s', async (_, prettyName, confidence, notes) => {
  const record = { id: 'CVE-2024-11111', affected: [range('Red Hat:enterprise_linux:9', 'curl', { introduced: '0' }, { fixed: '0:7.76.1-29.el9_4' })] };
  const { findings } = await match([record], [component('pkg:rpm/centos/curl@7.76.1-26.el9')], { id: 'centos', idLike: ['rhel'], versionId: '9', prettyName });
  expect(findings.map((finding) => [finding.confidence, finding.notes.length])).toEqual([[confidence, notes]]);
});

describe('a language package inside a package of the operating system', () => {
  const yaml = { id: 'PYSEC-1', aliases: ['CVE-2020-11111'], affected: [range('PyPI', 'pyyaml', { introduced: '0' }, { fixed: '7' })] };
  const inside = (ownedBy: string): MatchComponent => component('pkg:pypi/pyyaml@6.0', { ownedBy });

  test('is left to a distribution that lists all it knows', async () => {
    const owner = component('pkg:deb/debian/python3-yaml@6.0-3', { source: { name: 'pyyaml', version: '6.0-3' } });
    const other = { id: 'DEBIAN-CVE-1999-0001', affected: [range('Debian:12', 'other', { introduced: '0' })] };
    const result = await match([yaml, other], [inside(owner.id), owner], bookworm);
    expect([result.findings, result.suppressed.map((each) => each.reason)]).toEqual([[], ['Part of python3-yaml 6.0-3; its distribution, which lists all it knows, does not name CVE-2020-11111']]);
  });

  test('is kept when the database has nothing of that distribution', async () => {
    const owner = component('pkg:deb/debian/python3-yaml@6.0-3');
    expect(found(await match([yaml], [inside(owner.id), owner], bookworm))).toEqual(['CVE-2020-11111 pyyaml 7']);
  });

  test.each([
    ['kept when a distribution that lists only fixes is silent', [], 1],
    ['left to it when it names the vulnerability', [{ id: 'ALSA-1', related: ['CVE-2020-11111'], affected: [range('AlmaLinux:9', 'python3-pyyaml', { introduced: '0' }, { fixed: '5.4-1.el9' })] }], 0],
  ])('is %s', async (_, more, count) => {
    const owner = component('pkg:rpm/almalinux/python3-pyyaml@5.4.1-6.el9');
    const other = { id: 'ALSA-9', related: ['CVE-1999-0001'], affected: [range('AlmaLinux:9', 'other', { introduced: '0' }, { fixed: '1' })] };
    const result = await match([yaml, other, ...more], [inside(owner.id), owner], { id: 'almalinux', idLike: [], versionId: '9.4' });
    expect(result.findings).toHaveLength(count);
  });
});
