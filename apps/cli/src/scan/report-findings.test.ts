import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Catalogue } from '@esscm/sbom';
import { updateAdvisories } from '@esscm/vulnerabilities';
import { expect, onTestFinished, test } from 'vitest';
import { reportFindings } from './report-findings.js';

const catalogue: Catalogue = {
  formatVersion: 1,
  image: { name: 'example', digest: 'sha256:0', platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
  components: [],
  relationships: [],
  diagnostics: [],
  cataloguers: [],
};

const kev = pathToFileURL(path.resolve(import.meta.dirname, '../../demo/known_exploited_vulnerabilities.json')).href;

test('advisories that did not change are not old while the source is asked', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'esscm-report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const update = (now: string) => updateAdvisories(folder, { sources: ['kev'], feeds: { kev }, now, signal: new AbortController().signal });
  const remarks = async () => (await reportFindings(catalogue, { advisories: folder, vex: [], digests: [], now: '2026-08-10T12:00:00Z' })).remarks;
  expect(await update('2026-08-01T12:00:00Z')).toMatchObject([{ changed: true }]);
  expect(await remarks()).toEqual(['The advisories of kev are old; the oldest are of 2026-08-01. Update them with esscm advisories update.']);
  expect(await update('2026-08-10T06:00:00Z')).toMatchObject([{ changed: false }]);
  expect(await remarks()).toEqual([]);
});
