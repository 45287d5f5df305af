import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEcrSimulator } from '@esscm/ecr-simulator';
import type { EcrSimulator, PolicyDocument } from '@esscm/ecr-simulator';
import type { RegistryConnection } from '@esscm/registry-core';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ecrPlugin } from '../ecr-plugin.js';
import { FakeAccount } from '../testing/fake-account.js';

/** Who calls are made as, against a simulator that checks signatures, trust policies and session policies as AWS does. */

const externalId = 'esscm-0123456789abcdef0123456789abcdef';
const signal = AbortSignal.timeout(60_000);
const base = { name: 'esscm', accessKeyId: 'AKIABASEBASEBASEBASE', secretAccessKey: 'base/secret+base/secret+base/secret+base1' };
const baseArn = 'arn:aws:iam::123456789012:user/esscm';
const machine = { name: 'machine', accessKeyId: 'AKIAMACHINEMACHINE00', secretAccessKey: 'machine/secret+machine/secret+machine+ab' };

const allow = (action: string | string[]): PolicyDocument => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const trust = (condition?: Record<string, Record<string, string>>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: baseArn }, Action: 'sts:AssumeRole', ...(condition !== undefined && { Condition: condition }) }],
});
const needsExternalId = trust({ StringEquals: { 'sts:ExternalId': externalId } });

let simulator: EcrSimulator;

beforeEach(async () => {
  simulator = await startEcrSimulator({
    users: [
      { ...base, policies: [allow('sts:AssumeRole')] },
      { ...machine, policies: [allow('ecr:*')] },
    ],
    roles: [
      { name: 'reader', trustPolicy: needsExternalId, policies: [allow('*')] },
      { name: 'open', trustPolicy: trust(), policies: [allow('ecr:*')] },
      { name: 'foreign', trustPolicy: trust({ StringEquals: { 'sts:ExternalId': 'of-somebody-else-entirely' } }), policies: [allow('ecr:*')] },
    ],
    repositories: [{ name: 'team/app', visibility: 'private', images: [] }],
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await simulator.close();
});

function host(operatorSettings: Readonly<Record<string, string>> = {}) {
  return {
    clock: { now: () => new Date() },
    operatorSettings: {
      'ecr.apiEndpoint': simulator.apiEndpoint,
      'ecr.stsEndpoint': simulator.stsEndpoint,
      'ecr.registryOrigin': simulator.registryOrigin,
      ...operatorSettings,
    },
    privateNetworks: [],
  };
}

function roleConnection(role: string, values: Readonly<Record<string, string>> = {}): RegistryConnection {
  const configuration = ecrPlugin.configure({
    variantId: 'private',
    credentialKindId: 'role',
    values: { ...base, roleArn: `arn:aws:iam::123456789012:role/${role}`, externalId, assumedBy: 'access-key', region: 'us-east-1', ...values },
  });
  return ecrPlugin.connect(configuration, host());
}

describe('a role with the external ID in its trust policy', () => {
  test('is verified, row after row, as the role', async () => {
    await using connection = roleConnection('reader');

    const report = await connection.verify({ signal });

    expect(report).toMatchObject({ status: 'verified', account: '123456789012', problems: [] });
    expect(report.principal).toMatch(/^arn:aws:sts::123456789012:assumed-role\/reader\/esscm-[0-9a-f]{12}$/);
    expect(report.checks.slice(0, 2).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['sts:AssumeRole', 'allowed'],
      ['sts:GetCallerIdentity', 'allowed'],
    ]);
    expect(report.checks).toHaveLength(9);
  });

  test('can do no more than the seven actions, whatever the role allows', async () => {
    await using connection = roleConnection('reader');
    expect(await Array.fromAsync(connection.listRepositories({ signal }))).toMatchObject([[{ name: 'team/app' }]]);
    const access = await connection.pullAccess('team/app', { signal });
    const authorization = access.authentication.kind === 'basic' ? access.authentication.encoded.reveal() : '';

    // The role allows everything; starting an upload is not among the seven.
    const upload = await fetch(`${simulator.registryOrigin}/v2/team/app/blobs/uploads/`, { method: 'POST', headers: { authorization: `Basic ${authorization}` } });

    expect(upload.status).toBe(403);
    expect(await upload.text()).toContain('because no session policy allows the ecr:InitiateLayerUpload action');
  });

  test('is assumed once for many calls', async () => {
    await using connection = roleConnection('reader');
    await Promise.all(Array.from({ length: 5 }, () => connection.pullAccess('team/app', { signal, renew: true })));
    await Array.fromAsync(connection.listRepositories({ signal }));

    expect(simulator.requests.filter(({ operation }) => operation === 'sts:AssumeRole')).toHaveLength(1);
  });
});

describe('a role that is not to be used', () => {
  test('as it opens without the external ID too, is refused and not used', async () => {
    await using connection = roleConnection('open');

    const report = await connection.verify({ signal });

    expect(report.status).toBe('failed');
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(['unsafe', ...Array.from({ length: 8 }, () => 'not-tried')]);
    expect(report.problems).toMatchObject([
      {
        heading: 'Credentials verification failed',
        message:
          'arn:aws:iam::123456789012:role/open can also be assumed without the external ID, so that anyone who makes ESSCM name it could read your images. It is not used.',
      },
    ]);
    expect(simulator.requests.filter(({ plane }) => plane === 'ecr')).toEqual([]);
  });

  test('as its trust policy is another, is explained', async () => {
    await using connection = roleConnection('foreign');

    const report = await connection.verify({ signal });

    expect(report.checks[0]).toMatchObject({ action: 'sts:AssumeRole', outcome: 'denied-implicit', upstreamCode: 'AccessDenied' });
    expect(report.problems).toMatchObject([
      { heading: 'Access denied', message: 'AWS does not let user/esscm assume arn:aws:iam::123456789012:role/foreign, and does not say why.', actions: ['sts:AssumeRole'] },
    ]);
    expect(report.missingPolicy).toBeUndefined();
  });

  test('with a wrong secret of the key that assumes it, is the key that is wrong', async () => {
    await using connection = roleConnection('reader', { secretAccessKey: 'another/secret+another/secret+another/se' });

    const report = await connection.verify({ signal });

    expect(report.problems).toMatchObject([{ heading: 'Credentials verification failed', message: 'The access key exists, but the secret does not match it.' }]);
  });
});

describe('the guide of a role', () => {
  const input = { variantId: 'private', credentialKindId: 'role' };
  const trustPolicyFor = (principal: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': externalId } } }],
  });

  test('shows the trust policy once it is known who assumes it', async () => {
    const guide = await ecrPlugin.guide?.({ ...input, values: { ...base, externalId, assumedBy: 'access-key' } }, host(), { signal });

    expect([guide?.snippetTitle, JSON.parse(guide?.snippet ?? '')]).toEqual(['Trust policy', trustPolicyFor(baseArn)]);
  });

  test('asks for the key first, and asks AWS nothing', async () => {
    const guide = await ecrPlugin.guide?.({ ...input, values: { externalId, assumedBy: 'access-key' } }, host(), { signal });

    expect([guide?.snippetTitle, simulator.requests]).toEqual(['Policy of the role', []]);
  });

  test('names the principal the operator gives for the machine', async () => {
    const settings = { 'ecr.machineIdentity': 'instance', 'ecr.principalArn': 'arn:aws:iam::999988887777:role/path/esscm' };
    const guide = await ecrPlugin.guide?.({ ...input, values: { externalId, assumedBy: 'machine' } }, host(settings), { signal });

    expect(JSON.parse(guide?.snippet ?? '')).toEqual(trustPolicyFor('arn:aws:iam::999988887777:role/path/esscm'));
  });

  test('of a key AWS does not know says so', async () => {
    const unknown = { ...base, accessKeyId: 'AKIANOBODYNOBODYNOBO' };

    await expect(ecrPlugin.guide?.({ ...input, values: { ...unknown, externalId, assumedBy: 'access-key' } }, host(), { signal })).rejects.toMatchObject({
      kind: 'invalid-credentials',
      message: 'AWS does not recognise access key AKIA…BO in us-east-1.',
    });
  });
});

describe("the machine's own identity", () => {
  const configuration = ecrPlugin.configure({ variantId: 'private', credentialKindId: 'machine', values: { region: 'us-east-1' } });
  const connect = (sources: string) => ecrPlugin.connect(configuration, host({ 'ecr.machineIdentity': sources }));
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = machine;

  test('is refused where the operator does not allow it', () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', machine.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', machine.secretAccessKey);

    for (const sources of ['', 'profile', 'everything']) expect(() => connect(sources)).toThrow('The operator of this server does not allow its own AWS identity to be used.');
  });

  test('is taken from environment variables', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', machine.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', machine.secretAccessKey);
    await using connection = connect('environment');

    expect((await connection.verify({ signal })).principal).toBe('arn:aws:iam::123456789012:user/machine');
  });

  test('is not taken from a source that is not allowed', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', machine.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', machine.secretAccessKey);
    await using connection = connect('container');

    const report = await connection.verify({ signal });

    expect(report.problems).toMatchObject([
      { heading: 'Credentials verification failed', message: 'This machine has no AWS identity that ESSCM may use. Looked for: the container credentials address.' },
    ]);
    expect(simulator.requests).toEqual([]);
  });

  test('is taken from the container, as ECS and EKS Pod Identity give it', async () => {
    const asked: (string | undefined)[] = [];
    const origin = await serve((path, authorization) => {
      asked.push(authorization);
      return path === '/v1/credentials' ? JSON.stringify({ AccessKeyId, SecretAccessKey, Token: '', Expiration: '2126-01-01T00:00:00Z' }) : undefined;
    });
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${origin}/v1/credentials`);
    vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN', 'pod-token');
    await using connection = connect('container');

    expect((await connection.verify({ signal })).principal).toBe('arn:aws:iam::123456789012:user/machine');
    expect(asked[0]).toBe('pod-token');
  });

  test('is taken from the instance metadata service, version 2', async () => {
    const origin = await serve((path) => {
      if (path === '/latest/api/token') return 'metadata-token';
      if (path === '/latest/meta-data/iam/security-credentials/') return 'instance-role';
      if (path !== '/latest/meta-data/iam/security-credentials/instance-role') return undefined;
      return JSON.stringify({ AccessKeyId, SecretAccessKey, Token: '', Expiration: '2126-01-01T00:00:00Z' });
    });
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', origin);
    await using connection = connect('instance');

    expect((await connection.verify({ signal })).principal).toBe('arn:aws:iam::123456789012:user/machine');
  });

  test('is taken from a web identity token, exchanged at the regional STS that is ours', async () => {
    await using account = await FakeAccount.start();
    const folder = await mkdtemp(join(tmpdir(), 'web-identity-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'token'), 'web.identity.token\n');
    account.aws.answer('AssumeRoleWithWebIdentity', {
      json: { Credentials: { AccessKeyId: 'ASIAWEBIDENTITY00000', SecretAccessKey, SessionToken: 'session', Expiration: '2126-01-01T00:00:00Z' } },
    });
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', join(folder, 'token'));
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::418273905562:role/pod');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:9');
    const pod = ecrPlugin.configure({ variantId: 'private', credentialKindId: 'machine', values: { region: 'eu-central-1' } });
    await using connection = ecrPlugin.connect(pod, { ...account.host, operatorSettings: { ...account.host.operatorSettings, 'ecr.machineIdentity': 'web-identity' } });

    expect((await connection.verify({ signal })).status).toBe('verified');
    expect(account.aws.callsOf('AssumeRoleWithWebIdentity')[0]?.input).toMatchObject({ RoleArn: 'arn:aws:iam::418273905562:role/pod', WebIdentityToken: 'web.identity.token' });
    expect(account.aws.callsOf('DescribeRepositories')[0]?.authorization).toContain('Credential=ASIAWEBIDENTITY00000/');
  });
});

test('profiles and shared files of the machine reroute nothing and lend nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profiles-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const elsewhere = 'http://127.0.0.1:9';
  await writeFile(
    join(folder, 'config'),
    `[default]\nregion = us-west-2\nendpoint_url = ${elsewhere}\nservices = s\nuse_fips_endpoint = true\n\n[profile other]\nendpoint_url = ${elsewhere}\nregion = us-west-2\n\n[services s]\necr =\n  endpoint_url = ${elsewhere}\nsts =\n  endpoint_url = ${elsewhere}\n`,
  );
  await writeFile(join(folder, 'credentials'), `[default]\naws_access_key_id = ${machine.accessKeyId}\naws_secret_access_key = ${machine.secretAccessKey}\n`);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_PROFILE', 'other');
  vi.stubEnv('AWS_ENDPOINT_URL', elsewhere);
  vi.stubEnv('AWS_ENDPOINT_URL_ECR', elsewhere);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', elsewhere);
  await using connection = roleConnection('reader');

  const report = await connection.verify({ signal });

  expect(report.status).toBe('verified');
  // The machine's identity, allowed from everywhere, is still not taken from a profile.
  const sources = 'environment,web-identity,container,instance';
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', elsewhere);
  const configuration = ecrPlugin.configure({ variantId: 'private', credentialKindId: 'machine', values: { region: 'us-east-1' } });
  await using borrowed = ecrPlugin.connect(configuration, host({ 'ecr.machineIdentity': sources }));
  expect((await borrowed.verify({ signal })).problems[0]?.message).toContain('This machine has no AWS identity that ESSCM may use.');
});

/** A server of this machine that answers paths with text; 404 for undefined. */
async function serve(answer: (path: string, authorization: string | undefined) => string | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const body = answer(request.url ?? '', request.headers.authorization);
    response.writeHead(body === undefined ? 404 : 200).end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
