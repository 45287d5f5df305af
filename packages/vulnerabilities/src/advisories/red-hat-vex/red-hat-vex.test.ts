import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import type { MatchComponent } from '../../matchers/match-input.js';
import { allRanges, serveFeeds, updatedFolder } from '../../testing/feed-server.js';
import type { FeedServer, Route, UpdatedFolder } from '../../testing/feed-server.js';
import { tarArchive } from '../../testing/tar-archive.js';
import type { AdvisoryRecord } from '../advisory-record.js';
import { readDocumentList } from './read-document-list.js';
import { readVexDocument } from './read-vex-document.js';

const fixture = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const openssl = await fixture('cve-2024-0727.json');
const libssh = await fixture('cve-2026-0968.json');
const brotli = await fixture('cve-2025-6176.json');
const curl = await fixture('cve-2023-38545.json');

/** Each package: what fixes it, or why nothing does. */
function statements(record: AdvisoryRecord): string[] {
  return record.affected.map(({ ecosystem, name, ranges, detail }) => [ecosystem.replace('Red Hat:', ''), name, ranges[0]?.split('\nf').slice(1).join(' ') || '-', detail?.fixState ?? '', detail?.module ?? '', ...(detail?.streamFixes ?? []).map(({ streams, version }) => `${streams.join(' ')}: ${version}`)].join(' ').trimEnd());
}

describe('a document', () => {
  test('says where Enterprise Linux is fixed, not fixed and why, and not affected', () => {
    const record = readVexDocument(JSON.parse(openssl));
    expect({ ...record, affected: statements(record) }).toEqual({
      id: 'CVE-2024-0727',
      kind: 'vulnerability',
      modified: '2025-11-21T14:32:00+00:00',
      published: '2024-01-22T00:00:00+00:00',
      withdrawn: undefined,
      summary: 'openssl: denial of service via null dereference',
      aliases: [],
      upstream: [],
      related: [],
      severities: [{ type: 'word', score: 'Low' }, { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H' }],
      affected: expect.arrayContaining([
        'enterprise_linux:9 openssl 1:3.0.7-27.el9',
        'enterprise_linux:9 openssl-libs 1:3.0.7-27.el9',
        'enterprise_linux:9 edk2-ovmf 0:20240524-6.el9_5',
        'enterprise_linux:9 openssl-fips-provider 0',
        'enterprise_linux:8 openssl - deferred',
        'enterprise_linux:8 edk2-ovmf - will-not-fix',
        'enterprise_linux:6 openssl - end-of-life',
      ]),
    });
    expect(statements(record).filter((line) => /debug|satellite|jboss/.test(line))).toEqual([]);
  });

  test('says what only images that stay on a minor release get', () => {
    expect(statements(readVexDocument(JSON.parse(brotli))).filter((line) => / python3-brotli /.test(line))).toEqual([
      'enterprise_linux:10 python3-brotli 0:1.1.0-7.el10_1   eus:10.0: 0:1.1.0-6.el10_0.1',
      'enterprise_linux:8 python3-brotli 0:1.0.6-4.el8_10   aus:8.4 eus_long_life:8.4: 0:1.0.6-4.el8_4 aus:8.6 e4s:8.6 tus:8.6: 0:1.0.6-4.el8_6 e4s:8.8 tus:8.8: 0:1.0.6-4.el8_8',
      'enterprise_linux:9 python3-brotli 0:1.0.9-9.el9_7   e4s:9.0: 0:1.0.9-6.el9_0.1 e4s:9.2: 0:1.0.9-6.el9_2.1 eus:9.4: 0:1.0.9-6.el9_4.1 eus:9.6: 0:1.0.9-7.el9_6.1',
    ]);
  });

  test('without a fix says whether one is deferred or only not there yet', () => {
    // By the remediations of the document: "Fix deferred" and "Affected".
    expect(statements(readVexDocument(JSON.parse(libssh))).filter((line) => / libssh /.test(`${line} `))).toEqual(['enterprise_linux:10 libssh -', 'enterprise_linux:8 libssh - deferred', 'enterprise_linux:9 libssh -']);
  });
});

/** A document in the form of Red Hat's, with one package of Enterprise Linux 8. */
function made(cve: string, status: string, purls: readonly string[], more: object = {}, cpe = 'cpe:/a:redhat:enterprise_linux:8::appstream'): string {
  const ids = purls.map((_, index) => `AppStream-8:${index}`);
  return JSON.stringify({
    document: { tracking: { current_release_date: '2026-07-01T00:00:00+00:00' } },
    product_tree: {
      branches: [{ branches: [{ product: { product_id: 'AppStream-8', product_identification_helper: { cpe } } }, ...purls.map((purl, index) => ({ product: { product_id: `${index}`, product_identification_helper: { purl } } }))] }],
      relationships: ids.map((id, index) => ({ full_product_name: { product_id: id }, product_reference: `${index}`, relates_to_product_reference: 'AppStream-8' })),
    },
    vulnerabilities: [{ cve, product_status: { [status]: ids }, ...more }],
  });
}

describe('a statement', () => {
  test.each<[string, string, string[]]>([
    ['of a module', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/perl-FCGI@0.78-12.module%2Bel8.10.0%2B23147%2Bdf114ff4?arch=x86_64&epoch=1&rpmmod=perl-FCGI:0.78:8100020250529111022:73c039c6']), ['enterprise_linux:8 perl-FCGI 1:0.78-12.module+el8.10.0+23147+df114ff4  perl-FCGI:0.78']],
    ['of two minor releases counts for each', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-9.el8_9?arch=x86_64', 'pkg:rpm/redhat/x@2-7.el8_7?arch=x86_64', 'pkg:rpm/redhat/x@2-7.el8_7?arch=src']), ['enterprise_linux:8 x 0:2-7.el8_7 0:2-9.el8_9']],
    ['of two builds for other streams of a module counts from the first', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.module%2Bel8.7.0%2B2%2Bbb?arch=x86_64&rpmmod=x:2:1:b', 'pkg:rpm/redhat/x@2-7.module%2Bel8.7.0%2B1%2Baa?arch=x86_64&rpmmod=x:2:1:a']), ['enterprise_linux:8 x 0:2-7.module+el8.7.0+1+aa  x:2']],
    ['of a minor release is of its release', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.el10_1?arch=x86_64'], {}, 'cpe:/o:redhat:enterprise_linux:10.1'), ['enterprise_linux:10 x 0:2-7.el10_1']],
    ['of a stream that stays behind is for its images', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.el9_2?arch=x86_64'], {}, 'cpe:/a:redhat:rhel_eus:9.2::appstream'), ['enterprise_linux:9 x -   eus:9.2: 0:2-7.el9_2']],
    ['of such a stream since release 10', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.el10_0?arch=x86_64'], {}, 'cpe:/o:redhat:enterprise_linux_eus:10.0'), ['enterprise_linux:10 x -   eus:10.0: 0:2-7.el10_0']],
    ['of a product that is built on Enterprise Linux is left out', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.rhaos4.16.el9?arch=x86_64'], {}, 'cpe:/a:redhat:openshift:4.16::el9'), []],
    ['of another product of its name is left out', made('CVE-2026-11111', 'known_affected', ['pkg:rpm/redhat/x'], {}, 'cpe:/a:redhat:enterprise_linux_ai:3'), []],
    ['of extended support is kept apart', made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.el7_9?arch=x86_64'], {}, 'cpe:/o:redhat:rhel_els:7'), ['rhel_els:7 x 0:2-7.el7_9']],
    ['of a container image is left out', made('CVE-2026-11111', 'known_affected', ['pkg:oci/x?repository_url=registry.redhat.io/x']), []],
    ['of a source package stands where no package is named', made('CVE-2026-11111', 'known_affected', ['pkg:rpm/redhat/x?arch=src']), ['enterprise_linux:8 x -']],
  ])('%s', (_, document, expected) => {
    expect(statements(readVexDocument(JSON.parse(document)))).toEqual(expected);
  });
});

test('the lists of changes are read as Red Hat publishes them', async () => {
  expect([readDocumentList(await fixture('changes.csv'), Date.parse('2024-08-01T00:00:00Z')), readDocumentList(await fixture('deletions.csv'), 0).length]).toEqual([
    [{ path: '2023/cve-2023-6240.json', at: '2024-08-04T10:17:22+00:00' }, { path: '2023/cve-2023-6212.json', at: '2024-08-04T10:17:22+00:00' }],
    3,
  ]);
  expect(() => readDocumentList('<html>', 0)).toThrow(expect.objectContaining({ code: 'feed-malformed' }));
  expect(() => readDocumentList('"../../etc/passwd","2024-08-04T10:17:22+00:00"', 0)).toThrow(expect.objectContaining({ code: 'feed-malformed' }));
});

function archive(documents: Readonly<Record<string, string>>): Buffer {
  return zstdCompressSync(tarArchive(documents));
}

async function serving(more: Record<string, Route> = {}): Promise<AsyncDisposable & { readonly server: FeedServer; readonly folder: UpdatedFolder }> {
  const server = await serveFeeds({
    '/archive_latest.txt': 'csaf_vex_2026-07-20.tar.zst',
    '/csaf_vex_2026-07-20.tar.zst': archive({ '2024/cve-2024-0727.json': openssl, '2026/cve-2026-0968.json': libssh, '2026/cve-2026-11111.json': made('CVE-2026-11111', 'known_affected', ['pkg:rpm/redhat/x']) }),
    '/changes.csv': '"2026/cve-2026-11111.json","2026-07-19T10:00:00+00:00"\n',
    '/deletions.csv': '',
    ...more,
  });
  const folder = await updatedFolder({ redHatVex: server.address });
  return {
    server,
    folder,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function rpm(name: string, version: string, packageUrl = `pkg:rpm/redhat/${name}@${version}`): MatchComponent {
  return { id: name, ecosystem: 'rpm', name, version, packageUrl, source: { name, version }, locations: [] };
}

async function found(folder: UpdatedFolder, id: string, versionId: string, component: MatchComponent): Promise<string[]> {
  using database = await folder.open();
  const { findings } = matchComponents({ components: [component], distribution: { id, idLike: [], versionId } }, database);
  return findings.map((finding) => [finding.id, finding.severity.level, finding.fix.state, finding.fix.version ?? '-', finding.confidence].join(' '));
}

test('the archive is read, with what changed and went since', async () => {
  await using made1 = await serving({
    '/changes.csv': '"2026/cve-2026-0968.json","2026-07-20T12:00:00+00:00"\n"2026/cve-2026-11111.json","2026-07-19T10:00:00+00:00"\n',
    '/deletions.csv': '"2026/cve-2026-11111.json","2026-07-20T11:00:00+00:00"\n',
    '/2026/cve-2026-0968.json': libssh.replaceAll('Fix deferred', 'Will not fix').replaceAll('none_available', 'no_fix_planned'),
  });
  expect((await made1.folder.update(['red-hat-vex']))[0]).toMatchObject({ failure: undefined, counts: { records: 2, refused: 0 } });
  using database = await made1.folder.open();
  expect([allRanges(database, 'CVE-2026-11111'), database.sources()[0]?.cursor, database.ranges('affected', 'Red Hat:enterprise_linux:8', 'libssh').map((range) => range.detail?.fixState)]).toEqual([[], '2026-07-20T12:00:00+00:00', ['will-not-fix']]);
});

test.each<[string, string, string, MatchComponent, string[]]>([
  ['Red Hat, below the fix', 'rhel', '9.3', rpm('openssl-libs', '1:3.0.7-24.el9'), ['CVE-2024-0727 low fixed 1:3.0.7-27.el9 high']],
  ['Red Hat, at the fix', 'rhel', '9.4', rpm('openssl-libs', '1:3.0.7-27.el9'), []],
  ['Red Hat, deferred', 'rhel', '8.10', rpm('openssl-libs', '1:1.1.1k-12.el8_9'), ['CVE-2024-0727 low deferred - high']],
  ['Red Hat, will not be fixed', 'rhel', '8.10', rpm('edk2-ovmf', '20220126gitbb1bba3d77-6.el8'), ['CVE-2024-0727 low will-not-fix - high']],
  ['Red Hat, out of support', 'rhel', '6.10', rpm('openssl', '1.0.1e-58.el6_10'), ['CVE-2024-0727 low end-of-life - high']],
  ['Red Hat, not affected', 'rhel', '9.3', rpm('openssl-fips-provider', '3.0.7-2.el9'), []],
  ['CentOS goes by Red Hat', 'centos', '8', rpm('openssl-libs', '1:1.1.1k-5.el8_5'), ['CVE-2024-0727 low deferred - high']],
  ['a rebuild that is silent itself', 'rocky', '8.10', rpm('openssl-libs', '1:1.1.1k-12.el8_9'), ['CVE-2024-0727 low deferred - medium']],
])('%s', async (_, id, versionId, component, expected) => {
  await using made1 = await serving();
  await made1.folder.update(['Red Hat']);
  expect(await found(made1.folder, id, versionId, component)).toEqual(expected);
});

/** Content sets as `/root/buildinfo/content_manifests` of openshift-base-rhel9 4.16 has them, for another stream and release. */
const contentSets = (stream: string, release: string): string[] => ['appstream', 'baseos'].map((repository) => `rhel-${release.split('.')[0]}-for-x86_64-${repository}-${stream}rpms__${release.replace('.', '_DOT_')}`);
const plain = contentSets('', '9').map((name) => name.replace('__9', ''));

// By the documents: curl was fixed in 7.76.1-23.el9_2.4 and -26.el9_3.2 of the main stream and -14.el9_0.9 of EUS 9.0; brotli in
// 1.0.9-9.el9_7 and on streams in -6.el9_0.1, -6.el9_2.1, -6.el9_4.1, -7.el9_6.1; and in 1.0.6-4 with the tags el8_4 to el8_10.
test.each<[string, string, readonly string[], MatchComponent, string[]]>([
  ['below the fix of its minor release', '9.2', [], rpm('libcurl', '7.76.1-23.el9_2.1'), ['fixed 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2']],
  ['at the fix of its minor release', '9.2', [], rpm('libcurl', '7.76.1-23.el9_2.4'), []],
  ['of a later minor release without its fix, though above the earlier one', '9.3', [], rpm('libcurl', '7.76.1-26.el9_3'), ['fixed 0:7.76.1-26.el9_3.2']],
  ['as it came with a minor release, though above an earlier fix', '9.3', [], rpm('libcurl', '7.76.1-26.el9'), ['fixed 0:7.76.1-26.el9_3.2']],
  ['as it came with a minor release after the fix', '9.4', [], rpm('libcurl', '7.76.1-29.el9'), []],
  ['of a minor release after every fix', '9.4', [], rpm('libcurl', '7.76.1-29.el9_4'), []],
  ['by the source package, whose file name has no epoch', '9.3', [], { ...rpm('curl-x', '1:7.76.1-26.el9_3'), source: { name: 'curl', version: '7.76.1-26.el9_3' } }, ['fixed 0:7.76.1-26.el9_3.2']],
  ['a build of a stream that has its fix', '9.0', [], rpm('libcurl', '7.76.1-14.el9_0.9'), []],
  ['a build of a stream before its fix, image not known to be on it', '9.0', [], rpm('libcurl', '7.76.1-14.el9_0.5'), ['fixed 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2']],
  ['an image on the stream', '9.0', contentSets('eus-', '9.0'), rpm('libcurl', '7.76.1-14.el9_0.5'), ['fixed 0:7.76.1-14.el9_0.9 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2']],
  ['an image on the stream that also takes the main one', '9.0', [...contentSets('eus-', '9.0'), ...plain], rpm('libcurl', '7.76.1-14.el9_0.5'), ['fixed 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2']],
  ['an image on another stream of the release', '9.0', contentSets('e4s-', '9.0'), rpm('libcurl', '7.76.1-14.el9_0.5'), ['unfixed - 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2 | Fixed in 0:7.76.1-23.el9_2.4, of a later minor release than the stream of the image (e4s:9.0).']],
  ['an image on a stream that gets the fix of the main one', '9.2', contentSets('eus-', '9.2'), rpm('libcurl', '7.76.1-23.el9_2.1'), ['fixed 0:7.76.1-23.el9_2.4 0:7.76.1-26.el9_3.2']],
  ['a build that differs from a later fix by its tag alone', '8.6', [], rpm('brotli', '1.0.6-4.el8_6'), []],
  ['a build as it came, on a stream', '9.4', contentSets('eus-', '9.4'), rpm('brotli', '1.0.9-6.el9'), ['fixed 0:1.0.9-6.el9_4.1 0:1.0.9-9.el9_7']],
  ['a build of one stream on an image of another', '9.6', contentSets('eus-', '9.6'), rpm('brotli', '1.0.9-6.el9_4.1'), []],
])('minor releases: %s', async (_, versionId, sets, component, expected) => {
  await using made1 = await serving({ '/csaf_vex_2026-07-20.tar.zst': archive({ '2025/cve-2025-6176.json': brotli, '2023/cve-2023-38545.json': curl }), '/changes.csv': '' });
  await made1.folder.update(['Red Hat']);
  using database = await made1.folder.open();
  const { findings } = matchComponents({ components: [component], distribution: { id: 'rhel', idLike: [], versionId, contentSets: sets } }, database);
  expect(findings.map(({ fix, notes }) => [[fix.state, fix.version ?? '-', ...fix.alsoFixedIn].join(' '), ...notes].join(' | '))).toEqual(expected);
});

test('a package that only a stream speaks of is judged where it is of its minor release', async () => {
  const aus = made('CVE-2026-11111', 'fixed', ['pkg:rpm/redhat/x@2-7.el8_2.1?arch=x86_64'], {}, 'cpe:/o:redhat:rhel_aus:8.2::baseos');
  await using made1 = await serving({ '/csaf_vex_2026-07-20.tar.zst': archive({ '2026/cve-2026-11111.json': aus }), '/changes.csv': '' });
  await made1.folder.update(['Red Hat']);
  expect(await Promise.all(['2-6.el8_2', '2-7.el8_2.1', '2-6.el8_10', '2-6.el8'].map((version) => found(made1.folder, 'rhel', '8', rpm('x', version))))).toEqual([
    ['CVE-2026-11111 unknown subscription 0:2-7.el8_2.1 high'],
    [],
    [],
    [],
  ]);
});

test('later only the documents that changed or went are fetched', async () => {
  await using made1 = await serving();
  await made1.folder.update(['red-hat-vex']);
  expect((await made1.folder.update(['red-hat-vex']))[0]?.changed).toBe(false);
  Object.assign(made1.server.routes, {
    '/changes.csv': '"2026/cve-2026-22222.json","2026-07-21T10:00:00+00:00"\n"2026/cve-2026-33333.json","2026-07-21T09:00:00+00:00"\n',
    '/deletions.csv': '"2026/cve-2026-11111.json","2026-07-21T11:00:00+00:00"\n',
    '/2026/cve-2026-22222.json': made('CVE-2026-22222', 'known_affected', ['pkg:rpm/redhat/y']),
    '/2026/cve-2026-33333.json': '{"document":{}}',
  });
  made1.server.requests.length = 0;
  const [outcome] = await made1.folder.update(['red-hat-vex'], { now: '2026-08-02T00:00:00Z', allowShrink: true });
  expect([outcome?.counts?.records, outcome?.counts?.refused, made1.folder.refused.map((refused) => refused.name)]).toEqual([3, 1, ['CVE-2026-33333']]);
  expect(made1.server.requests.toSorted()).toEqual(['/2026/cve-2026-22222.json', '/2026/cve-2026-33333.json', '/changes.csv', '/deletions.csv']);
  using database = await made1.folder.open();
  expect([allRanges(database, 'CVE-2026-11111'), allRanges(database, 'CVE-2026-22222'), database.sources()[0]?.cursor]).toEqual([[], ['Red Hat:enterprise_linux:8 y: i0'], '2026-07-21T11:00:00+00:00']);
});

describe('a document that is listed as changed and is not there', () => {
  const changes = '"2026/cve-2026-22222.json","2026-07-21T10:00:00+00:00"\n';

  test('is in the next archive', async () => {
    await using made1 = await serving();
    await made1.folder.update(['red-hat-vex']);
    Object.assign(made1.server.routes, {
      '/changes.csv': changes,
      '/archive_latest.txt': 'csaf_vex_2026-07-22.tar.zst',
      '/csaf_vex_2026-07-22.tar.zst': archive({ '2024/cve-2024-0727.json': openssl, '2026/cve-2026-0968.json': libssh, '2026/cve-2026-22222.json': made('CVE-2026-22222', 'known_affected', ['pkg:rpm/redhat/y']) }),
    });
    expect((await made1.folder.update(['red-hat-vex']))[0]).toMatchObject({ failure: undefined, counts: { records: 3 } });
    using database = await made1.folder.open();
    expect(allRanges(database, 'CVE-2026-22222')).toEqual(['Red Hat:enterprise_linux:8 y: i0']);
  });

  test.each([403, 404])('is not passed over while the archive is older: %i', async (status) => {
    await using made1 = await serving();
    await made1.folder.update(['red-hat-vex']);
    Object.assign(made1.server.routes, { '/changes.csv': changes, '*': (_: unknown, response: ServerResponse) => void response.writeHead(status).end() });
    expect((await made1.folder.update(['red-hat-vex']))[0]?.failure).toMatchObject({ code: 'download-failed', source: 'red-hat-vex' });
    made1.server.routes['/2026/cve-2026-22222.json'] = made('CVE-2026-22222', 'known_affected', ['pkg:rpm/redhat/y']);
    expect((await made1.folder.update(['red-hat-vex']))[0]).toMatchObject({ failure: undefined, changed: true });
    using database = await made1.folder.open();
    expect(allRanges(database, 'CVE-2026-22222')).toEqual(['Red Hat:enterprise_linux:8 y: i0']);
  });
});

describe('an archive', () => {
  test.each<[string, Buffer, string]>([
    ['cut off half way', archive({ '2024/cve-2024-0727.json': openssl }).subarray(0, 4_000), 'bundle-damaged'],
    ['of another kind', Buffer.from('<html></html>'), 'bundle-damaged'],
    ['without documents', archive({ 'readme.txt': 'x' }), 'feed-malformed'],
    ['that ends inside a document', zstdCompressSync(tarArchive({ '2024/cve-2024-0727.json': openssl }).subarray(0, 20_000)), 'bundle-damaged'],
  ])('%s is refused, and named', async (_, bytes, code) => {
    await using made1 = await serving({ '/csaf_vex_2026-07-20.tar.zst': bytes });
    expect((await made1.folder.update(['red-hat-vex']))[0]?.failure).toMatchObject({ code, source: 'red-hat-vex' });
  });

  test('whose name leads elsewhere is refused', async () => {
    await using made1 = await serving({ '/archive_latest.txt': '../../secret.tar.zst' });
    expect((await made1.folder.update(['red-hat-vex']))[0]?.failure).toMatchObject({ code: 'feed-malformed' });
  });
});
