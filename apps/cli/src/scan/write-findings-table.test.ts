import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Catalogue } from '@esscm/sbom';
import { importPaths, readVex } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportFindings } from './report-findings.js';
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
  const { report, remarks } = await reportFindings(catalogue, { advisories: path.join(folder, 'db'), vex: [], digests: [], now: '2026-08-02T00:00:00Z' });
  expect(remarks).toEqual([]);
  expect(writeFindingsTable(report.result).split('\n')).toEqual([
    'SEVERITY  ID              PACKAGE  INSTALLED  FIX      CONFIDENCE',
    'high      CVE-2021-23337  lodash   4.17.20    4.17.21  high',
    '',
    '1 finding: 1 high',
    'The database has no advisories for debian 12; its packages were not judged. (1 package)',
    'Not judged: 1 package. No finding does not mean that there is none.',
    '',
  ]);
});

test('old advisories, VEX documents and exceptions are remarked on, and what they take out is counted', async () => {
  const vex = readVex(JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/1', author: 'Acme', timestamp: '2026-08-01T00:00:00Z', version: 1, statements: [{ vulnerability: { name: 'CVE-2021-23337' }, products: [{ '@id': 'pkg:npm/lodash' }], status: 'not_affected', justification: 'vulnerable_code_not_present' }, { status: 'fine' }] }), { location: 'vex.json' });
  const exceptions = path.join(folder, 'exceptions.yaml');
  await writeFile(exceptions, 'exceptions: [{vulnerability: CVE-2021-23337, reason: a}, {vulnerability: CVE-2021-23337, reason: b, expires: 2026-08-01}]');
  const options = { advisories: path.join(folder, 'db'), digests: [], exceptions, now: '2026-08-10T00:00:00Z' };
  const judged = await reportFindings(catalogue, { ...options, vex: [vex] });
  expect(judged.remarks).toEqual([
    'The advisories of npm are old; the oldest are of 2026-08-01. Update them with esscm advisories update.',
    'vex.json: 1 statement, 1 finding decided',
    'vex.json: left out: Statement 2: vulnerability: Invalid input',
    'The exception for CVE-2021-23337 fits no finding of this image.',
    'The exception for CVE-2021-23337 fits no finding of this image.',
  ]);
  expect(writeFindingsTable(judged.report.result).split('\n').slice(0, 2)).toEqual(['0 findings', 'Taken out by VEX documents: 1']);
  const excepted = await reportFindings(catalogue, { ...options, vex: [] });
  expect(excepted.remarks.slice(1)).toEqual(['The exception for CVE-2021-23337 ran out on 2026-08-01; 1 finding reported again.']);
  expect(writeFindingsTable(excepted.report.result).split('\n').slice(0, 2)).toEqual(['0 findings', 'Taken out by exceptions: 1']);
});

test('without a database the command says how to make one', async () => {
  await expect(reportFindings(catalogue, { advisories: path.join(folder, 'none'), vex: [], digests: [], now: '2026-08-02T00:00:00Z' })).rejects.toMatchObject({ name: 'CommandError', remedy: 'Make one with esscm advisories update or esscm advisories import.' });
});
