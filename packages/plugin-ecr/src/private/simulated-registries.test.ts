import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSampleImages, startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator, SampleImage } from '@esscm/ecr-simulator';
import { digestOf, RegistryClient } from '@esscm/oci-client';
import { ManifestReader, pullClientOptions } from '@esscm/registry-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';

/** One connection by a role in each of two accounts, in two regions, against registries that know nothing of each other. */

const signal = AbortSignal.timeout(60_000);
const home = '123456789012';
const other = '111122223333';
const externalId = 'esscm-0123456789abcdef0123456789abcdef';
const user = { name: 'esscm', accessKeyId: 'AKIAESSCMESSCMESSCME', secretAccessKey: 'esscm/secret+esscm/secret+esscm/secret+1' };

let folder: string;
let simulator: EcrSimulator;
let image: SampleImage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ecr-registries-'));
  [image] = (await buildSampleImages(folder)) as [SampleImage];
  const trustPolicy = {
    Statement: {
      Effect: 'Allow' as const,
      Principal: { AWS: `arn:aws:iam::${home}:user/esscm` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  };
  const policies = [{ Statement: { Effect: 'Allow' as const, Action: 'ecr:*', Resource: '*' } }];
  const images = [{ layout: image.layout, tags: ['1.0'] }];
  simulator = await startEcrSimulator({
    users: [{ ...user, policies: [{ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } }] }],
    roles: [home, other].map((account) => ({ name: 'reader', account, trustPolicy, policies })),
    repositories: [home, other].flatMap((account) => ['us-east-1', 'eu-west-1'].map((region) => ({ name: 'team/app', visibility: 'private' as const, account, region, images }))),
  });
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

function host() {
  return {
    clock: { now: () => new Date() },
    operatorSettings: { 'ecr.apiEndpoint': simulator.apiEndpoint, 'ecr.stsEndpoint': simulator.stsEndpoint, 'ecr.registryOrigin': simulator.registryOrigin },
    privateNetworks: [],
  };
}

function connect(roleArns: readonly string[], values: Readonly<Record<string, string>> = {}) {
  const configuration = ecrPlugin.configure({
    variantId: 'private',
    credentialKindId: 'role',
    values: { ...user, roleArn: roleArns.join(), externalId, assumedBy: 'access-key', region: 'us-east-1', moreRegions: 'eu-west-1', ...values },
  });
  return ecrPlugin.connect(configuration, host());
}

const reader = (account: string) => `arn:aws:iam::${account}:role/reader`;
const hosts = ['us-east-1', 'eu-west-1'].flatMap((region) => [home, other].map((account) => `${account}.dkr.ecr.${region}.amazonaws.com`));

test('it is verified, each registry by a role of its own account', async () => {
  await using connection = connect([reader(home), reader(other)]);

  const report = await connection.verify({ signal });

  expect([report.status, report.account, report.region, report.problems]).toEqual(['verified', `${home}, ${other}`, 'us-east-1, eu-west-1', []]);
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 * 9 }, () => 'allowed'));
});

test('it lists and pulls from all of them', async () => {
  await using connection = connect([reader(home), reader(other)]);

  const names = (await Array.fromAsync(connection.listRepositories({ signal }))).flat().map(({ name }) => name);
  expect(names).toEqual(hosts.map((host) => `${host}/team/app`));
  for (const registryHost of hosts) {
    const access = await connection.pullAccess('team/app', { signal, registryHost });
    await using client = new RegistryClient(pullClientOptions({ connection, repository: 'team/app', access, host: host() }));
    expect([access.host, digestOf((await client.manifest('team/app', '1.0', signal)).bytes)]).toEqual([registryHost, image.digest]);
  }
});

test.each(['standard', 'fips', 'dual-stack', 'fips-dual-stack'])('platforms are read by the names it lists, with %s host names', async (hostNames) => {
  await using connection = connect([reader(home), reader(other)], { hostNames });
  const manifests = new ManifestReader({ connection, host: host(), signal });

  const names = (await Array.fromAsync(connection.listRepositories({ signal }))).flat().map(({ name }) => name);
  const platforms = await Promise.all(names.map((name) => manifests.platforms(name, '1.0')));

  expect(platforms).toEqual(hosts.map(() => ['linux/amd64']));
});

test('one role that does not exist leaves the registries of the other', async () => {
  await using connection = connect([reader(home), `arn:aws:iam::${other}:role/nobody`]);

  const report = await connection.verify({ signal });

  expect([report.status, report.problems.map(({ message }) => message)]).toEqual([
    'limited',
    [`AWS does not let user/esscm assume arn:aws:iam::${other}:role/nobody, and does not say why.`],
  ]);
});
