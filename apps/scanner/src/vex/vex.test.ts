import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createDialPolicy } from '@esscm/oci-client';
import { PluginRegistry, type PluginHost } from '@esscm/registry-core';
import { readVexContent } from '@esscm/scan-engine/vex';
import type { FindingFilter } from '@esscm/store';
import { buildArtifact, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { scanResult } from '../results/scan-result.js';
import { catalogued, FakePlugin, matchOutcome, ScannerFixture } from '../scanner-fixture.support.test.js';
import { startVex, type RunningVex } from './start-vex.js';

/** A plugin whose variant lists what is attached, and whose registry is a real one. */
class AttachingPlugin extends FakePlugin {
  override get description() {
    const capabilities = { referrers: true };
    return { ...super.description, variants: [{ id: 'private', capabilities }] } as unknown as FakePlugin['description'];
  }
}

const bash = 'pkg:deb/debian/bash';
const openVex = (statements: readonly object[], changes: object = {}): string =>
  JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/vex/1', author: 'Vendor', timestamp: '2026-11-01T00:00:00Z', version: 1, statements, ...changes });
const notAffected = { vulnerability: { name: 'CVE-2026-1' }, status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' };
const host: PluginHost = { clock: { now: () => new Date() }, operatorSettings: {}, privateNetworks: [] };

let fixture: ScannerFixture;
let plugin: AttachingPlugin;
let running: RunningVex;

beforeAll(async () => {
  fixture = await ScannerFixture.open();
  plugin = new AttachingPlugin();
});
afterAll(() => fixture.close());
afterEach(async () => {
  await running.close();
  const { items } = await fixture.store.vex.list(fixture.organizationId, {}, { first: 100 });
  for (const { id } of items) await fixture.store.vex.delete(fixture.organizationId, id);
  const connections = await fixture.store.connections.list(fixture.organizationId, { first: 100 });
  for (const { id } of connections.items) await fixture.store.connections.delete(fixture.organizationId, id);
});

async function start(): Promise<void> {
  running = await startVex({
    store: fixture.store,
    jobs: fixture.jobs,
    plugins: new PluginRegistry([plugin]),
    host: () => host,
    dialer: createDialPolicy({ allowLoopback: true }),
    clock: { now: () => new Date() },
    log: fixture.log(),
  });
}

/** Stores a matched image of one bash under a digest. */
async function scanned(digest = `sha256:${'7'.repeat(64)}`, tag = 'v1') {
  const scan = await fixture.connect({ tag });
  const outcome = catalogued();
  const ended = await fixture.store.scans.complete(scan.id, scanResult({ ...outcome, digest: digest as typeof outcome.digest, matching: matchOutcome() }));
  return { imageId: scan.trackedImageId, connectionId: scan.connectionId, contentId: ended?.contentId ?? '' };
}

async function upload(statements: readonly object[], changes: object = {}) {
  const content = readVexContent(Buffer.from(openVex(statements, changes)), { location: 'vendor.json' });
  const { document } = await fixture.store.vex.put(fixture.organizationId, { ...content, source: 'uploaded', identity: content.documentId, name: 'vendor.json', location: 'vendor.json', addedBy: 'Ada' });
  return document;
}

const count = async (filter: FindingFilter, state: 'untriaged' | 'not_affected' | 'affected') => (await fixture.store.findings.count(fixture.organizationId, { ...filter, triage: { states: [state], at: new Date() } })).count;
/** Everything there is to do, done. */
async function settled(): Promise<void> {
  running.wake();
  for (;;) {
    // In this order: what is read raises the generation.
    if ((await fixture.store.vex.dueReadings(1)).length === 0 && (await fixture.store.vex.countBehind(fixture.organizationId)) === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a document', () => {
  test('is applied to stored images when it comes and taken back when it goes, without a pull', async () => {
    await start();
    const { imageId } = await scanned();
    const document = await upload([{ ...notAffected, products: [{ '@id': bash }] }]);
    await settled();
    expect([await count({ imageId }, 'not_affected'), await count({ imageId }, 'untriaged')]).toEqual([1, 0]);
    const { items } = await fixture.store.findings.list(fixture.organizationId, { imageId }, 'importance', { first: 5 });
    const [verdict] = await fixture.store.vex.verdictsOf(fixture.organizationId, items);
    expect(verdict).toEqual({
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      statedAt: '2026-11-01T00:00:00Z',
      reason: `It speaks of ${bash}.`,
      overruled: [],
      documentId: document.id,
      documentName: 'vendor.json',
      source: 'uploaded',
      author: 'Vendor',
    });
    await fixture.store.vex.delete(fixture.organizationId, document.id);
    await settled();
    expect(await count({ imageId }, 'untriaged')).toBe(1);
    expect(plugin.seen).toEqual([]);
  });

  test('is applied to an image that is scanned later, before its result is announced', async () => {
    await start();
    await upload([{ ...notAffected, products: [{ '@id': bash }] }]);
    const { imageId } = await scanned();
    await running.afterScan(imageId);
    expect(await count({ imageId }, 'not_affected')).toBe(1);
  });

  test('about one image says nothing of another, and counts before one about every image', async () => {
    await start();
    const [first, second] = [await scanned(), await scanned(`sha256:${'8'.repeat(64)}`, 'v2')];
    await upload([{ ...notAffected, products: [{ '@id': bash }] }]);
    const product = { '@id': 'pkg:oci/shop?repository_url=registry.example/shop&tag=v2', subcomponents: [{ '@id': bash }] };
    await upload([{ vulnerability: { name: 'CVE-2026-1' }, status: 'affected', action_statement: 'Update.', products: [product] }], { '@id': 'https://example.org/vex/2', timestamp: '2020-01-01T00:00:00Z' });
    await settled();
    expect([await count({ imageId: first.imageId }, 'not_affected'), await count({ imageId: second.imageId }, 'affected')]).toEqual([1, 1]);
  });

  test('without products that is attached to nothing applies to nothing', async () => {
    await start();
    const { imageId } = await scanned();
    const document = await upload([notAffected]);
    await settled();
    expect(await count({ imageId }, 'untriaged')).toBe(1);
    expect((await fixture.store.vex.effects(fixture.organizationId, [document.id])).get(document.id)).toMatchObject({ findings: 0, silentStatements: 1 });
  });
});

describe('an address', () => {
  /** A server whose answer a test changes. */
  async function serving(): Promise<{ readonly url: string; answer: { status: number; text: string }; readonly server: Server }> {
    const state = { answer: { status: 200, text: '' } };
    const server = createServer((_request, response) => response.writeHead(state.answer.status).end(state.answer.text));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    return Object.assign(state, { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/vex.json`, server });
  }

  test('is asked again when it is due; while it does not answer, what it said counts', async () => {
    await start();
    const { imageId } = await scanned();
    const served = await serving();
    const content = readVexContent(Buffer.from(openVex([{ ...notAffected, products: [{ '@id': bash }] }])), { location: served.url });
    const { document } = await fixture.store.vex.put(fixture.organizationId, { ...content, source: 'address', identity: served.url, name: 'vex.json', location: served.url, addedBy: 'Ada', nextCheckAt: new Date(0) });
    const look = async (isSo: (found: NonNullable<Awaited<ReturnType<typeof fixture.store.vex.find>>>) => boolean) => {
      running.wake();
      for (;;) {
        const found = await fixture.store.vex.find(fixture.organizationId, document.id);
        if (found !== undefined && isSo(found)) return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    served.answer = { status: 404, text: '' };
    const failed = await look(({ failures }) => failures === 1);
    expect(failed).toMatchObject({ failure: { code: 'not-found', remedy: 'Check the address.' }, statementCount: 1 });
    await settled();
    expect(await count({ imageId }, 'not_affected')).toBe(1);

    served.answer = { status: 200, text: openVex([{ vulnerability: { name: 'CVE-2026-1' }, status: 'affected', action_statement: 'Update.', products: [{ '@id': bash }] }], { version: 2 }) };
    await fixture.store.vex.recordCheck(document.id, { nextCheckAt: new Date(0) });
    await look(({ version }) => version === '2');
    await settled();
    expect(await count({ imageId }, 'affected')).toBe(1);
  });
});

describe('what is attached to an image', () => {
  test('counts in that image once its connection is trusted, however it is attached', async () => {
    await using registry = await TestRegistry.start();
    plugin.pullAccess = () => Promise.resolve({ host: 'registry.example', connectTo: `http://${registry.host}`, authentication: { kind: 'anonymous' } });
    const image = new ImageBuilder().layer({ a: 'x' }).build();
    registry.add('shop', image, { tags: ['v1'] });
    registry.attach('shop', image.descriptor, buildArtifact({ artifactType: 'application/vnd.openvex+json', payload: openVex([notAffected]), payloadMediaType: 'application/vnd.openvex+json', subject: image.descriptor }));
    registry.attach('shop', image.descriptor, buildArtifact({ artifactType: 'application/vnd.cyclonedx+json', payload: '{"bomFormat":"CycloneDX"}', payloadMediaType: 'application/vnd.cyclonedx+json', subject: image.descriptor }));
    await start();
    const { imageId, connectionId } = await scanned(image.descriptor.digest);
    await running.afterScan(imageId);
    expect(plugin.seen).toEqual([]);
    await fixture.store.vex.setTrust(fixture.organizationId, connectionId, 'Ada');
    await settled();
    const { items } = await fixture.store.vex.list(fixture.organizationId, { imageId }, { first: 5 });
    expect(items).toMatchObject([{ source: 'attached', author: 'Vendor', attachedTo: [image.descriptor.digest], location: expect.stringMatching(/^registry\.example\/shop@sha256:/) }]);
    expect(await count({ imageId }, 'not_affected')).toBe(1);
    await fixture.store.vex.setTrust(fixture.organizationId, connectionId, undefined);
    await settled();
    expect(await count({ imageId }, 'untriaged')).toBe(1);
  });

  test('is asked for later when the registry does not answer', async () => {
    plugin.pullAccess = () => Promise.reject(new Error('a fault of the plugin'));
    await start();
    const { connectionId } = await scanned(`sha256:${'6'.repeat(64)}`);
    await fixture.store.vex.setTrust(fixture.organizationId, connectionId, 'Ada');
    await settled();
    expect(fixture.logged.some((line) => line.includes('what is attached to an image could not be read'))).toBe(true);
    expect((await fixture.store.vex.list(fixture.organizationId, {}, { first: 5 })).items).toEqual([]);
  });
});
