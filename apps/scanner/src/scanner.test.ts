import { OciError } from '@esscm/oci-client';
import { RegistryError } from '@esscm/registry-core';
import type { ScanRequest } from '@esscm/scan-engine';
import type { ScanRecord } from '@esscm/store';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { catalogued, matchOutcome, digest, ScannerFixture, secret } from './scanner-fixture.support.test.js';
import type { RunningScanner } from './scanner.js';

let fixture: ScannerFixture;
let scanner: RunningScanner | undefined;

beforeAll(async () => {
  fixture = await ScannerFixture.open();
});
afterAll(() => fixture.close());
beforeEach(() => {
  fixture.engine = () => Promise.resolve(catalogued());
  fixture.plugin.seen.length = 0;
  fixture.changes.length = 0;
});
afterEach(async () => {
  await scanner?.close();
  scanner = undefined;
  // One content for all would let each test find what the one before it stored.
  const { items } = await fixture.store.connections.list(fixture.organizationId, { first: 100 });
  for (const { id } of items) await fixture.store.connections.delete(fixture.organizationId, id);
});

const ended = (scan: ScanRecord): boolean => scan.endedAt !== undefined;
const add = (scan: ScanRecord): Promise<void> => fixture.jobs.scans.add({ scanId: scan.id, organizationId: scan.organizationId });

/** An engine that says when it was called and goes on until its signal is aborted. */
function endlessEngine() {
  const { promise: called, resolve } = Promise.withResolvers<ScanRequest>();
  fixture.engine = (request) => {
    resolve(request);
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(new OciError({ code: 'cancelled', message: 'The pull was cancelled.' })), { once: true });
    });
  };
  return called;
}

describe('a scan that goes well', () => {
  test('is stored whole, with the stages it went through', async () => {
    fixture.engine = (request) => {
      request.onProgress?.({ stage: 'pull', layersDone: 1, layersTotal: 1, layersCached: 0, bytesDone: 900, bytesTotal: 1000 });
      return Promise.resolve(catalogued());
    };
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const result = await fixture.until(scan.id, ended);
    expect(result).toMatchObject({ state: 'succeeded', attempt: 1, digest, componentCount: 1, progress: { layersDone: 1, bytesDone: 900, bytesTotal: 1000 } });
    expect(result.progress.stages.map(({ stage }) => stage)).toEqual(['resolve', 'pull', 'store']);
    const contentId = result.contentId ?? '';
    expect(await fixture.store.contents.find(fixture.organizationId, contentId)).toMatchObject({ platform: 'linux/arm64/v8', distributionName: 'Debian 13' });
    const { items } = await fixture.store.contents.components(fixture.organizationId, contentId, {}, { first: 10 });
    expect(items).toMatchObject([{ name: 'bash', sourceName: 'bash-source', sourceVersion: '5' }]);
    expect(JSON.parse((await fixture.store.contents.readCatalogue(fixture.organizationId, contentId)) ?? '')).toEqual(catalogued().catalogue);
  });

  test('says what it did, line by line, and nothing secret', async () => {
    fixture.engine = async (request) => {
      const counts = { layersTotal: 2, layersCached: 1, bytesTotal: 1_000_000 };
      request.onProgress?.({ stage: 'pull', layersDone: 1, bytesDone: 0, ...counts });
      request.onProgress?.({ stage: 'pull', layersDone: 2, bytesDone: 1_000_000, ...counts });
      request.onProgress?.({ stage: 'match', layersDone: 2, bytesDone: 0, ...counts });
      return { ...catalogued({ diagnostics: [{ code: 'x', severity: 'incomplete', message: 'half a\ndatabase', path: '/var/lib/dpkg' }] }), matching: matchOutcome() };
    };
    const scan = await fixture.connect();
    scanner = await fixture.start();
    await fixture.until(scan.id, ended);
    const lines = await fixture.store.scanLogs.read(fixture.organizationId, scan.id, 0);
    expect(lines.map(({ stage, level, text }) => [stage, level, text])).toEqual([
      ['resolve', 'info', 'Attempt 1: asking the registry for registry.example/shop:v1'],
      ['pull', 'info', '1 layer to read, 1.0 MB to download; 1 layer known from earlier scans'],
      ['pull', 'info', '2 of 2 layers read, 1.0 MB of 1.0 MB'],
      ['match', 'info', '1 component found, Debian 13'],
      ['match', 'warning', '/var/lib/dpkg: half a database'],
      ['match', 'info', '1 finding, advisories of 2026-11-23T06:00:00.000Z (first)'],
      ['store', 'info', 'Storing the result'],
      ['store', 'warning', 'Ended: the image shows a result of which something is missing'],
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('uses the stored credential once and closes the connection', async () => {
    const scan = await fixture.connect();
    scanner = await fixture.start();
    await fixture.until(scan.id, ended);
    expect(fixture.plugin.seen).toEqual([`configure private key {"region":"eu","key":"${secret}"}`, 'pullAccess shop', 'disposed']);
    expect(fixture.logged.join('')).not.toContain(secret);
    expect(JSON.stringify(fixture.changes)).not.toContain(secret);
  });

  test('announces every change with a growing sequence, after the row has it', async () => {
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const result = await fixture.until(scan.id, ended);
    const sequences = fixture.changes.filter((change) => change.scanId === scan.id).map((change) => change.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(sequences.at(-1)).toBe(result.sequence);
  });

  test('waits while the queue is paused, also when the queue lost that it is, and runs when it is resumed', async () => {
    const ada = { organizationId: fixture.organizationId, userId: 'user', userName: 'Ada' };
    await fixture.store.scanPauses.pause(ada);
    const begun: string[] = [];
    fixture.engine = async () => {
      begun.push((await fixture.store.scanPauses.holds()) ? 'while paused' : 'after');
      return catalogued();
    };
    const scan = await fixture.connect();
    scanner = await fixture.start();
    expect(await fixture.jobs.scans.counts()).toMatchObject({ waiting: 1, active: 0 });
    // A queue that lost its pause offers the job; the row refuses it.
    await fixture.jobs.scans.resume();
    await vi.waitFor(async () => expect(await fixture.jobs.scans.counts()).toMatchObject({ waiting: 0, active: 0, delayed: 1 }), { timeout: 10_000 });
    expect(await fixture.store.scans.find(fixture.organizationId, scan.id)).toMatchObject({ state: 'queued', attempt: 0 });
    await fixture.store.scanPauses.resume(ada);
    expect(await fixture.until(scan.id, ended)).toMatchObject({ state: 'succeeded', attempt: 1 });
    expect(begun).toEqual(['after']);
  });

  test('is partial when components may be missing', async () => {
    fixture.engine = () => Promise.resolve(catalogued({ diagnostics: [{ code: 'dpkg-x', severity: 'incomplete', message: 'half a database' }] }));
    const scan = await fixture.connect();
    scanner = await fixture.start();
    expect(await fixture.until(scan.id, ended)).toMatchObject({ state: 'partial', diagnostics: [{ code: 'dpkg-x', severity: 'incomplete', message: 'half a database' }] });
  });

  test('takes what is stored for a known digest, without cataloguing again', async () => {
    const first = await fixture.connect();
    scanner = await fixture.start();
    const { contentId } = await fixture.until(first.id, ended);
    fixture.engine = async (request) => {
      expect(await request.known?.(digest, 'dpkg@2')).toBe(false);
      expect(await request.known?.(digest, 'dpkg@1')).toBe(true);
      return { kind: 'known', digest, catalogueVersion: 'dpkg@1' };
    };
    const second = await fixture.connect();
    await add(second);
    expect(await fixture.until(second.id, ended)).toMatchObject({ state: 'succeeded', contentId, componentCount: 1 });
  });

  test('stores what was matched together with the packages, and what a later match needs', async () => {
    fixture.engine = () => Promise.resolve({ ...catalogued(), matching: matchOutcome() });
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const { contentId = '' } = await fixture.until(scan.id, ended);
    const { items } = await fixture.store.findings.list(fixture.organizationId, {}, 'importance', { first: 10 });
    expect(items.filter((item) => item.imageId === scan.trackedImageId)).toMatchObject([{ vulnerability: 'CVE-2026-1', packageName: 'bash', packageVersion: '5.2', layerIndex: 0 }]);
    expect((await fixture.store.findings.matchingsOf(fixture.organizationId, [contentId])).get(contentId)).toMatchObject({ state: 'matched', revision: 'first', counts: { high: 1 } });
  });

  test('matches a known digest again only when there are other advisories', async () => {
    fixture.engine = () => Promise.resolve({ ...catalogued(), matching: matchOutcome() });
    const first = await fixture.connect();
    scanner = await fixture.start();
    const { contentId = '' } = await fixture.until(first.id, ended);
    fixture.engine = async (request) => {
      await request.known?.(digest, 'dpkg@1');
      return { kind: 'known', digest, catalogueVersion: 'dpkg@1' };
    };
    const before = fixture.matched.length;
    const scanAgain = async () => {
      const scan = await fixture.connect();
      await add(scan);
      await fixture.until(scan.id, ended);
      return [fixture.matched.length - before, (await fixture.store.findings.matchingsOf(fixture.organizationId, [contentId])).get(contentId)?.revision];
    };
    expect(await scanAgain()).toEqual([0, 'first']);
    fixture.revision = 'second';
    expect(await scanAgain()).toEqual([1, 'second']);
    expect(fixture.matched.slice(before)).toMatchObject([{ distribution: { id: 'debian' }, components: [{ id: 'pkg:deb/debian/bash@5.2', source: { name: 'bash-source', version: '5' } }] }]);
    expect(await scanAgain()).toEqual([1, 'second']);
  });

  test('asks for the pinned digest and the chosen platform', async () => {
    const requests: ScanRequest[] = [];
    fixture.engine = (request) => {
      requests.push(request);
      return Promise.resolve(catalogued());
    };
    const scan = await fixture.connect({ pinnedDigest: digest, platform: 'linux/arm64/v8' });
    scanner = await fixture.start();
    await fixture.until(scan.id, ended);
    expect(requests.map(({ source, platform, image }) => ({ description: source.description, platform, image }))).toEqual([
      { description: `registry.example/shop@${digest}`, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }, image: { name: 'registry.example/shop', tag: 'v1' } },
    ]);
  });
});

describe('a scan that fails', () => {
  test('for a reason that stays ends at once, with what to do', async () => {
    fixture.engine = () => Promise.reject(new OciError({ code: 'denied', message: 'Not allowed.', upstreamCode: 'DENIED', requestId: 'r-1' }));
    const scan = await fixture.connect();
    scanner = await fixture.start();
    expect(await fixture.until(scan.id, ended)).toMatchObject({
      state: 'failed',
      attempt: 1,
      failure: { code: 'access-denied', heading: 'Access denied', message: 'Not allowed.', upstreamCode: 'DENIED', requestId: 'r-1', retryable: false },
    });
  });

  test('for a passing reason is tried again', async () => {
    let calls = 0;
    fixture.engine = () => {
      calls += 1;
      return calls === 1 ? Promise.reject(new OciError({ code: 'unreachable', message: 'No route.' })) : Promise.resolve(catalogued());
    };
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const result = await fixture.until(scan.id, ended);
    expect(result).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(result.failure).toBeUndefined();
  });

  test('at the last attempt ends with the failure', async () => {
    fixture.engine = () => Promise.reject(new OciError({ code: 'throttled', message: 'Slow down.' }));
    const scan = await fixture.connect();
    scanner = await fixture.start();
    expect(await fixture.until(scan.id, ended)).toMatchObject({ state: 'failed', attempt: 2, failure: { code: 'throttled', retryable: true } });
  });

  test('because the plugin refuses shows the words of the plugin', async () => {
    fixture.plugin.pullAccess = () =>
      Promise.reject(new RegistryError({ kind: 'invalid-credentials', heading: 'Credentials verification failed', message: 'The key is inactive.', remedy: 'Activate it.' }));
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const { failure } = await fixture.until(scan.id, ended);
    expect(failure).toEqual({ code: 'invalid-credentials', heading: 'Credentials verification failed', message: 'The key is inactive.', remedy: 'Activate it.', retryable: false });
    expect(fixture.plugin.seen.at(-1)).toBe('disposed');
    fixture.plugin.pullAccess = () => Promise.resolve({ host: 'registry.example', authentication: { kind: 'anonymous' } });
  });
});

test('a pull that fails is worded by the plugin when it knows better', async () => {
  fixture.engine = () => Promise.reject(new OciError({ code: 'denied', message: 'Not allowed.' }));
  fixture.plugin.explainPullFailure = (cause, target) =>
    new RegistryError({ kind: 'access-denied', heading: 'Access denied', message: `Ask for ${target.repository}:${target.reference}.`, remedySnippet: '{}', cause });
  const scan = await fixture.connect();
  scanner = await fixture.start();
  const { failure } = await fixture.until(scan.id, ended);
  fixture.plugin.explainPullFailure = () => undefined;
  expect(failure).toEqual({ code: 'access-denied', heading: 'Access denied', message: 'Ask for shop:v1.', remedySnippet: '{}', retryable: false });
});

describe('a scan that is stopped', () => {
  test('by its user ends as cancelled, and its engine hears of it', async () => {
    const called = endlessEngine();
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const { signal } = await called;
    const cancelled = await fixture.store.scans.cancel(fixture.organizationId, scan.id);
    await fixture.jobs.scans.cancel(scan.id);
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
    await scanner.close();
    expect(await fixture.store.scans.find(fixture.organizationId, scan.id)).toEqual(cancelled);
  });

  test('by a row that ended, though the message was lost, stops at its next progress', async () => {
    const called = endlessEngine();
    const scan = await fixture.connect();
    scanner = await fixture.start();
    const { signal, onProgress } = await called;
    await fixture.store.scans.cancel(fixture.organizationId, scan.id);
    onProgress?.({ stage: 'pull', layersDone: 0, layersTotal: 1, layersCached: 0, bytesDone: 1, bytesTotal: 2 });
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
    expect(await fixture.store.scans.find(fixture.organizationId, scan.id)).toMatchObject({ state: 'cancelled' });
  });

  test('by the end of the process goes on with the next one', async () => {
    const called = endlessEngine();
    const scan = await fixture.connect();
    scanner = await fixture.start();
    await called;
    await scanner.close();
    expect(await fixture.store.scans.find(fixture.organizationId, scan.id)).toMatchObject({ state: 'queued', failure: { code: 'interrupted' } });
    fixture.engine = () => Promise.resolve(catalogued());
    scanner = await fixture.start();
    expect(await fixture.until(scan.id, ended)).toMatchObject({ state: 'succeeded', attempt: 2 });
  });

  test('before it began is left alone', async () => {
    const scan = await fixture.connect();
    const cancelled = await fixture.store.scans.cancel(fixture.organizationId, scan.id);
    await add(scan);
    const other = await fixture.connect();
    await add(other);
    scanner = await fixture.start();
    await fixture.until(other.id, ended);
    expect(await fixture.store.scans.find(fixture.organizationId, scan.id)).toEqual(cancelled);
  });
});

test('a start puts every unfinished scan on the queue, once', async () => {
  const scans = [await fixture.connect(), await fixture.connect(), await fixture.connect()];
  let calls = 0;
  fixture.engine = () => {
    calls += 1;
    return Promise.resolve(catalogued());
  };
  await add(scans[0]!);
  scanner = await fixture.start();
  for (const { id } of scans) await fixture.until(id, ended);
  expect(calls).toBe(3);
});
