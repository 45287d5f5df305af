import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { BatchGetImageCommand, DescribeImagesCommand, ListImageReferrersCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OCI_INDEX, OCI_MANIFEST, SCHEMA_1 } from './content/media-types.js';
import { digestOf } from './content/stored-manifest.js';
import { outcome, startTestSimulator, type TestSimulator } from './testing/test-simulator.js';

/** Content that real registries hold besides plain images: each comes back over both ways in, byte for byte. */

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

let folder: string;
let running: TestSimulator;
let authorization: string;

beforeAll(async () => {
  running = await startTestSimulator({ repositories: () => [] });
  authorization = await running.authorization();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-simulator-unusual-'));
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  return () => rm(folder, { recursive: true });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

async function store(mediaType: string, content: Buffer | object): Promise<Descriptor> {
  const bytes = content instanceof Buffer ? content : Buffer.from(JSON.stringify(content));
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
  await writeFile(join(folder, 'blobs', 'sha256', descriptor.digest.slice('sha256:'.length)), bytes);
  return descriptor;
}

async function manifest(layers: readonly object[], fields: object = {}, configType = 'application/vnd.oci.image.config.v1+json'): Promise<Descriptor> {
  const config = await store(configType, { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } });
  return store(OCI_MANIFEST, { schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers, ...fields });
}

/** Serves the layout as `name:1`: its first entry, and those of the others that refer to it. */
async function serve(name: string, main: Descriptor, others: readonly Descriptor[] = [], simulator = running.simulator): Promise<void> {
  const named = { ...main, annotations: { 'org.opencontainers.image.ref.name': 'main' } };
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named, ...others] }));
  await simulator.addRepository({ name, visibility: 'private', images: [{ layout: folder, reference: 'main', tags: ['1'] }] });
}

const get = (path: string, by = { running, authorization }) => by.running.raw(path, { headers: { authorization: by.authorization } });

/** Type and digest of what the registry and the API answer for a reference. */
async function answers(repositoryName: string, reference: string): Promise<unknown> {
  const { headers, body } = await get(`/v2/${repositoryName}/manifests/${reference}`);
  const imageIds = [reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference }];
  const { images } = await running.ecr().send(new BatchGetImageCommand({ repositoryName, imageIds }));
  return [
    [headers['content-type'], digestOf(Buffer.from(body))],
    [images?.[0]?.imageManifestMediaType, digestOf(Buffer.from(images?.[0]?.imageManifest ?? ''))],
  ];
}

const both = ({ mediaType, digest }: Descriptor) => [[mediaType, digest], [mediaType, digest]];

async function blob(repositoryName: string, digest: string): Promise<Buffer> {
  const redirect = await get(`/v2/${repositoryName}/blobs/${digest}`);
  return Buffer.from(await (await fetch(String(redirect.headers['location']))).arrayBuffer());
}

test('an index of twelve platforms, and an attestation beside each', async () => {
  const platforms = ['386', 'amd64', 'arm/v5', 'arm/v6', 'arm/v7', 'arm64', 'loong64', 'mips64le', 'ppc64le', 'riscv64', 's390x', 'wasm'];
  const children = [];
  for (const platform of platforms) {
    const [architecture, variant] = platform.split('/');
    const image = await manifest([await store('application/vnd.oci.image.layer.v1.tar', Buffer.from(platform))]);
    const statement = await store('application/vnd.in-toto+json', { subject: image.digest });
    const attestation = await manifest([{ ...statement, annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' } }]);
    children.push({ ...image, platform: { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) } });
    children.push({
      ...attestation,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': image.digest },
    });
  }
  const index = await store(OCI_INDEX, { schemaVersion: 2, mediaType: OCI_INDEX, manifests: children });
  await serve('team/platforms', index);

  expect(await answers('team/platforms', '1')).toEqual(both(index));
  for (const child of children) expect(await answers('team/platforms', child.digest)).toEqual(both(child));
});

test('a layer of zstd', async () => {
  const content = zstdCompressSync(Buffer.from('content of the layer'));
  const layer = await store('application/vnd.oci.image.layer.v1.tar+zstd', content);
  const image = await manifest([layer]);
  await serve('team/zstd', image);
  expect([await answers('team/zstd', '1'), await blob('team/zstd', layer.digest)]).toEqual([both(image), content]);
});

test('a foreign layer, which is named and not there', async () => {
  const foreign = { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', digest: digestOf(Buffer.from('elsewhere')), size: 9, urls: ['https://mcr.microsoft.com/layer'] };
  const image = await manifest([foreign]);
  await serve('team/windows', image);
  expect([await answers('team/windows', '1'), (await get(`/v2/team/windows/blobs/${foreign.digest}`)).status]).toEqual([both(image), 404]);
});

test.each([
  ['a Helm chart', 'application/vnd.cncf.helm.config.v1+json', {}, 'application/vnd.cncf.helm.config.v1+json'],
  ['an artifact with a type of its own', 'application/vnd.oci.empty.v1+json', { artifactType: 'application/vnd.example+json' }, 'application/vnd.example+json'],
])('%s, which is described by its type', async (_title, configType, fields, artifactMediaType) => {
  const chart = await manifest([await store('application/vnd.cncf.helm.chart.content.v1.tar+gzip', Buffer.from('chart'))], fields, configType);
  await serve('team/chart', chart);
  const { imageDetails } = await running.ecr().send(new DescribeImagesCommand({ repositoryName: 'team/chart' }));
  expect([await answers('team/chart', '1'), imageDetails?.map((details) => details.artifactMediaType)]).toEqual([both(chart), [artifactMediaType]]);
});

test('an image of schema 1, whatever is accepted, with the size its layers have', async () => {
  const layer = await store('application/vnd.docker.image.rootfs.diff.tar.gzip', Buffer.from('old layer'));
  const old = await store(SCHEMA_1, { schemaVersion: 1, name: 'team/old', tag: '1', architecture: 'amd64', fsLayers: [{ blobSum: layer.digest }], history: [{ v1Compatibility: '{}' }] });
  await serve('team/old', old);
  const accepting = await running.raw('/v2/team/old/manifests/1', { headers: { authorization, accept: OCI_MANIFEST } });
  const { imageDetails } = await running.ecr().send(new DescribeImagesCommand({ repositoryName: 'team/old' }));
  expect(await answers('team/old', '1')).toEqual(both(old));
  expect(accepting.headers['content-type']).toBe(SCHEMA_1);
  expect(imageDetails?.map(({ imageSizeInBytes, imageManifestMediaType }) => [imageSizeInBytes, imageManifestMediaType])).toEqual([[9, SCHEMA_1]]);
});

describe('referrers', () => {
  const count = 120;
  const signature = (subject: Descriptor, number: number) => manifest([], { subject, annotations: { number: String(number) } }, 'application/vnd.example.signature');

  test('come in pages, of 50 from the registry and of 20 from the API', async () => {
    const image = await manifest([]);
    const signatures = await Promise.all(Array.from({ length: count }, (_, number) => signature(image, number)));
    await serve('team/signed', image, signatures);
    const digests = signatures.map(({ digest }) => digest).toSorted();

    const fromRegistry: string[][] = [];
    let next: string | undefined = `/v2/team/signed/referrers/${image.digest}`;
    while (next !== undefined) {
      const { body, headers } = await get(next);
      fromRegistry.push((JSON.parse(body) as { manifests: Descriptor[] }).manifests.map(({ digest }) => digest));
      next = /^<(http:[^>]+)>; rel="next"$/.exec(String(headers['link']))?.[1];
    }
    expect([fromRegistry.map(({ length }) => length), fromRegistry.flat().toSorted()]).toEqual([[50, 50, 20], digests]);

    const call = (maxResults?: number) => running.ecr().send(new ListImageReferrersCommand({ repositoryName: 'team/signed', subjectId: { imageDigest: image.digest }, maxResults }));
    expect([(await call()).referrers?.length, (await call(50)).referrers?.length]).toEqual([20, 50]);
    expect(await outcome(call(51))).toBe("InvalidParameterException: Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 50'");
  });

  test('are found by a tag where the registry does not know the API', async () => {
    await using plain = await startTestSimulator({ referrersApi: false, repositories: () => [] });
    const by = { running: plain, authorization: await plain.authorization() };
    const image = await manifest([]);
    const signed = await signature(image, 1);
    await serve('team/signed', image, [signed], plain.simulator);
    const list = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [signed] }));
    const tag = image.digest.replace(':', '-');
    const pushed = await plain.raw(`/v2/team/signed/manifests/${tag}`, { method: 'PUT', headers: { authorization: by.authorization, 'content-type': OCI_INDEX }, body: list.toString() });

    expect([(await get(`/v2/team/signed/referrers/${image.digest}`, by)).status, pushed.status]).toEqual([404, 201]);
    expect((await get(`/v2/team/signed/manifests/${tag}`, by)).body).toBe(list.toString());
  });
});
