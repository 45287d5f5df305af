import { DescribeRepositoriesCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { outcome, READER, startTestSimulator, type TestSimulator } from './testing/test-simulator.js';

/** Two accounts in two regions behind one address, told apart as AWS does: by signature, by role, by registry ID and by host. */

const home = '123456789012';
const other = '111122223333';
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
    regions: ['ap-south-1'],
    users: [{ name: 'esscm', accessKeyId: 'AKIAEXAMPLEASSUMER00', secretAccessKey: 'assumer', policies: [{ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } }] }],
    roles: [
      {
        name: 'reader',
        account: other,
        trustPolicy: { Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${home}:user/esscm` }, Action: 'sts:AssumeRole' } },
        policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }],
      },
    ],
    repositories: (layouts) => [
      { name: 'team/app', visibility: 'private', images: [{ layout: layouts[0] ?? '', tags: ['home'] }] },
      { name: 'team/app', visibility: 'private', region: 'eu-west-1', images: [{ layout: layouts[1] ?? '', tags: ['abroad'] }] },
      { name: 'team/app', visibility: 'private', account: other, images: [{ layout: layouts[2] ?? '', tags: ['theirs'] }] },
    ],
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

function ecr(region: string, credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = READER): ECRClient {
  const client = new ECRClient({ endpoint: running.simulator.apiEndpoint, region, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

async function authorization(client: ECRClient): Promise<{ readonly header: string; readonly endpoint: string }> {
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  return { header: `Basic ${authorizationData?.[0]?.authorizationToken ?? ''}`, endpoint: authorizationData?.[0]?.proxyEndpoint ?? '' };
}

async function assumed() {
  const sts = new STSClient({ endpoint: running.simulator.stsEndpoint, region: 'us-east-1', credentials: { accessKeyId: 'AKIAEXAMPLEASSUMER00', secretAccessKey: 'assumer' } });
  onTestFinished(() => sts.destroy());
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${other}:role/reader`, RoleSessionName: 'session' }));
  return { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '', sessionToken: Credentials?.SessionToken ?? '' };
}

const uris = async (client: ECRClient, registryId?: string) =>
  (await client.send(new DescribeRepositoriesCommand({ registryId }))).repositories?.map(({ repositoryUri, repositoryArn }) => [repositoryUri, repositoryArn]);

test('a region has repositories of its own', async () => {
  expect(await uris(ecr('us-east-1'))).toEqual([[`${home}.dkr.ecr.us-east-1.amazonaws.com/team/app`, `arn:aws:ecr:us-east-1:${home}:repository/team/app`]]);
  expect(await uris(ecr('eu-west-1'))).toEqual([[`${home}.dkr.ecr.eu-west-1.amazonaws.com/team/app`, `arn:aws:ecr:eu-west-1:${home}:repository/team/app`]]);
  expect(await uris(ecr('ap-south-1'))).toEqual([]);
});

test('a region that is not served is out of scope', async () => {
  expect(await outcome(uris(ecr('sa-east-1')))).toContain("Credential should be scoped to a valid region, not 'sa-east-1'.");
});

test("a role is of its account, whose registry is the session's default", async () => {
  expect(await uris(ecr('us-east-1', await assumed()))).toEqual([[`${other}.dkr.ecr.us-east-1.amazonaws.com/team/app`, `arn:aws:ecr:us-east-1:${other}:repository/team/app`]]);
  expect((await authorization(ecr('us-east-1', await assumed()))).endpoint).toBe(`https://${other}.dkr.ecr.us-east-1.amazonaws.com`);
});

test('the registry of another account takes a policy there, which cannot be given for all repositories', async () => {
  expect(await outcome(uris(ecr('us-east-1'), other))).toContain('because no resource-based policy allows the ecr:DescribeRepositories action');
});

test('the host of the registry decides which tags there are, and a token counts in its region only', async () => {
  const { header } = await authorization(ecr('us-east-1'));
  const abroad = await authorization(ecr('eu-west-1'));
  const theirs = await authorization(ecr('us-east-1', await assumed()));
  const tags = async (account: string, region: string, token: string) => {
    const { status, body } = await running.raw('/v2/team/app/tags/list', { headers: { host: `${account}.dkr.ecr.${region}.amazonaws.com`, authorization: token } });
    return status === 200 ? (JSON.parse(body) as { tags: string[] }).tags : `${status} ${body}`;
  };

  expect(await tags(home, 'us-east-1', header)).toEqual(['home']);
  expect(await tags(home, 'eu-west-1', abroad.header)).toEqual(['abroad']);
  expect(await tags(other, 'us-east-1', theirs.header)).toEqual(['theirs']);
  expect(await tags(home, 'eu-west-1', header)).toContain('403');
  expect(await tags(home, 'eu-west-1', header)).toContain('Your Authorization Token is invalid.');
});

test('a layer is fetched from the registry it is in', async () => {
  const theirs = await authorization(ecr('us-east-1', await assumed()));
  const headers = { host: `${other}.dkr.ecr.us-east-1.amazonaws.com`, authorization: theirs.header };
  const manifest = JSON.parse((await running.raw('/v2/team/app/manifests/theirs', { headers: { ...headers, accept: 'application/vnd.oci.image.manifest.v1+json' } })).body) as { layers: { digest: string; size: number }[] };
  const [layer] = manifest.layers;
  const redirect = await running.raw(`/v2/team/app/blobs/${layer?.digest}`, { headers });

  const { status, headers: answered } = await running.raw(String(redirect.headers['location']));

  expect([redirect.status, status, answered['content-length']]).toEqual([307, 200, String(layer?.size)]);
});
