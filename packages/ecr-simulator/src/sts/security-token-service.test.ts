import { ListImagesCommand } from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcome, startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const nobody = { accessKeyId: 'AKIAEXAMPLENOBODY000', secretAccessKey: 'nobody' };
const RoleArn = 'arn:aws:iam::123456789012:role/Scanner';
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
    users: [{ name: 'nobody', ...nobody, policies: [] }],
    roles: [
      {
        name: 'Scanner',
        policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }],
        trustPolicy: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::123456789012:user/nobody' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': 'tenant-1' } },
          },
        },
      },
    ],
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

async function send(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }, command: AssumeRoleCommand) {
  const client = new STSClient({ endpoint: running.simulator.stsEndpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  try {
    return await client.send(command);
  } finally {
    client.destroy();
  }
}

async function whoAmI(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  const client = new STSClient({ endpoint: running.simulator.stsEndpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  try {
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
    return `${Account} ${Arn}`;
  } catch (error) {
    return error instanceof Error && '$metadata' in error ? [error.name, error.message, error.$metadata] : String(error);
  } finally {
    client.destroy();
  }
}

test('GetCallerIdentity needs no permission', async () => {
  expect(await whoAmI(nobody)).toBe('123456789012 arn:aws:iam::123456789012:user/nobody');
});

test.each([
  ['an unknown key', { ...nobody, accessKeyId: 'AKIAEXAMPLEUNKNOWN00' }, 'InvalidClientTokenId'],
  ['a wrong secret', { ...nobody, secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
])('%s is answered 403 with the name of the query protocol', async (_title, credentials, name) => {
  expect(await whoAmI(credentials)).toEqual([name, expect.any(String), expect.objectContaining({ httpStatusCode: 403 })]);
});

test('a role is assumed with the external id, and its session works with all three parts', async () => {
  const { Credentials, AssumedRoleUser } = await send(nobody, new AssumeRoleCommand({ RoleArn, RoleSessionName: 'connection-1', ExternalId: 'tenant-1' }));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Scanner/connection-1');
  expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(await whoAmI(credentials)).toBe('123456789012 arn:aws:sts::123456789012:assumed-role/Scanner/connection-1');
  expect(await outcome(running.ecr(credentials).send(new ListImagesCommand({ repositoryName: 'team/app' })))).toBe('ok');
});

test('a session policy narrows the role', async () => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: '*' }] });
  const { Credentials } = await send(nobody, new AssumeRoleCommand({ RoleArn, RoleSessionName: 'narrow', ExternalId: 'tenant-1', Policy }));
  const client = running.ecr({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
  expect(await outcome(client.send(new ListImagesCommand({ repositoryName: 'team/app' })))).toBe(
    'AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/Scanner/narrow is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-east-1:123456789012:repository/team/app because no session policy allows the ecr:ListImages action',
  );
});

const denied = (role: string) => `AccessDenied: User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: sts:AssumeRole on resource: ${role}`;
test.each([
  ['without the external id', { RoleArn, RoleSessionName: 'connection-1' }, denied(RoleArn)],
  ['with another external id', { RoleArn, RoleSessionName: 'connection-1', ExternalId: 'tenant-2' }, denied(RoleArn)],
  ['when there is no such role', { RoleArn: `${RoleArn}s`, RoleSessionName: 'connection-1', ExternalId: 'tenant-1' }, denied(`${RoleArn}s`)],
  ['for longer than the role allows', { RoleArn, RoleSessionName: 'connection-1', ExternalId: 'tenant-1', DurationSeconds: 7_200 }, 'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
])('a role is not assumed %s', async (_title, input, expected) => {
  expect(await outcome(send(nobody, new AssumeRoleCommand(input)))).toBe(expected);
});
