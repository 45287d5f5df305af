import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import type { MatchComponent } from '../../matchers/match-input.js';
import { serveFeeds, updatedFolder } from '../../testing/feed-server.js';
import type { FeedServer, Route, UpdatedFolder } from '../../testing/feed-server.js';
import { placeOf, readIndex } from './fetch-updateinfo.js';
import { versionLine } from './import-updateinfo.js';

const fixture = (name: string): Promise<Buffer> => readFile(path.join(import.meta.dirname, 'fixtures', name));

/** The routes of one repository: the list as Amazon writes it, the index with the checksum of what is served, the notices. */
async function repository(folder: string, updateinfo: Buffer | undefined): Promise<Record<string, Route>> {
  const index = await fixture(updateinfo === undefined ? 'repomd_noupdateinfo.xml' : 'repomd_valid.xml');
  const place = `${folder.replace('/mirrors/', '/guids/').replace('/latest/', '/9f3a/')}`;
  const sum = createHash('sha256').update(updateinfo ?? '').digest('hex');
  return {
    [`/${folder}/mirror.list`]: `https://cdn.amazonlinux.com/${place}`,
    [`/${place}/repodata/repomd.xml`]: index.toString('utf8').replace('bec8d2c717d39b54b81de021332338e22edac2da0b363a407f86880c4fb62d6f', sum),
    ...(updateinfo === undefined ? {} : { [`/${place}/repodata/updateinfo.xml.gz`]: updateinfo }),
  };
}

async function secondEdition(): Promise<Record<string, Route>> {
  const core = await fixture('updateinfo_2_core.xml.gz');
  const kernel = await fixture('updateinfo_2_kernel-5.15.xml.gz');
  return {
    '/2/extras-catalog.json': JSON.stringify({ topics: [{ n: 'emacs' }, { n: 'kernel-5.15' }, { n: 'missing' }] }),
    ...(await repository('2/core/latest/x86_64', core)),
    ...(await repository('2/core/latest/aarch64', core)),
    ...(await repository('2/extras/emacs/latest/x86_64', undefined)),
    ...(await repository('2/extras/kernel-5.15/latest/x86_64', kernel)),
  };
}

async function updated(routes: Record<string, Route>): Promise<AsyncDisposable & { readonly server: FeedServer; readonly folder: UpdatedFolder }> {
  const server = await serveFeeds(routes);
  const folder = await updatedFolder({ amazonLinux: server.address, amazonLinux1: server.address });
  return {
    server,
    folder,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function rpm(name: string, version: string, architecture = 'x86_64'): MatchComponent {
  return { id: name, ecosystem: 'rpm', name, version, architecture, packageUrl: `pkg:rpm/amzn/${name}@${version}`, locations: [] };
}

async function found(folder: UpdatedFolder, versionId: string, component: MatchComponent): Promise<string[]> {
  using database = await folder.open();
  const { findings } = matchComponents({ components: [component], distribution: { id: 'amzn', idLike: [], versionId } }, database);
  return [...new Set(findings.map((finding) => `${finding.evidence[0]?.recordId} ${finding.severity.level} ${finding.fix.version}`))];
}

test('the second edition is read from core and every topic of its extras, and not again while nothing was published', async () => {
  await using made = await updated(await secondEdition());
  expect(await made.folder.update(['amazon-linux:2'])).toMatchObject([{ changed: true, failure: undefined, counts: { records: 3, refused: 0 } }]);
  made.server.requests.length = 0;
  expect((await made.folder.update(['amazon-linux:2']))[0]?.changed).toBe(false);
  expect(made.server.requests.filter((request) => !request.endsWith('mirror.list'))).toEqual(['/2/extras-catalog.json']);
});

describe('a package of the second edition', () => {
  test.each<[string, MatchComponent, string[]]>([
    ['below the fix, with its epoch', rpm('qemu-img', '10:1.5.3-141.amzn2.5.2'), ['ALAS2-2018-942 high 10:1.5.3-141.amzn2.5.3']],
    ['at the fix', rpm('qemu-img', '10:1.5.3-141.amzn2.5.3'), []],
    ['its symbols are not reported', rpm('qemu-kvm-debuginfo', '10:1.5.3-141.amzn2.5.2'), []],
    ['of an extra, below its fix', rpm('kernel', '5.15.29-16.111.amzn2'), ['ALAS2KERNEL-5.15-2022-001 high 0:5.15.43-20.123.amzn2']],
    ['of core, which the notice of the extra is not about', rpm('kernel', '4.14.336-253.554.amzn2'), []],
    ['of another architecture than was built', rpm('qemu-img', '10:1.5.3-141.amzn2.5.2', 'aarch64'), []],
  ])('%s', async (_, component, expected) => {
    await using made = await updated(await secondEdition());
    await made.folder.update(['Amazon Linux:2']);
    expect(await found(made.folder, '2', component)).toEqual(expected);
  });
});

test('the third edition is read with its extra repositories', async () => {
  const routes = {};
  for (const name of ['core', 'kernel-livepatch', 'nvidia']) {
    for (const architecture of ['x86_64', 'aarch64']) Object.assign(routes, await repository(`al2023/${name}/mirrors/latest/${architecture}`, await fixture(`updateinfo_2023_${name}.xml.gz`)));
  }
  await using made = await updated(routes);
  expect((await made.folder.update(['amazon-linux:2023']))[0]?.counts?.records).toBe(3);
  expect([
    await found(made.folder, '2023.6.20241031', rpm('rsyslog', '8.2204.0-2.amzn2023')),
    await found(made.folder, '2023', rpm('libnvidia-container1', '1.17.3-1')),
    await found(made.folder, '2023', rpm('libnvidia-container1', '1.17.4-1')),
  ]).toEqual([['ALAS2023-2023-001 high 0:8.2204.0-3.amzn2023.0.2'], ['ALAS2023NVIDIA-2025-001 high 0:1.17.4-1'], []]);
});

test('the first edition names a place of Amazon in its list', async () => {
  const updateinfo = await fixture('updateinfo_1.xml.gz');
  const routes = await repository('2018.03/updates/x86_64', updateinfo);
  await using made = await updated(routes);
  routes['/2018.03/updates/x86_64/mirror.list'] = '/2018.03/updates/x86_64\nhttp://packages.us-west-1.amazonaws.com/2018.03/updates/c539f2128d87/x86_64';
  await made.folder.update(['amazon-linux:1']);
  expect(await found(made.folder, '2018.03', rpm('httpd-devel', '2.2.21-1.17.amzn1'))).toEqual(['ALAS-2011-1 medium 0:2.2.21-1.18.amzn1']);
});

test('notices that do not have the checksum of their index are refused, and fetched anew the next time', async () => {
  const routes = await secondEdition();
  const notices = '/2/core/9f3a/x86_64/repodata/updateinfo.xml.gz';
  const right = routes[notices];
  routes[notices] = Buffer.from('something else');
  await using made = await updated(routes);
  expect((await made.folder.update(['amazon-linux:2']))[0]?.failure).toMatchObject({ code: 'bundle-damaged', source: 'amazon-linux:2', message: expect.stringContaining('checksum') });
  routes[notices] = right ?? '';
  expect((await made.folder.update(['amazon-linux:2']))[0]?.counts?.records).toBe(3);
});

describe('the place in a list of mirrors', () => {
  const base = 'https://mirror.example/amazon/';
  test.each<[string, string, string]>([
    ['of the public address becomes one below the configured one', 'https://cdn.amazonlinux.com/2/core/2.0/x86_64/221a', 'https://mirror.example/amazon/2/core/2.0/x86_64/221a'],
    ['of Amazon is taken', 'http://packages.us-west-2.amazonaws.com/2018.03/updates/c539/x86_64\nhttp://other.example', 'http://packages.us-west-2.amazonaws.com/2018.03/updates/c539/x86_64'],
    ['may be relative', '../9f3a', 'https://mirror.example/amazon/2/core/9f3a'],
  ])('%s', (_, list, expected) => {
    expect(placeOf(list, `${base}2/core/latest/mirror.list`, base)).toBe(expected);
  });

  test.each([
    ['elsewhere', 'http://169.254.169.254/latest/meta-data'],
    ['that only looks like Amazon', 'https://evil-amazonaws.com/x'],
    ['in a file', 'file:///etc'],
    ['that is empty', ''],
  ])('%s is refused', (_, list) => {
    expect(() => placeOf(list, `${base}2/core/latest/mirror.list`, base)).toThrow(expect.objectContaining({ code: 'feed-malformed' }));
  });

  test.each(['mirrors_linux1.txt', 'mirrors_linux2.txt', 'mirrors_linux2023.txt'])('%s, as Amazon publishes it', async (name) => {
    expect(placeOf((await fixture(name)).toString('utf8'), 'https://cdn.amazonlinux.com/mirror.list', 'https://cdn.amazonlinux.com/')).toMatch(/^https?:\/\/(?:packages\.us-west-2\.amazonaws\.com|cdn\.amazonlinux\.com)\//);
  });
});

test('the index names the file and its checksum, or no notices', async () => {
  expect([readIndex(await fixture('repomd_valid.xml')), readIndex(await fixture('repomd_noupdateinfo.xml'))]).toEqual([
    { path: 'repodata/updateinfo.xml.gz', sha256: 'bec8d2c717d39b54b81de021332338e22edac2da0b363a407f86880c4fb62d6f' },
    undefined,
  ]);
});

test.each<[string, string, boolean, string | undefined]>([
  ['kernel-5.10', '0:5.10.118-111.515.amzn2', true, '5.10'],
  ['php8.0', '0:8.0.30-1.amzn2', false, '8.0'],
  ['php8.0', '0:1.20.1-1.amzn2', false, undefined],
  ['postgresql13', '0:13.5-1.amzn2', true, '13'],
  ['docker', '0:25.0.3-1.amzn2', false, undefined],
  ['vim', '2:9.0.828-1.amzn2', true, '9.0'],
])('a notice of %s that fixes %s, in core: %s, is about versions of %s', (topic, fixed, inCore, expected) => {
  expect(versionLine(topic, fixed, inCore)).toBe(expected);
});
