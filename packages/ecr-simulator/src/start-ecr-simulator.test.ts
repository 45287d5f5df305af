import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeRepositoriesCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { expect, test } from 'vitest';
import { outcome, READER, startTestSimulator } from './testing/test-simulator.js';
import { startEcrSimulator } from './start-ecr-simulator.js';

test('the request log tells what was asked and by whom, and holds no secret', async () => {
  await using running = await startTestSimulator();
  const authorization = await running.authorization();
  const redirect = await running.raw(`/v2/team/app/blobs/${running.images[0]?.layerDigests[0]}`, { headers: { authorization } });
  await running.raw(String(redirect.headers['location']), { headers: { range: 'bytes=10-' } });
  const { requests } = running.simulator;
  expect(requests.map(({ plane, operation, status, authorizationScheme, principal, repository, range }) => [plane, operation, status, authorizationScheme, principal, repository, range])).toEqual([
    ['ecr', 'ecr:GetAuthorizationToken', 200, 'AWS4-HMAC-SHA256', 'arn:aws:iam::123456789012:user/reader', undefined, undefined],
    ['registry', 'registry:blob', 307, 'Basic', 'arn:aws:iam::123456789012:user/reader', 'team/app', undefined],
    ['blobs', 'blobs:get', 206, undefined, undefined, 'team/app', 'bytes=10-'],
  ]);
  const text = JSON.stringify(requests);
  const signature = new URL(String(redirect.headers['location'])).searchParams.get('X-Amz-Signature') ?? '';
  expect([READER.secretAccessKey, authorization.slice('Basic '.length), signature].filter((secret) => text.includes(secret))).toEqual([]);
});

test('a token ends with the session of its principal when that comes first', async () => {
  const sessionExpiresAt = new Date(Date.now() + 3_600_000);
  const session = { accessKeyId: 'ASIAEXAMPLESESSION00', secretAccessKey: 'session', sessionToken: 'the token' };
  await using running = await startTestSimulator({
    users: [{ name: 'session', ...session, sessionExpiresAt, policies: [{ Statement: { Effect: 'Allow', Action: 'ecr:*', Resource: '*' } }] }],
  });
  const { authorizationData } = await running.ecr(session).send(new GetAuthorizationTokenCommand({}));
  expect(authorizationData?.[0]?.expiresAt).toEqual(sessionExpiresAt);
});

test('repositories can be added and removed while it runs', async () => {
  await using running = await startTestSimulator();
  const names = async () => ((await running.ecr().send(new DescribeRepositoriesCommand({}))).repositories ?? []).map((repository) => repository.repositoryName ?? '').toSorted();
  await running.simulator.addRepository({ name: 'team/more', visibility: 'private', images: [{ layout: running.layouts[1] ?? '', tags: ['1'] }] });
  expect(await names()).toEqual(['team/app', 'team/more']);
  running.simulator.removeRepository('private', 'team/app');
  expect(await names()).toEqual(['team/more']);
  expect(() => running.simulator.removeRepository('private', 'team/app')).toThrow("There is no private repository 'team/app'");
});

test('an image layout whose content does not have its digest is refused', async () => {
  await using running = await startTestSimulator();
  const [layout = ''] = running.layouts;
  const repository = { name: 'team/broken', visibility: 'private' as const, images: [{ layout, tags: ['1'] }] };
  await writeFile(join(layout, 'blobs', 'sha256', running.images[0]?.digest.slice(7) ?? ''), '{}');
  expect(await outcome(running.simulator.addRepository(repository))).toMatch(/^SimulatorError: .*the content of sha256:[0-9a-f]{64} has another digest$/);
});

test('what is too large is refused, and said so', async () => {
  await using running = await startTestSimulator({ maxUploadBytes: 1_000 });
  const call = await running.raw('/', { method: 'POST', headers: { 'x-amz-target': 'any' }, body: 'x'.repeat(1024 * 1024 + 1) });
  const authorization = await running.authorization();
  const begun = await running.raw('/v2/team/app/blobs/uploads/', { method: 'POST', headers: { authorization } });
  const upload = await running.raw(String(begun.headers['location']), { method: 'PATCH', headers: { authorization }, body: 'x'.repeat(1_001) });
  const manifest = await running.raw('/v2/team/app/manifests/1', { method: 'PUT', headers: { authorization }, body: 'x'.repeat(4 * 1024 * 1024 + 1) });
  expect([call.status, upload.status, manifest.status]).toEqual([413, 413, 413]);
});

test('closing twice is fine, and ends what hangs', async () => {
  const simulator = await startEcrSimulator({ users: [], repositories: [], faults: [{ operation: '*', behaviour: { kind: 'hang' } }] });
  const hanging = outcome(fetch(`${simulator.registryOrigin}/v2/`));
  while (simulator.requests.length === 0) await new Promise(setImmediate);
  await simulator.close();
  await simulator.close();
  expect(await hanging).toMatch(/^TypeError: fetch failed/);
});

test.each([
  ['an account of eleven digits', { account: '12345678901' }, "'12345678901' in 'us-east-1' is not an account in a region"],
  ['a region without a number', { region: 'us-east' }, "'123456789012' in 'us-east' is not an account in a region"],
])('refuses %s', async (_title, options, message) => {
  expect(await outcome(startEcrSimulator({ ...options, users: [], repositories: [] }))).toBe(`SimulatorError: ${message}`);
});

test.each([
  ['us-gov-west-1', '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu'],
])('the registry host in %s is %s', async (region, host) => {
  await using simulator = await startEcrSimulator({ region, users: [], repositories: [] });
  expect(simulator.registryHost).toBe(host);
});
