import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import { allRanges, serveFeeds, updatedFolder } from '../../testing/feed-server.js';

const fixture = await readFile(path.join(import.meta.dirname, 'fixtures/mariner-truncated-2.0-oval.xml'), 'utf8');

test('definitions are read with their tests, objects and states', async () => {
  await using server = await serveFeeds({ '/cbl-mariner-2.0-oval.xml': fixture });
  await using folder = await updatedFolder({ azureLinux: server.address });
  expect((await folder.update(['azure-linux-oval:2.0']))[0]).toMatchObject({ failure: undefined, counts: { records: 5, refused: 0 } });
  using database = await folder.open();
  expect(['CVE-2023-29404', 'CVE-2023-0687', 'CVE-2023-21980', 'CVE-2022-3736'].map((id) => allRanges(database, id))).toEqual([
    ['Azure Linux:2 golang: i0:1.19.0.cm2 f0:1.20.7-1.cm2'],
    // Not applicable: the package never had it.
    ['Azure Linux:2 glibc: i0 f0'],
    ['Azure Linux:2 mysql: i0 f0:8.0.33-1.cm2'],
    // No patch yet.
    ['Azure Linux:2 bind: i0'],
  ]);
  const component = { id: '1', ecosystem: 'rpm', name: 'mysql-libs', version: '8.0.32-1.cm2', packageUrl: 'pkg:rpm/mariner/mysql-libs@8.0.32-1.cm2', source: { name: 'mysql', version: '8.0.32-1.cm2' }, locations: [] };
  const { findings } = matchComponents({ components: [component], distribution: { id: 'mariner', idLike: [], versionId: '2.0' } }, database);
  expect(findings.map((finding) => [finding.id, finding.severity.level, finding.fix.version])).toEqual([
    ['CVE-2023-21980', 'high', '8.0.33-1.cm2'],
    ['CVE-2023-21977', 'medium', '8.0.33-1.cm2'],
  ]);
});

test('one definition without its test is left out by name; a document that ends early is refused', async () => {
  await using server = await serveFeeds({ '/cbl-mariner-2.0-oval.xml': fixture.replace('test_ref="oval:com.microsoft.cbl-mariner:tst:13348000"', 'test_ref="none"') });
  await using folder = await updatedFolder({ azureLinux: server.address });
  expect((await folder.update(['azure-linux-oval:2.0']))[0]?.counts).toMatchObject({ records: 4, refused: 1 });
  expect(folder.refused).toEqual([{ name: 'oval:com.microsoft.cbl-mariner:def:13348', reason: 'The test none is not in the document.' }]);
  server.routes['/cbl-mariner-2.0-oval.xml'] = fixture.slice(0, 5_000);
  expect((await folder.update(['azure-linux-oval:2.0']))[0]?.failure).toMatchObject({ code: 'feed-malformed', source: 'azure-linux-oval:2.0' });
});

const whole = [path.join(import.meta.dirname, '../../../../../../shared/advisories/native/azurelinux-3.0-oval.xml.gz')].filter((file) => existsSync(file));

test('the whole document of Azure Linux 3, when it is at hand', async () => {
  for (const file of whole) {
    await using server = await serveFeeds({ '/azurelinux-3.0-oval.xml': gunzipSync(await readFile(file)) });
    await using folder = await updatedFolder({ azureLinux: server.address });
    // 1,222 definitions by `grep -c '<definition '`.
    expect((await folder.update(['azure-linux-oval:3.0']))[0]?.counts).toMatchObject({ records: 1_222, refused: 0 });
  }
});
