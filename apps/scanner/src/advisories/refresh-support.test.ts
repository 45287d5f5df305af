import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createComponentMatcher, type ComponentMatcher } from '@esscm/scan-engine';
import { mirroredFeeds, updateAdvisories } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogued, ScannerFixture } from '../scanner-fixture.support.test.js';
import { createSupportRefresh } from './refresh-support.js';

let folder: string;
let fixture: ScannerFixture;
let matcher: ComponentMatcher;
let contentId: string;
let today = '2026-01-01';

/** As https://endoflife.date/api/v1 has them; the days are of this test. */
async function bringDates(debian: string, nodejs: string): Promise<void> {
  const release = (name: string, eolFrom: string) => ({ name, label: name, isEol: false, eolFrom });
  const products = [
    { name: 'debian', aliases: [], identifiers: [], releases: [release('13', debian)] },
    { name: 'nodejs', aliases: [], identifiers: [], releases: [release('20', nodejs)] },
  ];
  await writeFile(path.join(folder, 'mirror', 'end-of-life.json'), JSON.stringify({ result: products }));
  const [outcome] = await updateAdvisories(path.join(folder, 'advisories'), { sources: ['end-of-life'], feeds: mirroredFeeds(pathToFileURL(`${folder}/mirror/`).href), now: new Date().toISOString(), signal: AbortSignal.timeout(60_000) });
  expect(outcome?.failure).toBeUndefined();
}

const notices = async (): Promise<string[]> => {
  const matching = (await fixture.store.findings.matchingsOf(fixture.organizationId, [contentId])).get(contentId);
  return (matching?.notices ?? []).map(({ code, message, componentCount }) => `${code} ${componentCount}: ${message}`);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'refresh-support-'));
  await mkdir(path.join(folder, 'mirror'));
  fixture = await ScannerFixture.open();
  matcher = createComponentMatcher({ folder: path.join(folder, 'advisories') });
  await bringDates('2030-06-10', '2030-04-30');
  const plain = { licences: [], locations: [], cataloguer: 'made' };
  const outcome = catalogued({
    distribution: { id: 'debian', idLike: [], versionId: '13' },
    components: [
      { ...plain, id: '1', ecosystem: 'deb', name: 'bash', version: '5.2', packageUrl: 'pkg:deb/debian/bash@5.2' },
      { ...plain, id: '2', ecosystem: 'deb', name: 'zlib1g', version: '1.3', packageUrl: 'pkg:deb/debian/zlib1g@1.3' },
      { ...plain, id: '3', ecosystem: 'generic', name: 'node', version: '20.11.1', packageUrl: 'pkg:generic/node@20.11.1' },
    ],
  });
  contentId = await fixture.connectScanned(outcome, matcher);
});

afterAll(async () => {
  await matcher[Symbol.asyncDispose]();
  await fixture.close();
  await rm(folder, { recursive: true });
});

test('stored results say what is supported no more as days pass and dates change, with nothing matched again', async () => {
  const refresh = createSupportRefresh({ store: fixture.store, matcher, clock: { now: () => new Date(`${today}T12:00:00Z`) }, log: fixture.log() });
  const run = () => refresh(new AbortController().signal);
  const first = await notices();
  expect(first.map((notice) => notice.split(' ')[0])).toEqual(['no-advisories-for-ecosystem', 'no-advisories-for-ecosystem']);
  expect([await run(), await run()]).toEqual([0, undefined]);

  today = '2030-04-30';
  expect([await run(), await notices()]).toEqual([1, [...first, 'runtime-unsupported 1: nodejs 20 is no longer supported, since 2030-04-30.']]);
  today = '2030-06-10';
  const ended = 'distribution-unsupported 2: debian 13 is no longer supported, since 2030-06-10; vulnerabilities found since may be missing here and will not be fixed.';
  expect([await run(), await notices()]).toEqual([1, [...first, ended, 'runtime-unsupported 1: nodejs 20 is no longer supported, since 2030-04-30.']]);

  // Support was prolonged: the notice goes on the same day.
  await bringDates('2030-06-10', '2031-04-30');
  expect([await run(), await run(), await notices()]).toEqual([1, undefined, [...first, ended]]);
  // A clock that jumps back takes nothing for ended that has not.
  today = '2029-01-01';
  expect([await run(), await notices()]).toEqual([1, first]);
});
