import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Catalogue } from '@esscm/sbom';
import { importPaths } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchFindings, reachesSeverity } from './match-findings.js';
import { writeFindingsTable } from './write-findings-table.js';

const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

const component = (ecosystem: 'npm' | 'deb', name: string, version: string): Catalogue['components'][number] => ({
  id: `pkg:${ecosystem}/${name}@${version}`, ecosystem, name, version, packageUrl: `pkg:${ecosystem}/${name}@${version}`, licences: [], locations: [], cataloguer: 'test',
});

const catalogue: Catalogue = {
  formatVersion: 1,
  image: { name: 'example', digest: 'sha256:0', platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
  distribution: { id: 'debian', idLike: [], versionId: '12' },
  components: [component('npm', 'lodash', '4.17.20'), component('deb', 'bash', '5.2.15-2')],
  relationships: [],
  diagnostics: [],
  cataloguers: [],
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'findings-'));
  await writeFile(path.join(folder, 'npm.json'), JSON.stringify(record));
  await importPaths(path.join(folder, 'db'), [path.join(folder, 'npm.json')], { now: '2026-08-01T00:00:00Z', signal: new AbortController().signal });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('findings of a catalogue as a table, with what was not judged', async () => {
  const result = await matchFindings(catalogue, path.join(folder, 'db'));
  expect(writeFindingsTable(result).split('\n')).toEqual([
    'SEVERITY  ID              PACKAGE  INSTALLED  FIX      CONFIDENCE',
    'high      CVE-2021-23337  lodash   4.17.20    4.17.21  high',
    '',
    '1 finding: 1 high',
    'The database has no advisories for debian 12; its packages were not judged. (1 package)',
    '',
  ]);
  expect([reachesSeverity(result, 'critical'), reachesSeverity(result, 'high'), reachesSeverity(result, 'low')]).toEqual([false, true, true]);
});

test('without a database the command says how to make one', async () => {
  await expect(matchFindings(catalogue, path.join(folder, 'none'))).rejects.toMatchObject({ name: 'CommandError', remedy: 'Make one with esscm advisories update or esscm advisories import.' });
});
