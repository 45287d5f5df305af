import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleImages, startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator, SampleImage } from '@esscm/ecr-simulator';
import { digestOf, RegistryClient } from '@esscm/oci-client';
import { pullClientOptions } from '@esscm/registry-core';
import type { RegistryConnection, VerificationReport } from '@esscm/registry-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ecrPlugin } from './ecr-plugin.js';

/** The plugin and the client against a simulator that checks signatures and policies, as AWS does. */

const seven = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'ecr:DescribeRepositories',
  'ecr:ListImages',
  'ecr:DescribeImages',
];
const allow = (actions: readonly string[]) => ({ Version: '2012-10-17' as const, Statement: [{ Effect: 'Allow' as const, Action: [...actions], Resource: '*' }] });
const without = (action: string) => seven.filter((name) => name !== action);

const reader = { name: 'reader', accessKeyId: 'AKIAREADERREADERREAD', secretAccessKey: 'reader/secret+reader/secret+reader/secre' };
const blind = { name: 'blind', accessKeyId: 'AKIABLINDBLINDBLINDX', secretAccessKey: 'blind/secret+blind/secret+blind/secret/1' };
const inactive = { name: 'inactive', accessKeyId: 'AKIAINACTIVEINACTIVE', secretAccessKey: 'inactive/secret+inactive/secret+inactive' };

let folder: string;
let simulator: EcrSimulator;
let images: readonly SampleImage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugin-ecr-'));
  images = await buildSampleImages(folder);
  const byRepository = Map.groupBy(images, ({ visibility, repository }) => `${visibility} ${repository}`);
  simulator = await startEcrSimulator({
    users: [
      { ...reader, policies: [allow(seven)] },
      { ...blind, policies: [allow(without('ecr:BatchGetImage'))] },
      { ...inactive, active: false, policies: [allow(seven)] },
    ],
    repositories: [...byRepository.values()].map((members) => ({
      name: members[0]!.repository,
      visibility: members[0]!.visibility,
      images: members.map(({ layout, tags }) => ({ layout, tags })),
    })),
  });
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

function connect(user: { accessKeyId: string; secretAccessKey: string }, region = 'us-east-1'): RegistryConnection {
  const configuration = ecrPlugin.configure({
    variantId: 'private',
    credentialKindId: 'access-key',
    values: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey, region },
  });
  return ecrPlugin.connect(configuration, host());
}

function host() {
  return {
    clock: { now: () => new Date() },
    operatorSettings: {
      'ecr.apiEndpoint': simulator.apiEndpoint,
      'ecr.stsEndpoint': simulator.stsEndpoint,
      'ecr.registryOrigin': simulator.registryOrigin,
      'ecr.publicOrigin': simulator.publicOrigin,
    },
    privateNetworks: [],
  };
}

async function verify(user: { accessKeyId: string; secretAccessKey: string }): Promise<VerificationReport> {
  await using connection = connect(user);
  return await connection.verify({ signal: AbortSignal.timeout(30_000) });
}

async function pull(connection: RegistryConnection, repository: string, reference: string) {
  const signal = AbortSignal.timeout(30_000);
  const access = await connection.pullAccess(repository, { signal });
  await using client = new RegistryClient(pullClientOptions({ connection, repository, access, host: host() }));
  const manifest = await client.manifest(repository, reference, signal);
  return manifest;
}

describe('verification', () => {
  it('proves every permission of a good key, and who it is', async () => {
    const report = await verify(reader);
    expect(report).toMatchObject({ status: 'verified', principal: 'arn:aws:iam::123456789012:user/reader', account: '123456789012', region: 'us-east-1', problems: [] });
    expect(report.checks.map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual(['sts:GetCallerIdentity', ...seven].map((action) => `${action} allowed`).toSorted());
  });

  it('tells a wrong secret from an unknown key', async () => {
    const wrongSecret = await verify({ ...reader, secretAccessKey: 'a-wrong-secret-of-the-same-length-000000' });
    expect(wrongSecret.status).toBe('failed');
    expect(wrongSecret.problems[0]).toMatchObject({ heading: 'Credentials verification failed', message: expect.stringContaining('the secret does not match it') });
    const unknown = await verify({ accessKeyId: 'AKIANOBODYNOBODYNOBO', secretAccessKey: 'x'.repeat(40) });
    expect(unknown.problems[0]).toMatchObject({ heading: 'Credentials verification failed', message: expect.stringContaining('does not recognise access key') });
    const deactivated = await verify(inactive);
    expect(deactivated.problems[0]).toMatchObject({ heading: 'Credentials verification failed' });
  });

  it('names the one permission that is missing, with the statement to add', async () => {
    const report = await verify(blind);
    expect(report.status).toBe('failed');
    expect(report.checks.filter(({ outcome }) => outcome !== 'allowed')).toEqual([
      expect.objectContaining({ action: 'ecr:BatchGetImage', outcome: 'denied-implicit', upstreamCode: 'AccessDeniedException' }),
    ]);
    expect(report.problems).toEqual([expect.objectContaining({ heading: 'Access denied', message: expect.stringContaining('ecr:BatchGetImage'), actions: ['ecr:BatchGetImage'] })]);
    const statement: unknown = JSON.parse(report.problems[0]?.remedySnippet ?? '');
    expect(JSON.stringify(statement)).toContain('ecr:BatchGetImage');
    expect(JSON.stringify(statement)).not.toContain('ecr:ListImages');
  });
});

describe('listing and pulling', () => {
  it('lists what is there, and pulls a manifest whose digest agrees', async () => {
    await using connection = connect(reader);
    const signal = AbortSignal.timeout(30_000);
    const repositories = (await Array.fromAsync(connection.listRepositories({ signal }))).flat().map(({ name }) => name);
    const expected = images.filter(({ visibility }) => visibility === 'private');
    expect(repositories.toSorted()).toEqual([...new Set(expected.map(({ repository }) => repository))].toSorted());
    for (const image of expected) {
      const listed = (await Array.fromAsync(connection.listImages(image.repository, { signal }))).flat();
      expect(listed.find(({ digest }) => digest === image.digest)).toMatchObject({ tags: expect.arrayContaining([...image.tags]), kind: 'image', status: 'active' });
      const manifest = await pull(connection, image.repository, image.tags[0]!);
      expect(digestOf(manifest.bytes)).toBe(image.digest);
    }
  });

  it('pulls a public image without a credential', async () => {
    const image = images.find(({ visibility }) => visibility === 'public')!;
    await using connection = ecrPlugin.connect(ecrPlugin.configure({ variantId: 'public', values: {} }), host());
    const manifest = await pull(connection, image.repository, image.tags[0]!);
    expect(digestOf(manifest.bytes)).toBe(image.digest);
  });

  it.each([
    { title: 'a repository that is not there', user: reader, repository: 'sample/no-such-thing', tag: '1', kind: 'not-found', heading: 'Repository not found' },
    { title: 'a tag that is not there', user: reader, repository: 'sample/checkout-api', tag: 'no-such-tag', kind: 'not-found', heading: 'Repository not found' },
    { title: 'a permission that is missing', user: blind, repository: 'sample/checkout-api', tag: '2.14.3', kind: 'access-denied', heading: 'Access denied' },
  ])('explains $title', async ({ user, repository, tag, kind, heading }) => {
    await using connection = connect(user);
    const failure = await pull(connection, repository, tag).then(
      () => undefined,
      (error: unknown) => connection.explainPullFailure(error, { repository, reference: tag }),
    );
    expect(failure).toMatchObject({ name: 'RegistryError', kind, heading });
  });
});

it('never sends a credential to the origin of the layers, and logs none', () => {
  const log = JSON.stringify(simulator.requests);
  for (const { secretAccessKey } of [reader, blind, inactive]) expect(log).not.toContain(secretAccessKey);
});
