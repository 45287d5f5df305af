import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createComponentMatcher, match, type ComponentMatcher } from '@esscm/scan-engine';
import { importPaths } from '@esscm/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scanResult } from '../results/scan-result.js';
import { catalogued, ScannerFixture } from '../scanner-fixture.support.test.js';
import { rematch } from './rematch.js';

let folder: string;
let fixture: ScannerFixture;
let matcher: ComponentMatcher;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rematch-'));
  fixture = await ScannerFixture.open();
  matcher = createComponentMatcher({ folder: path.join(folder, 'advisories') });
});

afterAll(async () => {
  await matcher[Symbol.asyncDispose]();
  await fixture.close();
  await rm(folder, { recursive: true });
});

/** A record about the source package of the image's bash. */
const record = (id: string, fixed: string, ecosystem = 'Debian:13', name = 'bash-source') => ({ id, modified: '2026-01-01T00:00:00Z', affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }] });

async function importRecords(name: string, records: readonly object[]): Promise<void> {
  for (const [index, each] of records.entries()) await writeFile(path.join(folder, `${name}-${index}.json`), JSON.stringify(each));
  await importPaths(path.join(folder, 'advisories'), records.map((_, index) => path.join(folder, `${name}-${index}.json`)), { signal: new AbortController().signal, now: new Date().toISOString(), allowShrink: true });
}

/** Stores an image of one bash, matched with what is at hand. */
async function scanned(digit: string) {
  const scan = await fixture.connect();
  const outcome = catalogued({ distribution: { id: 'debian', idLike: [], versionId: '13' } });
  const matching = await match(outcome.catalogue, matcher);
  await fixture.store.scans.complete(scan.id, scanResult({ ...outcome, digest: `sha256:${digit.repeat(64)}`, matching }));
  return scan.trackedImageId;
}

const run = () => rematch({ store: fixture.store, matcher, log: fixture.log() }, new AbortController().signal);
const findings = async () => (await fixture.store.findings.list(fixture.organizationId, {}, 'vulnerability', { first: 50 })).items.map(({ vulnerability, fixVersion }) => `${vulnerability} ${fixVersion}`);
const reasons = async (vulnerability: string) => [...new Set((await fixture.store.findings.events(fixture.organizationId, { vulnerability, kinds: ['resolved'] }, { first: 50 })).items.map(({ changes }) => changes?.reason?.[1] ?? 'no reason'))].toSorted();
const events = async () => (await fixture.store.findings.events(fixture.organizationId, {}, { first: 50 })).items.map(({ kind, vulnerability }) => `${kind} ${vulnerability}`).toSorted();

test('stored images are brought up to each generation of advisories, without anything being pulled', async () => {
  await scanned('1');
  await scanned('2');
  expect(await run()).toEqual({ contents: 0, whole: 0, events: 0 });

  // The first advisories: nothing could be judged before, so the whole catalogue is read, and nothing of it is news.
  await importRecords('debian', [record('CVE-2026-1', '6'), record('CVE-2026-2', '4')]);
  expect(await run()).toEqual({ contents: 2, whole: 2, events: 0 });
  expect(await findings()).toEqual(['CVE-2026-1 6', 'CVE-2026-1 6']);
  expect(await run()).toEqual({ contents: 0, whole: 0, events: 0 });

  // A record that changed concerns both, another package's concerns neither.
  await importRecords('debian', [record('CVE-2026-1', '7'), record('CVE-2026-2', '5.1'), record('CVE-2026-3', '9', 'Debian:13', 'zlib')]);
  expect(await run()).toEqual({ contents: 2, whole: 0, events: 4 });
  expect(await findings()).toEqual(['CVE-2026-1 7', 'CVE-2026-1 7', 'CVE-2026-2 5.1', 'CVE-2026-2 5.1']);
  expect(await events()).toEqual(['changed CVE-2026-1', 'changed CVE-2026-1', 'new CVE-2026-2', 'new CVE-2026-2']);

  // What the matcher would say now is what is stored.
  const fresh = await scanned('3');
  const [stored, made] = await Promise.all([{}, { imageId: fresh }].map(async (filter) => (await fixture.store.findings.list(fixture.organizationId, filter, 'vulnerability', { first: 50 })).items));
  expect(new Set(stored?.map(({ fingerprint }) => fingerprint))).toEqual(new Set(made?.map(({ fingerprint }) => fingerprint)));

  // One is taken back.
  await importRecords('debian', [record('CVE-2026-1', '7'), record('CVE-2026-2', '4'), record('CVE-2026-3', '9', 'Debian:13', 'zlib')]);
  expect(await run()).toEqual({ contents: 3, whole: 0, events: 3 });
  expect(await findings()).toEqual(['CVE-2026-1 7', 'CVE-2026-1 7', 'CVE-2026-1 7']);
  expect(await reasons('CVE-2026-2')).toEqual(['CVE-2026-2 says no longer that 5 is affected']);

  // One is withdrawn, one comes and is deleted.
  const [first, , third] = [record('CVE-2026-1', '7'), undefined, record('CVE-2026-3', '9', 'Debian:13', 'zlib')];
  await importRecords('debian', [first, record('CVE-2026-2', '5.1'), third]);
  await run();
  await importRecords('debian', [{ ...first, withdrawn: '2026-02-03T04:05:06Z' }, record('CVE-2026-9', '1', 'Debian:13', 'zlib'), third]);
  await run();
  expect(await findings()).toEqual([]);
  expect([await reasons('CVE-2026-1'), await reasons('CVE-2026-2')]).toEqual([['CVE-2026-1 was withdrawn on 2026-02-03'], ['CVE-2026-2 is published no longer', 'CVE-2026-2 says no longer that 5 is affected']]);
  await importRecords('debian', [first, record('CVE-2026-2', '4'), third]);
  await run();
});

test('a pass that was stopped goes on with the next; while one runs no other does', async () => {
  await importRecords('debian', [record('CVE-2026-1', '8')]);
  const stopped = new AbortController();
  stopped.abort(new Error('stopping'));
  await expect(rematch({ store: fixture.store, matcher, log: fixture.log() }, stopped.signal)).rejects.toThrow('stopping');
  await fixture.store.leases.take('rematch', 'another', 60_000);
  expect(await run()).toBeUndefined();
  await fixture.store.leases.release('rematch', 'another');
  expect(await run()).toMatchObject({ contents: 3, whole: 0 });
  expect(await findings()).toEqual(['CVE-2026-1 8', 'CVE-2026-1 8', 'CVE-2026-1 8']);
});

test('while newer advisories have come nothing is judged by them in the name of those before', async () => {
  await importRecords('debian', [record('CVE-2026-1', '9')]);
  const overtaken: ComponentMatcher = { ...matcher, judge: () => Promise.resolve(undefined) };
  expect(await rematch({ store: fixture.store, matcher: overtaken, log: fixture.log() }, new AbortController().signal)).toMatchObject({ events: 0 });
  expect(await findings()).toEqual(['CVE-2026-1 8', 'CVE-2026-1 8', 'CVE-2026-1 8']);
  expect(await run()).toEqual({ contents: 3, whole: 0, events: 3 });
  expect(await findings()).toEqual(['CVE-2026-1 9', 'CVE-2026-1 9', 'CVE-2026-1 9']);
});
