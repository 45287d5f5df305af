import { createHash } from 'node:crypto';
import { createRegistryImageSource, createDialPolicy, RegistryClient } from '@esscm/oci-client';
import type { ImageSource } from '@esscm/oci-client';
import type { Catalogue, FactStore } from '@esscm/sbom';
import { ImageBuilder, TestRegistry, whiteout } from '@esscm/testkit';
import type { BuiltImage } from '@esscm/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScanEngine } from './scan-engine.js';
import type { ScanEngine } from './scan-engine.js';
import type { ScanEngineProgress, ScanScope } from './scan-request.js';

const dpkg = (...packages: readonly (readonly [name: string, version: string])[]) =>
  packages.map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\nArchitecture: amd64\n`).join('\n');

const osRelease = 'ID=debian\nVERSION_ID="12"\n';

/** A base with two packages, and an application on it that upgrades one and removes a file. */
const base = (labels: Readonly<Record<string, string>> = {}) =>
  new ImageBuilder({ config: { Labels: labels } }).layer(
    { 'etc/os-release': osRelease, 'var/lib/dpkg/status': dpkg(['libc6', '2.36-9'], ['zlib1g', '1:1.2.13']), 'tmp/left': 'x' },
    { createdBy: 'ADD rootfs /' },
  );
const applicationOf = (labels: Readonly<Record<string, string>>) =>
  base(labels).layer({ 'var/lib/dpkg/status': dpkg(['libc6', '2.36-10'], ['zlib1g', '1:1.2.13']), 'tmp/left': whiteout() }, { compression: 'zstd', createdBy: 'RUN apt-get upgrade' }).build();
const application = applicationOf({});
const relabelled = applicationOf({ revision: '2' });
const other = base().layer({ 'app/readme': 'hello' }, { compression: 'none' }).build();

let registry: TestRegistry;

beforeAll(async () => {
  registry = await TestRegistry.start();
  registry.add('app', application, { tags: ['1.0'] }).add('relabelled', relabelled, { tags: ['1.0'] }).add('other', other, { tags: ['1.0'] });
});

afterAll(async () => {
  await registry[Symbol.asyncDispose]();
});

function source(repository: string, reference = '1.0'): ImageSource {
  return createRegistryImageSource({
    options: { host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }) },
    repository,
    reference,
  });
}

class MemoryFacts implements FactStore {
  readonly kept = new Map<string, Map<string, Uint8Array>>();

  read(diffId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const facts = this.kept.get(diffId) ?? new Map<string, Uint8Array>();
    return Promise.resolve(new Map([...facts].filter(([key]) => keys.includes(key))));
  }

  write(diffId: string, facts: ReadonlyMap<string, Uint8Array>): Promise<void> {
    this.kept.set(diffId, new Map([...(this.kept.get(diffId) ?? []), ...facts]));
    return Promise.resolve();
  }

  digests(): readonly string[] {
    return [...this.kept].flatMap(([layers, facts]) => [...facts].map(([key, bytes]) => `${layers} ${key} ${createHash('sha256').update(bytes).digest('hex')}`)).toSorted();
  }
}

async function scan(engine: ScanEngine, repository: string, onProgress?: (progress: ScanEngineProgress) => void, scope: ScanScope = 'squashed'): Promise<Catalogue> {
  await using image = source(repository);
  const outcome = await engine.scan({
    source: image,
    image: { name: `${registry.host}/${repository}`, tag: '1.0' },
    scope,
    signal: new AbortController().signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (outcome.kind !== 'catalogued') throw new Error('expected a catalogue');
  return outcome.catalogue;
}

const packagesOf = (catalogue: Catalogue) => catalogue.components.map(({ name, version, locations }) => `${name} ${version} layer ${locations[0]?.layerIndex}`);
const blobsAsked = (image: BuiltImage) => image.layers.map(({ descriptor }) => registry.log.filter((line) => line.includes(descriptor.digest)).length);

describe.each([
  { where: 'on threads', inlineBelowBytes: 0 },
  { where: 'on the calling thread', inlineBelowBytes: Number.MAX_SAFE_INTEGER },
])('a scan $where', ({ inlineBelowBytes }) => {
  it('gives the packages of the final view, each with the layer that brought it', async () => {
    await using engine = createScanEngine({ facts: new MemoryFacts(), inlineBelowBytes });
    const catalogue = await scan(engine, 'app');
    expect(packagesOf(catalogue)).toEqual(['libc6 2.36-10 layer 1', 'zlib1g 1:1.2.13 layer 0']);
    expect(catalogue.image).toMatchObject({ name: `${registry.host}/app`, tag: '1.0', digest: application.descriptor.digest });
    expect(catalogue.image.layers.map(({ diffId, createdBy }) => ({ diffId, createdBy }))).toEqual([
      { diffId: application.layers[0]?.diffId, createdBy: 'ADD rootfs /' },
      { diffId: application.layers[1]?.diffId, createdBy: 'RUN apt-get upgrade' },
    ]);
  });

  it('pulls no layer whose facts are kept, also of another image', async () => {
    await using engine = createScanEngine({ facts: new MemoryFacts(), inlineBelowBytes });
    await scan(engine, 'app');
    const before = blobsAsked(other);
    const progress: ScanEngineProgress[] = [];
    await scan(engine, 'other', (event) => progress.push(event));
    const asked = blobsAsked(other).map((count, index) => count - (before[index] ?? 0));
    expect(asked).toEqual([0, 1]);
    const ownBytes = other.layers[1]?.descriptor.size;
    expect(progress.at(0)).toMatchObject({ stage: 'resolve' });
    expect(progress.findLast(({ stage }) => stage === 'pull')).toEqual({
      stage: 'pull',
      layersDone: 2,
      layersTotal: 2,
      layersCached: 1,
      bytesDone: ownBytes,
      bytesTotal: ownBytes,
    });
  });

  it('needs no fact of a layer for layers it has put together before, also of an image with another configuration', async () => {
    const facts = new MemoryFacts();
    await using engine = createScanEngine({ facts, inlineBelowBytes });
    const first = await scan(engine, 'app');
    for (const kept of facts.kept.values()) for (const key of kept.keys()) if (!key.startsWith('contents-')) kept.delete(key);
    const progress: ScanEngineProgress[] = [];
    const before = blobsAsked(application);
    const again = await scan(engine, 'relabelled', (event) => progress.push(event));
    expect(blobsAsked(application)).toEqual(before);
    expect(again).toEqual({ ...first, image: { ...first.image, name: `${registry.host}/relabelled`, digest: relabelled.descriptor.digest, labels: { revision: '2' } } });
    expect(progress.map(({ stage, layersCached, bytesTotal }) => ({ stage, layersCached, bytesTotal }))).toEqual([
      { stage: 'resolve', layersCached: 0, bytesTotal: 0 },
      { stage: 'pull', layersCached: 2, bytesTotal: 0 },
    ]);
  });

  it('puts layers together again of which only that is damaged, and keeps it', async () => {
    const facts = new MemoryFacts();
    await using engine = createScanEngine({ facts, inlineBelowBytes });
    const first = await scan(engine, 'app');
    const whole = facts.digests();
    for (const kept of facts.kept.values()) for (const key of kept.keys()) if (key.startsWith('contents-')) kept.set(key, Buffer.from('damaged'));
    const before = blobsAsked(application);
    expect(await scan(engine, 'app')).toEqual(first);
    expect(blobsAsked(application)).toEqual(before);
    expect(facts.digests()).toEqual(whole);
  });

  it('keeps what is in all layers apart from what is in the image', async () => {
    const facts = new MemoryFacts();
    await using engine = createScanEngine({ facts, inlineBelowBytes });
    const squashed = await scan(engine, 'app');
    const all = await scan(engine, 'app', undefined, 'all-layers');
    expect(all.components).toHaveLength(squashed.components.length + 1);
    expect(await scan(engine, 'app', undefined, 'all-layers')).toEqual(all);
    expect(await scan(engine, 'app')).toEqual(squashed);
  });

  it('reads a layer again whose kept facts are damaged', async () => {
    const facts = new MemoryFacts();
    await using engine = createScanEngine({ facts, inlineBelowBytes });
    const first = await scan(engine, 'app');
    for (const kept of facts.kept.values()) for (const key of kept.keys()) kept.set(key, Buffer.from('damaged'));
    expect(await scan(engine, 'app')).toEqual(first);
  });

  it('fails with the reason when a layer is not what its digest says', async () => {
    registry.behaviour.corruptBlobs = true;
    try {
      await using engine = createScanEngine({ facts: new MemoryFacts(), inlineBelowBytes });
      await expect(scan(engine, 'app')).rejects.toMatchObject({ name: 'OciError', code: 'integrity' });
    } finally {
      registry.behaviour.corruptBlobs = false;
    }
  });

  it('fails with the reason when a layer is no tar, and goes on working', async () => {
    const broken = new ImageBuilder().layerFromTar(Buffer.alloc(4096, 7)).build();
    registry.add('broken', broken, { tags: ['1.0'] });
    await using engine = createScanEngine({ facts: new MemoryFacts(), inlineBelowBytes, workers: 1 });
    await expect(scan(engine, 'broken')).rejects.toMatchObject({ name: 'SbomError', code: 'corrupt-layer' });
    expect(packagesOf(await scan(engine, 'app'))).toHaveLength(2);
  });

  it('stops when asked, and keeps what was whole', async () => {
    const facts = new MemoryFacts();
    await using engine = createScanEngine({ facts, inlineBelowBytes, workers: 1 });
    const stop = new AbortController();
    await using image = source('app');
    const scanning = engine.scan({
      source: image,
      image: { name: 'app' },
      signal: stop.signal,
      onProgress: ({ stage, layersDone }) => {
        if (stage === 'pull' && layersDone === 1) stop.abort(new Error('not wanted any more'));
      },
    });
    await expect(scanning).rejects.toThrow('not wanted any more');
    expect(facts.kept.size).toBe(1);
  });
});

describe('what is known already', () => {
  it('ends the scan at the digest, with no layer asked for', async () => {
    await using engine = createScanEngine({ facts: new MemoryFacts() });
    const before = blobsAsked(application);
    await using image = source('app');
    const outcome = await engine.scan({
      source: image,
      image: { name: 'app' },
      signal: new AbortController().signal,
      known: (digest) => Promise.resolve(digest === application.descriptor.digest),
    });
    expect(outcome).toEqual({ kind: 'known', digest: application.descriptor.digest, catalogueVersion: expect.stringContaining('dpkg@') });
    expect(blobsAsked(application)).toEqual(before);
  });

  it('is read once by scans that run at the same time', async () => {
    await using engine = createScanEngine({ facts: new MemoryFacts(), workers: 4 });
    const before = blobsAsked(application);
    await Promise.all(Array.from({ length: 4 }, () => scan(engine, 'app')));
    expect(blobsAsked(application).map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1]);
  });
});

describe('an engine that is closed', () => {
  it('refuses further scans', async () => {
    const engine = createScanEngine({ facts: new MemoryFacts() });
    await engine[Symbol.asyncDispose]();
    await expect(scan(engine, 'app')).rejects.toMatchObject({ name: 'ScanEngineError', code: 'closed' });
  });
});

describe('a client shared by several images', () => {
  it('is left open for the next one', async () => {
    await using client = new RegistryClient({ host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }) });
    await using engine = createScanEngine({ facts: new MemoryFacts() });
    for (const repository of ['app', 'other']) {
      await using image = createRegistryImageSource({ client, repository, reference: '1.0' });
      const outcome = await engine.scan({ source: image, image: { name: repository }, signal: new AbortController().signal });
      expect(outcome.kind).toBe('catalogued');
    }
  });
});
