import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleImages, startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator, SampleImage } from '@esscm/ecr-simulator';
import { createRegistryImageSource, parsePlatform, RegistryClient } from '@esscm/oci-client';
import type { Digest } from '@esscm/oci-client';
import { pullClientOptions } from '@esscm/registry-core';
import type { RegistryConnection } from '@esscm/registry-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';

/** Pulling as a scan does, with the plugin's sign-in, from a simulator that behaves as ECR and S3 do. */

const signal = AbortSignal.timeout(60_000);
const user = { name: 'puller', accessKeyId: 'AKIAPULLERPULLERPULL', secretAccessKey: 'puller/secret+puller/secret+puller/secret' };
const registryHost = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

let folder: string;
let now: number;
let simulator: EcrSimulator;
let image: SampleImage;

async function start(options: { readonly referrersApi?: boolean } = {}): Promise<void> {
  simulator = await startEcrSimulator({
    ...options,
    clock: { now: () => new Date(now) },
    users: [{ ...user, policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }] }],
    repositories: [{ name: image.repository, visibility: 'private', images: [{ layout: image.layout, tags: [...image.tags] }] }],
  });
}

beforeEach(async () => {
  now = Date.now();
  folder = await mkdtemp(join(tmpdir(), 'ecr-pull-'));
  [image] = (await buildSampleImages(folder)).filter(({ visibility }) => visibility === 'private') as [SampleImage];
  await start();
});

afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

function host() {
  return {
    clock: { now: () => new Date(now) },
    operatorSettings: { 'ecr.apiEndpoint': simulator.apiEndpoint, 'ecr.stsEndpoint': simulator.stsEndpoint, 'ecr.registryOrigin': simulator.registryOrigin },
    privateNetworks: [],
  };
}

function connect(): RegistryConnection {
  const configuration = ecrPlugin.configure({ variantId: 'private', credentialKindId: 'access-key', values: { ...user, region: 'us-east-1' } });
  return ecrPlugin.connect(configuration, host());
}

async function clientOf(connection: RegistryConnection): Promise<RegistryClient> {
  const { repository } = image;
  const access = await connection.pullAccess(repository, { signal, registryHost });
  return new RegistryClient({ ...pullClientOptions({ connection, repository, access, host: host() }), limits: { attempts: 3 } });
}

/** Pushes a manifest and its blobs as another client would. */
async function push(manifest: object, blobs: readonly string[], reference: string): Promise<void> {
  await using connection = connect();
  const { authentication } = await connection.pullAccess(image.repository, { signal });
  const headers = { authorization: `Basic ${authentication.kind === 'basic' ? authentication.encoded.reveal() : ''}` };
  const at = `${simulator.registryOrigin}/v2/${image.repository}`;
  for (const blob of blobs) {
    const { headers: begun } = await fetch(`${at}/blobs/uploads/`, { method: 'POST', headers });
    const done = await fetch(`${begun.get('location')}?digest=${digestOfText(blob)}`, { method: 'PUT', headers, body: blob });
    if (done.status !== 201) throw new Error(await done.text());
  }
  const put = await fetch(`${at}/manifests/${reference}`, { method: 'PUT', headers: { ...headers, 'content-type': 'application/vnd.oci.image.manifest.v1+json' }, body: JSON.stringify(manifest) });
  if (put.status !== 201) throw new Error(await put.text());
}

const digestOfText = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const descriptor = (mediaType: string, content: string) => ({ mediaType, digest: digestOfText(content), size: Buffer.byteLength(content) });
const manifestOf = (more: object, config: object, layers: readonly object[]) => ({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', ...more, config, layers });

describe('an image', () => {
  test('is pulled by tag, then by digest, its layers from another host that sees no credential', async () => {
    await using connection = connect();
    await using client = await clientOf(connection);
    await using source = createRegistryImageSource({ client, repository: image.repository, reference: image.tags[0] ?? '' });

    const resolved = await source.resolve({ platform: parsePlatform('linux/amd64'), signal });
    for (const layer of resolved.layers) {
      const bytes = await buffer(await layer.open(signal));
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(layer.digest);
    }

    const asked = simulator.requests.filter(({ plane }) => plane === 'blobs');
    expect([asked.length > 0, asked.every(({ authorizationScheme }) => authorizationScheme === undefined)]).toEqual([true, true]);
  });

  test('is resumed where the store of layers broke off, by a link of its own', async () => {
    await using connection = connect();
    await using client = await clientOf(connection);
    await using source = createRegistryImageSource({ client, repository: image.repository, reference: image.tags[0] ?? '' });
    const resolved = await source.resolve({ platform: parsePlatform('linux/amd64'), signal });
    const largest = resolved.layers.toSorted((left, right) => (right.sizeBytes ?? 0) - (left.sizeBytes ?? 0))[0];
    simulator.setFault({ operation: 'blobs:get', behaviour: { kind: 'cut', afterBytes: 1000 }, times: 1 });

    if (largest === undefined) throw new Error('The image has no layers.');
    const bytes = await buffer(await largest.open(signal));

    expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(largest.digest);
    const ranges = simulator.requests.filter(({ plane, range }) => plane === 'blobs' && range !== undefined);
    expect(ranges.map(({ range, status }) => [range, status])).toEqual([['bytes=1000-', 206]]);
  });

  test('is pulled on after the twelve hours of a sign-in, which is renewed before it is refused', async () => {
    await using connection = connect();
    await using client = await clientOf(connection);
    // The SDK takes a try to find that the clock of AWS was put forward.
    const tokens = () => simulator.requests.filter(({ operation, status }) => operation === 'ecr:GetAuthorizationToken' && status === 200).length;
    await client.manifest(image.repository, image.tags[0] ?? '', signal);

    // By the simulator's clock and ours: asked for again before it is refused.
    now += 12 * 3600_000;
    await client.manifest(image.repository, image.digest, signal);
    expect(tokens()).toBe(2);
    expect(simulator.requests.filter(({ plane, status }) => plane === 'registry' && status === 403)).toEqual([]);
  });
});

describe('what is attached to an image', () => {
  const payload = '{"predicateType":"https://spdx.dev/Document"}';
  const type = 'application/vnd.in-toto+json';
  const attested = () =>
    manifestOf({ artifactType: type, subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: image.digest, size: 1 } }, descriptor('application/vnd.oci.empty.v1+json', '{}'), [
      descriptor(type, payload),
    ]);

  test.each([
    ['by the referrers API', true],
    ['by the tag of the fallback schema', false],
  ])('is listed %s, and read', async (_, referrersApi) => {
    await simulator.close();
    await start({ referrersApi });
    const manifest = attested();
    const text = JSON.stringify(manifest);
    await push(manifest, ['{}', payload], digestOfText(text));
    if (!referrersApi) {
      const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [{ ...descriptor('application/vnd.oci.image.manifest.v1+json', text), artifactType: type }] };
      await pushIndex(index);
    }
    await using connection = connect();
    await using client = await clientOf(connection);

    const [referrer, ...more] = await client.referrers(image.repository, image.digest as Digest, { signal });
    const document = await client.manifest(image.repository, referrer?.digest ?? '', signal);
    const [layer] = document.kind === 'manifest' ? (document.manifest.layers ?? []) : [];
    const content = await buffer(await client.openBlob(image.repository, { digest: (layer?.digest ?? '') as Digest, sizeBytes: layer?.size ?? 0 }, signal));

    expect([more, referrer?.artifactType, content.toString()]).toEqual([[], type, payload]);
  });

  async function pushIndex(index: object): Promise<void> {
    await using connection = connect();
    const { authentication } = await connection.pullAccess(image.repository, { signal });
    const answer = await fetch(`${simulator.registryOrigin}/v2/${image.repository}/manifests/${image.digest.replace(':', '-')}`, {
      method: 'PUT',
      headers: { authorization: `Basic ${authentication.kind === 'basic' ? authentication.encoded.reveal() : ''}`, 'content-type': 'application/vnd.oci.image.index.v1+json' },
      body: JSON.stringify(index),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  }
});

test.each([
  ['a Helm chart', {}, 'application/vnd.cncf.helm.config.v1+json', 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'a Helm chart'],
  ['a signature', {}, 'application/vnd.dev.cosign.artifact.sig.v1+json', 'application/vnd.dev.cosign.simplesigning.v1+json', 'a cosign signature or attestation'],
  ['an SBOM', { artifactType: 'application/spdx+json' }, 'application/vnd.oci.empty.v1+json', 'application/spdx+json', 'an SPDX document'],
])('%s is no image, is listed as what it is, and named when it is pulled', async (_, more, config, layer, name) => {
  await push(manifestOf(more, descriptor(config, '{}'), [descriptor(layer, 'content')]), ['{}', 'content'], 'artifact');
  await using connection = connect();
  await using client = await clientOf(connection);
  await using source = createRegistryImageSource({ client, repository: image.repository, reference: 'artifact' });

  const listed = (await Array.fromAsync(connection.listImages(image.repository, { signal }))).flat().find(({ tags }) => tags.includes('artifact'));

  expect([listed?.kind, listed?.artifactType]).toEqual(['artifact', 'artifactType' in more ? more.artifactType : config]);
  await expect(source.resolve({ platform: parsePlatform('linux/amd64'), signal })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining(name) });
});
