import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createComponentMatcher, type ComponentMatcher } from '@esscm/scan-engine';
import { importPaths } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogued, ScannerFixture } from '../scanner-fixture.support.test.js';
import { rematch } from './rematch.js';

let folder: string;
let fixture: ScannerFixture;
let matcher: ComponentMatcher;
let contentId: string;

const python = { id: 'CVE-2026-7', affected: [{ package: { ecosystem: 'PyPI', name: 'pyyaml' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '6' }] }] }] };
const aboutAnother = (id: string, ecosystem: string) => ({ id, affected: [{ package: { ecosystem, name: 'another' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9' }] }] }] });
const baseos = aboutAnother('CVE-2026-1', 'Red Hat:enterprise_linux:9::baseos');
const release = aboutAnother('CVE-2026-2', 'Red Hat:enterprise_linux:9');

/** Makes a generation of these records and no others, and brings results up to it. */
async function bring(...records: readonly { readonly id: string }[]): Promise<string[]> {
  const source = path.join(folder, 'made');
  await rm(source, { recursive: true, force: true });
  await mkdir(source);
  for (const record of records) await writeFile(path.join(source, `${record.id}.json`), JSON.stringify({ modified: '2026-01-01T00:00:00Z', ...record }));
  await importPaths(path.join(folder, 'advisories'), [source], { signal: new AbortController().signal, now: new Date().toISOString(), allowShrink: true });
  await rematch({ store: fixture.store, matcher, log: fixture.log() }, new AbortController().signal);
  return said();
}

/** Why findings of the image were resolved, oldest first. */
async function reasons(): Promise<(string | undefined)[]> {
  const { items } = await fixture.store.findings.events(fixture.organizationId, { kinds: ['resolved'] }, { first: 50 });
  return items.toReversed().map(({ changes }) => changes?.reason?.[1]);
}

/** What is stored of the image: its state, its notices, and what was found. */
async function said(): Promise<string[]> {
  const matching = (await fixture.store.findings.matchingsOf(fixture.organizationId, [contentId])).get(contentId);
  const { items } = await fixture.store.findings.list(fixture.organizationId, {}, 'vulnerability', { first: 50 });
  return [matching?.state ?? '', ...(matching?.notices ?? []).map(({ code }) => code), ...items.map(({ vulnerability }) => vulnerability)];
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rematch-ecosystems-'));
  fixture = await ScannerFixture.open();
  matcher = createComponentMatcher({ folder: path.join(folder, 'advisories') });
  await bring(baseos, python);
  const plain = { licences: [], locations: [], cataloguer: 'made' };
  const owner = { ...plain, id: 'owner', ecosystem: 'rpm' as const, name: 'python3-pyyaml', version: '5.4.1-6.el9', packageUrl: 'pkg:rpm/redhat/python3-pyyaml@5.4.1-6.el9' };
  const inside = { ...plain, id: 'inside', ecosystem: 'pypi' as const, name: 'pyyaml', version: '5.4.1', packageUrl: 'pkg:pypi/pyyaml@5.4.1', ownedBy: owner.id };
  const outcome = catalogued({ distribution: { id: 'rhel', idLike: [], versionId: '9.4' }, components: [owner, inside] });
  contentId = await fixture.connectScanned(outcome, matcher);
});

afterAll(async () => {
  await matcher[Symbol.asyncDispose]();
  await fixture.close();
  await rm(folder, { recursive: true });
});

test('an image that asks for nothing that changed is judged again when an ecosystem came or went that tells what silence means', async () => {
  // Fixes of one repository are not all that Red Hat knows: its silence about what is inside its package says nothing.
  expect(await said()).toEqual(['matched', 'fixes-only', 'CVE-2026-7']);
  // With the first statement about the release it does, though no package of the image is named.
  expect(await bring(baseos, python, release)).toEqual(['matched']);
  expect(await bring(baseos, python)).toEqual(['matched', 'fixes-only', 'CVE-2026-7']);
  // The last word about Python packages goes: none is judged any longer, and the result says so.
  expect(await bring(baseos)).toEqual(['partial', 'fixes-only', 'no-advisories-for-ecosystem']);
  // What concerns others does not touch it.
  expect(await bring(baseos, aboutAnother('CVE-2026-3', 'Debian:12'))).toEqual(['partial', 'fixes-only', 'no-advisories-for-ecosystem']);
  expect(await bring(release, python)).toEqual(['matched']);
  // Each time the image was matched whole, and what was found no longer says why.
  expect(await reasons()).toEqual(['Part of python3-pyyaml 5.4.1-6.el9; its distribution, which lists all it knows, does not name CVE-2026-7', 'this server holds no advisories about PyPI any longer']);
});
