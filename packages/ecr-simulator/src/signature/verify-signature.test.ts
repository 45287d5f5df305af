import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basicTimestamp } from './verify-signature.js';
import { outcome, READER, startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const clock = { offsetMs: 0 };
const policies = [{ Statement: { Effect: 'Allow' as const, Action: 'ecr:*', Resource: '*' } }];
const session = { accessKeyId: 'ASIAEXAMPLESESSION00', secretAccessKey: 'session', sessionToken: 'the token' };
const target = 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories';
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
    users: [
      { name: 'inactive', accessKeyId: 'AKIAEXAMPLEINACTIVE0', secretAccessKey: 'inactive', active: false, policies },
      { name: 'session', ...session, sessionExpiresAt: new Date(Date.now() + 3_600_000), policies },
      { name: 'lapsed', ...session, accessKeyId: 'ASIAEXAMPLELAPSED000', sessionExpiresAt: new Date(Date.now() - 1_000), policies },
    ],
    clock: { now: () => new Date(Date.now() + clock.offsetMs) },
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const describe = (credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
  outcome(running.ecr(credentials).send(new DescribeRepositoriesCommand({})));

const INVALID_KEY = 'UnrecognizedClientException: The security token included in the request is invalid.';
const MISMATCH =
  'InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

test.each<readonly [string, { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined, string]>([
  ['the right key', READER, 'ok'],
  ['an unknown key', { ...READER, accessKeyId: 'AKIAEXAMPLEUNKNOWN00' }, INVALID_KEY],
  ['a deactivated key', { accessKeyId: 'AKIAEXAMPLEINACTIVE0', secretAccessKey: 'inactive' }, INVALID_KEY],
  ['a wrong secret', { ...READER, secretAccessKey: 'wrong' }, MISMATCH],
  ['a temporary key with its token', session, 'ok'],
  ['a temporary key without its token', { accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey }, INVALID_KEY],
  ['a long-lived key with a token', { ...READER, sessionToken: 'any' }, INVALID_KEY],
  ['an expired session', { ...session, accessKeyId: 'ASIAEXAMPLELAPSED000' }, 'ExpiredTokenException: The security token included in the request is expired'],
])('%s', async (_title, credentials, expected) => {
  expect(await describe(credentials)).toBe(expected);
});

test('a credential for another region is out of scope', async () => {
  const client = new ECRClient({ endpoint: running.simulator.apiEndpoint, region: 'eu-west-1', credentials: READER, maxAttempts: 1 });
  expect(await outcome(client.send(new DescribeRepositoriesCommand({})))).toBe(
    "InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'.",
  );
  client.destroy();
});

test('a credential for another service is out of scope, before its signature is looked at', async () => {
  const timestamp = basicTimestamp(new Date());
  const credential = `${READER.accessKeyId}/${timestamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=00`;
  const answer = await running.raw('/', { method: 'POST', headers: { authorization, 'x-amz-date': timestamp, 'x-amz-target': target }, body: '{}' });
  expect(JSON.parse(answer.body)).toEqual({ __type: 'InvalidSignatureException', message: "Credential should be scoped to correct service: 'ecr'." });
});

test('a clock that is off is told by how much, and the SDK corrects itself by the Date header', async () => {
  clock.offsetMs = 11 * 60_000;
  try {
    expect(await describe()).toMatch(/^InvalidSignatureException: Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/);
    const patient = new ECRClient({ endpoint: running.simulator.apiEndpoint, region: 'us-east-1', credentials: READER });
    expect(await outcome(patient.send(new DescribeRepositoriesCommand({})))).toBe('ok');
    patient.destroy();
    clock.offsetMs = -11 * 60_000;
    expect(await describe()).toMatch(/^InvalidSignatureException: Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/);
  } finally {
    clock.offsetMs = 0;
  }
});

test.each([
  ['no Authorization', {}, 'MissingAuthenticationTokenException'],
  ['another scheme', { authorization: 'Basic QVdTOng=' }, 'IncompleteSignatureException'],
  ['a credential of four parts', { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=00', 'x-amz-date': '20260501T120000Z' }, 'IncompleteSignatureException'],
  ['no date', { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=00' }, 'IncompleteSignatureException'],
  ['host not signed', { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=x-amz-date, Signature=00', 'x-amz-date': '20260501T120000Z' }, 'InvalidSignatureException'],
])('refuses a request with %s', async (_title, headers, code) => {
  const answer = await running.raw('/', { method: 'POST', headers: { ...headers, 'x-amz-target': target }, body: '{}' });
  expect([answer.status, JSON.parse(answer.body).__type]).toEqual([400, code]);
});

test('a body changed on the way no longer fits its signature', async () => {
  const captured: { headers: Record<string, string>; body: string }[] = [];
  const client = running.ecr();
  client.middlewareStack.add(
    (next) => async (parameters) => {
      const request = parameters.request as { headers: Record<string, string>; body: string };
      captured.push({ headers: { ...request.headers }, body: request.body });
      return next(parameters);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.send(new DescribeRepositoriesCommand({ maxResults: 10 }));
  const [sent] = captured;
  const replay = (body: string) => running.raw('/', { method: 'POST', headers: sent?.headers ?? {}, body });
  expect((await replay(sent?.body ?? '')).status).toBe(200);
  expect(JSON.parse((await replay('{"maxResults":11}')).body).__type).toBe('InvalidSignatureException');
});
