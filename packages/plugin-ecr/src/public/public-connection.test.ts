import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleImages, startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator, SampleImage } from '@esscm/ecr-simulator';
import { digestOf, RegistryClient } from '@esscm/oci-client';
import { pullClientOptions } from '@esscm/registry-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';

/** The public gallery as the simulator plays it: bearer tokens, no Basic, no HEAD of blobs. */

const signal = AbortSignal.timeout(60_000);
const user = { name: 'puller', accessKeyId: 'AKIAPULLERPULLERPULL', secretAccessKey: 'puller/secret+puller/secret+puller/secret' };
const signsIn = [{ Statement: { Effect: 'Allow' as const, Action: ['ecr-public:GetAuthorizationToken', 'sts:GetServiceBearerToken'], Resource: '*' } }];

let folder: string;
let simulator: EcrSimulator;
let image: SampleImage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'public-ecr-'));
  [image] = (await buildSampleImages(folder)).filter(({ visibility }) => visibility === 'public') as [SampleImage];
  simulator = await startEcrSimulator({
    users: [
      { ...user, policies: signsIn },
      { ...user, name: 'unable', accessKeyId: 'AKIAUNABLEUNABLEUNAB', policies: [] },
    ],
    repositories: [
      { name: image.repository, visibility: 'public', images: [{ layout: image.layout, tags: [...image.tags, ...Array.from({ length: 1500 }, (_, index) => `v${index}`)] }] },
    ],
  });
});

afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

function host(operatorSettings: Readonly<Record<string, string>> = {}) {
  return {
    clock: { now: () => new Date() },
    operatorSettings: { 'ecr.publicOrigin': simulator.publicOrigin, 'ecr.publicApiEndpoint': simulator.apiEndpoint, ...operatorSettings },
    privateNetworks: [],
  };
}

function connect(operatorSettings: Readonly<Record<string, string>> = {}) {
  return ecrPlugin.connect(ecrPlugin.configure({ variantId: 'public', values: {} }), host(operatorSettings));
}

async function pull(connection: ReturnType<typeof connect>) {
  const { repository } = image;
  const access = await connection.pullAccess(repository, { signal });
  await using client = new RegistryClient(pullClientOptions({ connection, repository, access, host: host() }));
  return { access, manifest: await client.manifest(repository, image.tags[0] ?? '', signal) };
}

describe('without a sign-in', () => {
  test('every tag of a repository is listed by name, over as many pages as there are', async () => {
    await using connection = connect();

    const pages = await Array.fromAsync(connection.listTagNames?.(image.repository, { signal }) ?? []);

    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.flat())).toEqual(new Set([...image.tags, ...Array.from({ length: 1500 }, (_, index) => `v${index}`)]));
    // Listed by name alone: not one manifest is asked for.
    expect(simulator.requests.filter(({ operation }) => operation === 'public:manifest')).toEqual([]);
  });

  test('a repository that is not there is said not to be', async () => {
    await using connection = connect();

    await expect(Array.fromAsync(connection.listTagNames?.('nobody/nothing', { signal }) ?? [])).rejects.toMatchObject({
      kind: 'not-found',
      heading: 'Repository not found',
      message: 'There is no public repository nobody/nothing.',
    });
  });

  test('an image is pulled anonymously, at the rate AWS publishes', async () => {
    await using connection = connect();

    const { access, manifest } = await pull(connection);

    expect([digestOf(manifest.bytes), access.authentication.kind, access.manifestRate]).toEqual([image.digest, 'anonymous', { perSecond: 1, burst: 1 }]);
  });

  test('a limit that is met all the same says when to come again', async () => {
    simulator.setFault({ operation: 'public:manifest', behaviour: { kind: 'throttle', retryAfterSeconds: 90 } });
    await using connection = connect();

    const failure = await pull(connection).then(
      () => undefined,
      (error: unknown) => connection.explainPullFailure(error, { repository: image.repository, reference: 'latest' }),
    );

    expect(failure).toMatchObject({ kind: 'throttled', heading: 'AWS is limiting requests', retryAfterMs: 90_000 });
  });
});

describe('signed in to by the operator', () => {
  const settings = { 'ecr.publicAccessKeyId': user.accessKeyId, 'ecr.publicSecretAccessKey': user.secretAccessKey };

  test('an image is pulled by a bearer token, ten times as fast', async () => {
    await using connection = connect(settings);

    const { access, manifest } = await pull(connection);

    expect([digestOf(manifest.bytes), access.authentication.kind, access.manifestRate]).toEqual([image.digest, 'bearer', { perSecond: 10, burst: 10 }]);
    const [asked] = simulator.requests.filter(({ operation }) => operation === 'public:manifest');
    expect([asked?.authorizationScheme, asked?.principal, asked?.status]).toEqual(['Bearer', 'arn:aws:iam::123456789012:user/puller', 200]);
  });

  test('is a different address for nobody: half a key is no key', async () => {
    await using connection = connect({ 'ecr.publicAccessKeyId': user.accessKeyId });

    expect((await pull(connection)).access.authentication.kind).toBe('anonymous');
  });

  test.each([
    ['a wrong secret', { ...settings, 'ecr.publicSecretAccessKey': 'another/secret+another/secret+another/sec' }, 'The access key exists, but the secret does not match it.'],
    ['a missing permission', { ...settings, 'ecr.publicAccessKeyId': 'AKIAUNABLEUNABLEUNAB' }, 'user/unable may not call ecr-public:GetAuthorizationToken.'],
  ])('with %s images are pulled all the same, and it is said', async (_, wrong, why) => {
    await using connection = connect(wrong);

    const { access, manifest } = await pull(connection);

    expect([digestOf(manifest.bytes), access.authentication.kind]).toEqual([image.digest, 'anonymous']);
    expect(access.notice).toBe(`The sign-in to ECR Public does not work and is not used. ${why}`);
  });
});
