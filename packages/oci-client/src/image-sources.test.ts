import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  buildArtifact,
  buildIndex,
  dockerArchive,
  ImageBuilder,
  ociArchive,
  TestRegistry,
  writeOciLayout,
  type BuiltContent,
  type BuiltImage,
  type Compression,
  type Flavour,
} from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDockerArchiveImageSource } from './docker-archive-image-source.js';
import { createDialPolicy } from './guarded-dialer.js';
import type { ImageSource, ResolvedImage } from './image-source.js';
import { createOciLayoutImageSource } from './oci-layout-image-source.js';
import { parsePlatform } from './platform.js';
import { createRegistryImageSource } from './registry-image-source.js';

const signal = new AbortController().signal;
let folder: string;
let registry: TestRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-client-'));
  registry = await TestRegistry.start();
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function build(platform: string, options: { readonly flavour?: Flavour; readonly compression?: Compression } = {}): BuiltImage {
  const { os, architecture, variant } = parsePlatform(platform);
  const { flavour = 'oci', compression = 'gzip' } = options;
  return new ImageBuilder({
    flavour,
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    config: { Env: ['PATH=/bin'], Cmd: ['app'], Entrypoint: null, Labels: { 'org.opencontainers.image.version': '1.0' }, WorkingDir: '/srv', User: '65532' },
  })
    .layer({ 'etc/os-release': `ID=test\nPLATFORM=${platform}\n` }, { compression, createdBy: 'COPY rootfs /' })
    .instruction('ENV PATH=/bin')
    .layer({ 'srv/app': 'application' }, { compression, createdBy: 'COPY app /srv/' })
    .build();
}

async function layout(content: BuiltContent, tag?: string): Promise<ImageSource> {
  await writeOciLayout(folder, [{ content, ...(tag === undefined ? {} : { tag }) }]);
  return createOciLayoutImageSource({ folder });
}

function served(content: BuiltContent, reference = '1.0'): Promise<ImageSource> {
  registry.add('team/app', content, { tags: ['1.0'] });
  const options = { host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }) };
  return Promise.resolve(createRegistryImageSource({ options, repository: 'team/app', reference }));
}

async function archived(bytes: Buffer, tag?: string): Promise<ImageSource> {
  const file = join(folder, 'image.tar');
  await writeFile(file, bytes);
  return createDockerArchiveImageSource({ file, ...(tag === undefined ? {} : { tag }) });
}

/** Everything of a resolved image, its layers read to the end. */
async function whole(image: ResolvedImage): Promise<unknown> {
  const layers = [];
  for (const layer of image.layers) {
    const fields = Object.entries(layer).filter(([name]) => name !== 'open');
    layers.push({ ...Object.fromEntries(fields), bytes: await buffer(await layer.open(signal)) });
  }
  return { ...image, layers };
}

const configuration = {
  created: '2026-01-02T03:04:05Z',
  labels: { 'org.opencontainers.image.version': '1.0' },
  entrypoint: [],
  command: ['app'],
  environment: ['PATH=/bin'],
  workingDirectory: '/srv',
  user: '65532',
  history: [
    { created: '2026-01-02T03:04:05Z', createdBy: 'COPY rootfs /', emptyLayer: false },
    { created: '2026-01-02T03:04:05Z', createdBy: 'ENV PATH=/bin', emptyLayer: true },
    { created: '2026-01-02T03:04:05Z', createdBy: 'COPY app /srv/', emptyLayer: false },
  ],
};

/** @param files folder of the files that the layers should name */
function expected(image: BuiltImage, files?: string): Record<string, unknown> {
  return {
    manifestDigest: image.descriptor.digest,
    manifestMediaType: image.descriptor.mediaType,
    configDigest: image.config.digest,
    platform: image.platform,
    configuration,
    layers: image.layers.map(({ descriptor, diffId }, position) => ({
      digest: descriptor.digest,
      diffId,
      mediaType: descriptor.mediaType,
      sizeBytes: descriptor.size,
      createdBy: position === 0 ? 'COPY rootfs /' : 'COPY app /srv/',
      foreign: false,
      ...(files === undefined ? {} : { file: join(files, descriptor.digest.slice('sha256:'.length)) }),
      bytes: image.blobs.get(descriptor.digest),
    })),
  };
}

describe.each([
  ['a registry', served, false],
  ['an OCI layout folder', layout, true],
  ['an OCI layout in a tar', (content: BuiltContent) => archived(ociArchive([{ content }])), false],
  ['an OCI layout in a compressed tar', (content: BuiltContent) => archived(ociArchive([{ content }], { gzip: true })), false],
])('from %s', (_kind, open, namesFiles) => {
  test.each<[Flavour, Compression]>([
    ['oci', 'gzip'],
    ['oci', 'zstd'],
    ['oci', 'none'],
    ['docker', 'gzip'],
  ])('an image with %s media types and %s layers is read whole', async (flavour, compression) => {
    const image = build('linux/amd64', { flavour, compression });
    await using source = await open(image);
    expect(await whole(await source.resolve({ signal }))).toEqual(expected(image, namesFiles ? join(folder, 'blobs/sha256') : undefined));
    expect(await source.platforms(signal)).toEqual([{ digest: image.descriptor.digest, platform: image.platform }]);
  });

  test.each(['oci', 'docker'] as const)('an index with %s media types gives the image asked for, without attestations', async (flavour) => {
    const images = ['linux/arm64/v8', 'linux/amd64', 'linux/arm/v6'].map((platform) => build(platform, { flavour }));
    const index = buildIndex(images, { flavour, attestations: true });
    await using source = await open(index);
    expect(await source.platforms(signal)).toEqual(images.map(({ descriptor, platform }) => ({ digest: descriptor.digest, platform })));
    const manifests: unknown[] = [];
    for (const platform of [undefined, 'linux/arm64', 'linux/arm/v7']) {
      const resolved = await source.resolve({ signal, ...(platform === undefined ? {} : { platform: parsePlatform(platform) }) });
      manifests.push([platform, resolved.manifestDigest, resolved.indexDigest]);
    }
    expect(manifests).toEqual([
      [undefined, images[1]?.descriptor.digest, index.descriptor.digest],
      ['linux/arm64', images[0]?.descriptor.digest, index.descriptor.digest],
      ['linux/arm/v7', images[2]?.descriptor.digest, index.descriptor.digest],
    ]);
  });

  test('a platform that is not there is not found, and what is there is named', async () => {
    await using source = await open(buildIndex([build('linux/arm64/v8'), build('linux/s390x')]));
    await expect(source.resolve({ signal })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('no image for linux/amd64; it has linux/arm64/v8, linux/s390x.'),
    });
    await using plain = await open(build('linux/arm64/v8'));
    await expect(plain.resolve({ signal, platform: parsePlatform('linux/amd64') })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('the only image of an index is taken when no platform is asked for', async () => {
    const image = build('linux/arm64/v8');
    await using source = await open(buildIndex([image], { attestations: true }));
    expect((await source.resolve({ signal })).manifestDigest).toBe(image.descriptor.digest);
  });

  test('indexes are followed two deep and no further', async () => {
    const image = build('linux/amd64');
    const nested = buildIndex([], { indexes: [buildIndex([], { indexes: [buildIndex([image])] })] });
    await using source = await open(nested);
    expect((await source.resolve({ signal })).manifestDigest).toBe(image.descriptor.digest);
    await using deeper = await open(buildIndex([], { indexes: [nested] }));
    await expect(deeper.resolve({ signal })).rejects.toMatchObject({ code: 'limit' });
  });

  test('entries without a platform are told by their configuration, artefacts among them left out', async () => {
    const images = [build('linux/amd64'), build('linux/arm64/v8')];
    const chart = buildArtifact({ configMediaType: 'application/vnd.cncf.helm.config.v1+json', payload: 'chart' });
    await using source = await open(buildIndex(images, { withoutPlatforms: true, indexes: [chart] }));
    expect(await source.platforms(signal)).toEqual(images.map(({ descriptor, platform }) => ({ digest: descriptor.digest, platform })));
  });

  test.each([
    [{ configMediaType: 'application/vnd.cncf.helm.config.v1+json' }, 'a Helm chart (application/vnd.cncf.helm.config.v1+json)'],
    [{ artifactType: 'application/vnd.cyclonedx+json' }, 'a CycloneDX document (application/vnd.cyclonedx+json)'],
    [{ configMediaType: 'application/vnd.example' }, 'an artefact (application/vnd.example)'],
  ])('an artefact %j is not supported, and named', async (options, name) => {
    await using source = await open(buildArtifact({ payload: 'x', ...options }));
    await expect(source.resolve({ signal })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(`is no image but ${name}`) });
  });

  test('a foreign layer is described and cannot be opened', async () => {
    const image = new ImageBuilder({ flavour: 'docker', platform: { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2227' } })
      .layer({ 'Files/base': 'x' }, { foreignUrls: ['https://mcr.microsoft.com/v2/base/blobs/sha256:x'] })
      .layer({ 'Files/app': 'y' })
      .build();
    await using source = await open(image);
    const { layers, platform } = await source.resolve({ signal });
    expect(platform).toEqual({ os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2227' });
    expect(layers.map(({ foreign }) => foreign)).toEqual([true, false]);
    await expect(layers[0]?.open(signal)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a registry', () => {
  test('is asked for a tag once, then by digest', async () => {
    const image = build('linux/amd64');
    await using source = await served(buildIndex([image]));
    await source.platforms(signal);
    await source.resolve({ signal });
    expect(registry.log).toEqual([
      'GET /v2/team/app/manifests/1.0',
      `GET /v2/team/app/manifests/${image.descriptor.digest}`,
      `GET /v2/team/app/blobs/${image.config.digest}`,
    ]);
  });

  test('that gives a wrong configuration is refused', async () => {
    registry.behaviour.corruptBlobs = true;
    await using source = await served(build('linux/amd64'));
    await expect(source.resolve({ signal })).rejects.toMatchObject({ code: 'integrity' });
  });

  test('that gives schema 1 is refused with what to do', async () => {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 1, name: 'team/app', tag: '1.0', fsLayers: [] }));
    const mediaType = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    const digest = `sha256:${'1'.repeat(64)}`;
    registry.behaviour.contentDigest = 'absent';
    await using source = await served({ descriptor: { mediaType, digest, size: bytes.length }, manifests: new Map([[digest, { mediaType, bytes }]]), blobs: new Map() });
    await expect(source.resolve({ signal })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('schema 1') });
  });

  test('is described by the full reference', async () => {
    await using source = await served(build('linux/amd64'));
    expect(source.description).toBe(`${registry.host}/team/app:1.0`);
  });
});

describe('an OCI layout', () => {
  test('with several images needs a name', async () => {
    const [first, second] = [build('linux/amd64'), build('linux/arm64/v8')];
    await writeOciLayout(folder, [{ content: first, tag: '1.0' }, { content: second, tag: '2.0' }]);
    await using unnamed = createOciLayoutImageSource({ folder });
    await expect(unnamed.resolve({ signal })).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('name one of 1.0, 2.0') });
    await using named = createOciLayoutImageSource({ folder, tag: '2.0' });
    expect((await named.resolve({ signal })).manifestDigest).toBe(second.descriptor.digest);
    await using wrong = createOciLayoutImageSource({ folder, tag: '3.0' });
    await expect(wrong.resolve({ signal })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a folder that is no layout is named as it was given', async () => {
    await using source = createOciLayoutImageSource({ folder: '/nowhere/at/all', tag: '1.0' });
    await expect(source.resolve({ signal: new AbortController().signal })).rejects.toMatchObject({ code: 'not-found', message: 'oci:/nowhere/at/all:1.0 is not an OCI image layout: it has no oci-layout.' });
  });

  test('whose index.json lists platforms itself is an index without a digest', async () => {
    const images = [build('linux/amd64'), build('linux/arm64/v8')];
    await writeOciLayout(folder, images.map((content) => ({ content })));
    await using source = createOciLayoutImageSource({ folder });
    const resolved = await source.resolve({ signal, platform: parsePlatform('linux/arm64') });
    expect([resolved.indexDigest, resolved.manifestDigest]).toEqual([undefined, images[1]?.descriptor.digest]);
  });

  test('that holds only a part of an index offers that part', async () => {
    const [kept, left] = [build('linux/amd64'), build('linux/arm64/v8')];
    await using source = await layout(buildIndex([left, kept]));
    await rm(join(folder, 'blobs/sha256', left.descriptor.digest.slice(7)));
    expect(await source.platforms(signal)).toEqual([{ digest: kept.descriptor.digest, platform: kept.platform }]);
  });

  test('with a digest that is a path is refused', async () => {
    const image = build('linux/amd64');
    await writeOciLayout(folder, [{ content: { ...image, descriptor: { ...image.descriptor, digest: 'sha256:../../../../etc/passwd' } } }]);
    await using source = createOciLayoutImageSource({ folder });
    await expect(source.resolve({ signal })).rejects.toMatchObject({ code: 'protocol' });
  });

  test('names no file for a layer beyond the size limit', async () => {
    const image = build('linux/amd64', { compression: 'none' });
    await writeOciLayout(folder, [{ content: image }]);
    // The configuration is a blob as well, smaller than these layers.
    await using source = createOciLayoutImageSource({ folder, limits: { layerBytes: image.config.size } });
    const { layers } = await source.resolve({ signal });
    expect(layers.map(({ file }) => file)).toEqual([undefined, undefined]);
  });

  test('with a damaged layer fails as it is read', async () => {
    const image = build('linux/amd64');
    await using source = await layout(image);
    const { layers } = await source.resolve({ signal });
    const [first, second] = image.layers;
    const path = (layer: typeof first): string => join(folder, 'blobs/sha256', layer?.descriptor.digest.slice(7) ?? '');
    await writeFile(path(first), Buffer.alloc(first?.descriptor.size ?? 0));
    await truncate(path(second), 10);
    await expect(layers[0]?.open(signal).then(buffer)).rejects.toMatchObject({ code: 'integrity' });
    await expect(layers[1]?.open(signal)).rejects.toMatchObject({ code: 'integrity' });
  });

  test.each([
    ['no folder', {}],
    ['another version', { 'oci-layout': '{"imageLayoutVersion":"2.0.0"}', 'index.json': '{}' }],
    ['no JSON', { 'oci-layout': '{', 'index.json': '{}' }],
    ['no index', { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}' }],
    ['an empty index', { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}', 'index.json': '{"manifests":[]}' }],
  ])('with %s is refused', async (_what, files) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await using source = createOciLayoutImageSource({ folder });
    await expect(source.resolve({ signal })).rejects.toMatchObject({ name: 'OciError', retryable: false });
  });
});

describe('a classic docker-archive', () => {
  test.each([
    ['plain', {}],
    ['compressed', { gzip: true }],
  ])('%s is read whole; uncompressed layers are their own diff ids', async (_kind, options) => {
    const image = build('linux/amd64', { flavour: 'docker', compression: 'none' });
    await using source = await archived(dockerArchive([{ image, names: ['team/app:1.0'] }], options));
    const { manifestDigest: _none, ...rest } = expected(image);
    expect(await whole(await source.resolve({ signal }))).toEqual(rest);
    expect(await source.platforms(signal)).toEqual([{ digest: image.config.digest, platform: image.platform }]);
  });

  test('with compressed layers has their digests computed', async () => {
    const image = build('linux/amd64', { flavour: 'docker', compression: 'gzip' });
    await using source = await archived(dockerArchive([{ image }], { layout: 'compressed-layers' }));
    const { manifestDigest: _none, ...rest } = expected(image);
    expect(await whole(await source.resolve({ signal }))).toEqual(rest);
  });

  test('with a layer that is there twice follows the symbolic link', async () => {
    const twice = new ImageBuilder({ flavour: 'docker' });
    const tar = build('linux/amd64').layers[0]?.tar ?? Buffer.alloc(0);
    const image = twice.layerFromTar(tar, { compression: 'none' }).layerFromTar(tar, { compression: 'none' }).build();
    await using source = await archived(dockerArchive([{ image }]));
    const { layers } = await source.resolve({ signal });
    expect(await Promise.all(layers.map(async (layer) => buffer(await layer.open(signal))))).toEqual([tar, tar]);
  });

  test.each([
    ['team/app:2.0', 1],
    ['docker.io/team/app:2.0', 1],
    ['1.0', 0],
  ])('with several images gives the one named %s', async (tag, position) => {
    const images = [build('linux/amd64'), build('linux/arm64/v8')];
    await using source = await archived(dockerArchive(images.map((image, number) => ({ image, names: [`team/app:${number + 1}.0`] }))), tag);
    expect((await source.resolve({ signal })).configDigest).toBe(images[position]?.config.digest);
    await using unnamed = createDockerArchiveImageSource({ file: join(folder, 'image.tar') });
    await expect(unnamed.resolve({ signal })).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('team/app:1.0, team/app:2.0') });
  });

  test('with a layer that is not its diff id fails as it is read', async () => {
    const image = build('linux/amd64', { compression: 'none' });
    const bytes = dockerArchive([{ image }]);
    const at = bytes.indexOf('application', bytes.indexOf('srv/app'));
    bytes.write('A', at);
    await using source = await archived(bytes);
    const { layers } = await source.resolve({ signal });
    await expect(layers[1]?.open(signal).then(buffer)).rejects.toMatchObject({ code: 'integrity' });
  });

  test.each<[string, (good: Buffer) => Buffer, string]>([
    ['empty', () => Buffer.alloc(0), 'not-found'],
    ['text', () => Buffer.from('not a tar at all'), 'protocol'],
    ['cut off', (good) => good.subarray(0, 700), 'not-found'],
    ['damaged in its compression', () => Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(100, 7)]), 'integrity'],
    ['damaged in a header', (good) => Buffer.concat([Buffer.alloc(512, 65), good]), 'protocol'],
  ])('that is %s is refused', async (_what, damage, code) => {
    await using source = await archived(damage(dockerArchive([{ image: build('linux/amd64') }])));
    await expect(source.resolve({ signal })).rejects.toMatchObject({ name: 'OciError', code });
  });

  test('that does not exist is not found', async () => {
    await using source = createDockerArchiveImageSource({ file: join(folder, 'missing.tar') });
    await expect(source.resolve({ signal })).rejects.toMatchObject({ code: 'not-found', message: 'docker-archive:missing.tar does not exist.' });
  });
});
