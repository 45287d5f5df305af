import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { matchComponents } from '../../matchers/match-components.js';
import { allRanges, serveFeeds, updatedFolder } from '../../testing/feed-server.js';

const fixture = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

test('releases are read as one source each, with what is not affected and what has no usable identifier left out by name', async () => {
  await using server = await serveFeeds({ '/cve_data_photon4.0.json': await fixture('cve_data_photon4.0.json'), '/cve_data_photon3.0.json': await fixture('cve_data_photon3.0.json') });
  await using folder = await updatedFolder({ photon: server.address });
  expect((await folder.update(['photon:3.0', 'photon:4.0'])).map((outcome) => [outcome.counts?.records, outcome.counts?.refused])).toEqual([[3, 0], [2, 1]]);
  expect(folder.refused.map((refused) => refused.name)).toEqual(['Re linux']);
  using database = await folder.open();
  expect(['CVE-2025-9086', 'CVE-2019-3828', 'UNK-1'].map((id) => allRanges(database, id))).toEqual([
    ['Photon OS:4.0 curl-devel: i0 f8.16.0-1.ph4', 'Photon OS:4.0 curl-libs: i0 f8.16.0-1.ph4', 'Photon OS:4.0 curl: i0 f8.16.0-1.ph4'],
    ['Photon OS:3.0 ansible: i0 f2.7.6-2.ph3'],
    ['Photon OS:3.0 curl-libs: i0 f0', 'Photon OS:4.0 curl-devel: i0 f0', 'Photon OS:4.0 curl-libs: i0 f0', 'Photon OS:4.0 curl: i0 f0'],
  ]);
  const component = { id: '1', ecosystem: 'rpm', name: 'curl-libs', version: '8.15.0-1.ph4', packageUrl: 'pkg:rpm/photon/curl-libs@8.15.0-1.ph4', source: { name: 'curl', version: '8.15.0-1.ph4' }, locations: [] };
  const { findings } = matchComponents({ components: [component], distribution: { id: 'photon', idLike: [], versionId: '4.0' } }, database);
  expect(findings.map((finding) => [finding.id, finding.severity, finding.fix.version])).toEqual([['CVE-2025-9086', { level: 'high', source: 'CVE-2025-9086' }, '8.16.0-1.ph4']]);
});

test.each<[string, string, string, string[]]>([
  ['without a fix yet', '{"cve_id":"CVE-2024-11111","pkg":"x","res_ver":"NA","status":"Open"}', 'CVE-2024-11111', ['Photon OS:5.0 x: i0']],
  ['fixed nobody says where', '{"cve_id":"CVE-2024-11111","pkg":"x","res_ver":"NA","status":"Fixed"}', 'CVE-2024-11111', []],
  ['of another source of identifiers', '{"cve_id":"BDSA-2025-0719","pkg":"krb5-devel","cve_score":7.5,"res_ver":"1.17-15.ph4","status":"Fixed"}', 'BDSA-2025-0719', ['Photon OS:5.0 krb5-devel: i0 f1.17-15.ph4']],
])('%s', async (_, row, id, expected) => {
  await using server = await serveFeeds({ '/cve_data_photon5.0.json': `[${row}]` });
  await using folder = await updatedFolder({ photon: server.address });
  await folder.update(['photon:5.0']);
  using database = await folder.open();
  expect(allRanges(database, id)).toEqual(expected);
});
