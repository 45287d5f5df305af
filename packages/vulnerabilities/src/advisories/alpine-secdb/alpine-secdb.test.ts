import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import { allRanges, serveFeeds, updatedFolder } from '../../testing/feed-server.js';

const fixture = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

function repository(packages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): string {
  return JSON.stringify({ distroversion: 'v3.16', reponame: 'main', packages: Object.entries(packages).map(([name, secfixes]) => ({ pkg: { name, secfixes } })) });
}

test('main and community of a branch are one source', async () => {
  await using server = await serveFeeds({ '/v3.16/main.json': await fixture('v3.16-main.json'), '/v3.16/community.json': await fixture('v3.16-community.json') });
  await using folder = await updatedFolder({ alpineSecdb: server.address, alpineRejections: server.address });
  expect(await folder.update(['alpine-secdb:v3.16'])).toMatchObject([{ changed: true, counts: { records: 3, refused: 0 } }]);
  using database = await folder.open();
  expect(['CVE-2018-11763', 'CVE-2019-9210'].flatMap((id) => allRanges(database, id))).toEqual(['Alpine:v3.16 apache2: i0 f2.4.35-r0', 'Alpine:v3.16 advancecomp: i0 f2.1-r2']);
  expect((await folder.update(['alpine-secdb:v3.16']))[0]?.changed).toBe(false);
});

test('a branch without main is named; one without community is read', async () => {
  await using server = await serveFeeds({ '/v3.10/main.json': (await fixture('v3.10-community.json')) });
  await using folder = await updatedFolder({ alpineSecdb: server.address, alpineRejections: server.address });
  const outcomes = await folder.update(['alpine-secdb:v3.10', 'alpine-secdb:v3.9']);
  expect(outcomes.map(({ source, counts, failure }) => [source, counts?.records, failure?.code, failure?.source])).toEqual([
    ['alpine-secdb:v3.10', 9, undefined, undefined],
    ['alpine-secdb:v3.9', undefined, 'download-failed', 'alpine-secdb:v3.9'],
  ]);
});

test('all branches the index names are one source, when none is asked for', async () => {
  await using server = await serveFeeds({
    '/': '<html><body><a href="../">../</a> <a href="v3.10/">v3.10/</a> <a href="v3.16/">v3.16/</a> <a href="last-update">last-update</a></body></html>',
    '/v3.10/main.json': await fixture('v3.10-community.json'),
    '/v3.16/main.json': repository({ botan: { '2.19-r0': ['CVE-2018-20187'] } }),
  });
  await using folder = await updatedFolder({ alpineSecdb: server.address, alpineRejections: server.address });
  expect(await folder.update(['alpine-secdb'])).toMatchObject([{ source: 'alpine-secdb', failure: undefined, counts: { records: 9 } }]);
  using database = await folder.open();
  expect(allRanges(database, 'CVE-2018-20187')).toEqual(['Alpine:v3.10 botan: i0 f2.9.0-r0', 'Alpine:v3.16 botan: i0 f2.19-r0']);
});

test('what was rejected, or fixed at 0, is not affected; several identifiers share a line; a second fix counts', async () => {
  await using server = await serveFeeds({
    '/v3.16/main.json': repository({
      dnsmasq: { '0': ['CVE-2021-33333'], '2.86-r1': ['CVE-2021-11111 CVE-2021-22222 (partial fix)', 'XSA-123'], '2.86-r4': ['CVE-2021-11111'] },
      nginx: { '1.20-r1': ['CVE-2020-12345'] },
    }),
    '/main.yaml': 'dnsmasq:\n  - CVE-2021-45951\nnginx:\n  - CVE-2020-12345\nodd: not-a-list\n',
  });
  await using folder = await updatedFolder({ alpineSecdb: server.address, alpineRejections: server.address });
  await folder.update(['alpine-secdb:v3.16']);
  expect(folder.refused.map((refused) => refused.name)).toEqual(['odd (rejected)']);
  using database = await folder.open();
  const component = { id: '1', ecosystem: 'apk', name: 'dnsmasq-common', version: '2.86-r2', packageUrl: 'pkg:apk/alpine/dnsmasq-common@2.86-r2', source: { name: 'dnsmasq', version: '2.86-r2' }, locations: [] };
  const { findings } = matchComponents({ components: [component], distribution: { id: 'alpine', idLike: [], versionId: '3.16.2' } }, database);
  expect(findings.map((finding) => [finding.id, finding.fix.version])).toEqual([['CVE-2021-11111', '2.86-r4']]);
  expect(['CVE-2021-22222', 'XSA-123', 'CVE-2021-33333', 'CVE-2021-45951', 'CVE-2020-12345'].flatMap((id) => allRanges(database, id))).toEqual([
    'Alpine:v3.16 dnsmasq: i0 f2.86-r1',
    'Alpine:v3.16 dnsmasq: i0 f2.86-r1',
    'Alpine:v3.16 dnsmasq: i0 f0',
    'Alpine:v3.16 dnsmasq: i0 f0',
    'Alpine:v3.16 nginx: i0 f1.20-r1',
  ]);
});
