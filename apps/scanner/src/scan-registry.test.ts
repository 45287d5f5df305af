import { Secret } from '@esscm/registry-core';
import { createScanEngine, type ScanEngine } from '@esscm/scan-engine';
import type { ScanRecord } from '@esscm/store';
import { ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScannerFixture } from './scanner-fixture.support.test.js';
import type { RunningScanner } from './scanner.js';

const osRelease = 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n';
const packageOf = (name: string): string => `Package: ${name}\nStatus: install ok installed\nVersion: 1.0-1\nArchitecture: amd64\nMaintainer: Debian\n`;
const base = { 'etc/os-release': osRelease, 'var/lib/dpkg/status': packageOf('bash') };
const image = new ImageBuilder().layer(base).layer({ 'var/lib/dpkg/status': `${packageOf('bash')}\n${packageOf('curl')}` }).build();
const sibling = new ImageBuilder().layer(base).layer({ 'srv/app': 'new' }).build();

let fixture: ScannerFixture;
let registry: TestRegistry;
let engine: ScanEngine;
let scanner: RunningScanner;

beforeAll(async () => {
  registry = await TestRegistry.start({ authentication: { kind: 'basic', username: 'AWS', password: 'first' }, refusal: 'expired-403' });
  registry.add('shop', image, { tags: ['v1', 'again'] }).add('shop', sibling, { tags: ['sibling'] });
  fixture = await ScannerFixture.open();
  engine = createScanEngine({ facts: fixture.store.facts, workers: 1 });
  fixture.engine = (request) => engine.scan(request);
  let password = 'outdated';
  fixture.plugin.pullAccess = (_, { renew = false }) => {
    if (renew) password = 'first';
    const encoded = new Secret(Buffer.from(`AWS:${password}`).toString('base64'));
    return Promise.resolve({ host: 'registry.example', connectTo: registry.origin, authentication: { kind: 'basic', encoded } });
  };
  scanner = await fixture.start();
});

afterAll(async () => {
  await scanner.close();
  await engine[Symbol.asyncDispose]();
  await fixture.close();
  await registry[Symbol.asyncDispose]();
});

async function scan(tag: string): Promise<ScanRecord> {
  registry.requests.length = 0;
  const { id, organizationId } = await fixture.connect({ tag });
  await fixture.jobs.scans.add({ scanId: id, organizationId });
  return fixture.until(id, (row) => row.endedAt !== undefined);
}

const blobs = (): readonly string[] => registry.log.filter((entry) => entry.includes('/blobs/'));

test('an image is pulled with a credential renewed on the way, and its packages are stored', async () => {
  const result = await scan('v1');
  expect(result).toMatchObject({ state: 'succeeded', digest: image.descriptor.digest, componentCount: 2, progress: { layersDone: 2, layersTotal: 2 } });
  const { items } = await fixture.store.contents.components(fixture.organizationId, result.contentId ?? '', {}, { first: 10 });
  expect(items.map(({ name, locations }) => [name, locations[0]?.layerIndex])).toEqual([
    ['bash', 0],
    ['curl', 1],
  ]);
  const layers = await fixture.store.contents.layers(fixture.organizationId, result.contentId ?? '');
  expect(layers.map(({ diffId, componentCount }) => [diffId, componentCount])).toEqual(image.layers.map(({ diffId }) => [diffId, 1]));
});

test('the same digest under another tag is not pulled again', async () => {
  const result = await scan('again');
  expect(result).toMatchObject({ state: 'succeeded', digest: image.descriptor.digest, componentCount: 2 });
  expect(blobs().filter((entry) => image.layers.some(({ descriptor }) => entry.endsWith(descriptor.digest)))).toEqual([]);
});

test('an image on the same base reads only its own layer', async () => {
  const result = await scan('sibling');
  expect(result).toMatchObject({ state: 'succeeded', componentCount: 1, progress: { layersCached: 1, layersTotal: 2 } });
  expect(blobs().filter((entry) => entry.endsWith(sibling.layers[0]?.descriptor.digest ?? ''))).toEqual([]);
});

test('a tag that is gone says so', async () => {
  expect(await scan('gone')).toMatchObject({ state: 'failed', attempt: 1, failure: { code: 'not-found', heading: 'Repository not found' } });
});

test('a layer that was tampered with is not stored', async () => {
  registry.add('shop', new ImageBuilder().layer({ 'etc/os-release': `${osRelease}X=1\n` }).build(), { tags: ['tampered'] });
  registry.behaviour.corruptBlobs = true;
  const result = await scan('tampered');
  registry.behaviour.corruptBlobs = false;
  expect(result).toMatchObject({ state: 'failed', failure: { code: 'integrity', heading: 'The image is damaged' } });
  expect(result.contentId).toBeUndefined();
});
