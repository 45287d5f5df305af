import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../content/stored-manifest.js';
import { basicTimestamp } from '../signature/verify-signature.js';
import { canonicalRequest, computeSignature } from '../signature/signature-v4.js';
import { startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const host = 'public.ecr.aws';
let running: TestSimulator;

beforeAll(async () => {
  const user = (name: string, actions: string[]) => ({
    name,
    accessKeyId: `AKIAEXAMPLE${name.toUpperCase()}`,
    secretAccessKey: name,
    policies: [{ Statement: { Effect: 'Allow' as const, Action: actions, Resource: '*' } }],
  });
  running = await startTestSimulator({
    users: [user('publicone', ['ecr-public:*']), user('publictwo', ['ecr-public:*', 'sts:GetServiceBearerToken'])],
    repositories: (layouts) => [{ name: 'nginx/nginx', visibility: 'public', images: [{ layout: layouts[0] ?? '', tags: ['latest'] }] }],
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

async function bearer(): Promise<string> {
  const answer = await running.raw('/token/?service=public.ecr.aws&scope=aws');
  return `Bearer ${JSON.parse(answer.body).token}`;
}

test('the challenge names a realm that answers anyone, and its token opens every repository', async () => {
  const challenge = await running.raw('/v2/', { headers: { host } });
  expect([challenge.status, challenge.headers['www-authenticate']]).toEqual([
    401,
    `Bearer realm="${running.simulator.publicOrigin}/token/",service="public.ecr.aws",scope="aws"`,
  ]);
  expect(JSON.parse(challenge.body)).toEqual({ errors: [{ code: 'DENIED', message: 'Not Authorized' }] });
  const manifest = await running.raw('/v2/nginx/nginx/manifests/latest', { headers: { host, authorization: await bearer() } });
  expect([manifest.status, digestOf(Buffer.from(manifest.body)), manifest.headers['docker-content-digest']]).toEqual([200, running.images[0]?.digest, undefined]);
});

test.each([
  ['a bad bearer', { authorization: 'Bearer nonsense' }],
  ['Basic', { authorization: 'Basic QVdTOng=' }],
])('%s is answered 400 without a challenge', async (_title, headers) => {
  const answer = await running.raw('/v2/nginx/nginx/manifests/latest', { headers: { host, ...headers } });
  expect([answer.status, answer.headers['www-authenticate'], JSON.parse(answer.body).errors[0].message]).toEqual([400, undefined, 'Your Authorization Token is invalid.']);
});

test('anonymous pulls are limited to one a second, as ECR Public does, when told so', async () => {
  const stopped = new Date();
  await using limited = await startTestSimulator({
    clock: { now: () => stopped },
    rateLimits: { 'public:manifest': { burst: 1, perSecond: 1 } },
    repositories: (layouts) => [{ name: 'nginx/nginx', visibility: 'public', images: [{ layout: layouts[0] ?? '', tags: ['latest'] }] }],
  });
  const { token } = JSON.parse((await limited.raw('/token/')).body);
  const pull = async () => (await limited.raw('/v2/nginx/nginx/manifests/latest', { headers: { host, authorization: `Bearer ${token}` } })).status;
  expect([await pull(), await pull()]).toEqual([200, 429]);
  stopped.setSeconds(stopped.getSeconds() + 1);
  expect(await pull()).toBe(200);
});

test('HEAD of a blob is 401 even with a good token, GET redirects', async () => {
  const authorization = await bearer();
  const path = `/v2/nginx/nginx/blobs/${running.images[0]?.layerDigests[0]}`;
  expect((await running.raw(path, { method: 'HEAD', headers: { host, authorization } })).status).toBe(401);
  const redirect = await running.raw(path, { headers: { host, authorization } });
  expect(redirect.status).toBe(307);
  expect((await running.raw(String(redirect.headers['location']))).status).toBe(200);
});

test('tags are listed, other repositories are unknown, and nothing is pushed', async () => {
  const authorization = await bearer();
  const tags = await running.raw('/v2/nginx/nginx/tags/list?n=1000', { headers: { host: 'ecr-public.aws.com', authorization } });
  expect(JSON.parse(tags.body)).toEqual({ name: 'nginx/nginx', tags: ['latest'] });
  expect((await running.raw('/v2/nginx/absent/tags/list', { headers: { host, authorization } })).status).toBe(404);
  expect((await running.raw('/v2/nginx/nginx/blobs/uploads/', { method: 'POST', headers: { host, authorization } })).status).toBe(405);
});

test('public repositories are no private ones', async () => {
  const answer = await running.raw('/v2/nginx/nginx/tags/list', { headers: { authorization: await running.authorization() } });
  expect(answer.status).toBe(404);
});

async function publicToken(name: string) {
  const timestamp = basicTimestamp(new Date());
  const scope = { date: timestamp.slice(0, 8), region: 'us-east-1', service: 'ecr-public', terminator: 'aws4_request' };
  const headers = { host: 'api.ecr-public.us-east-1.amazonaws.com', 'x-amz-date': timestamp, 'x-amz-target': 'SpencerFrontendService.GetAuthorizationToken' };
  const names = Object.keys(headers);
  const canonical = canonicalRequest({ method: 'POST', target: '/', headers: new Map(Object.entries(headers)), body: Buffer.from('{}') }, names);
  const credential = `AKIAEXAMPLE${name.toUpperCase()}/${scope.date}/us-east-1/ecr-public/aws4_request`;
  const signature = computeSignature(name, scope, timestamp, canonical);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return running.raw('/', { method: 'POST', headers: { ...headers, authorization }, body: '{}' });
}

test('a token of the ECR Public API takes two permissions, and serves as bearer or at the token endpoint', async () => {
  const refused = await publicToken('publicone');
  expect(JSON.parse(refused.body).message).toContain('is not authorized to perform: sts:GetServiceBearerToken on resource: *');
  const { authorizationData } = JSON.parse((await publicToken('publictwo')).body);
  const authorization = `Basic ${authorizationData.authorizationToken}`;
  const exchanged = JSON.parse((await running.raw('/token/', { headers: { host, authorization } })).body).token;
  const statuses = [];
  for (const header of [`Bearer ${authorizationData.authorizationToken}`, `Bearer ${exchanged}`, authorization]) {
    statuses.push((await running.raw('/v2/nginx/nginx/tags/list', { headers: { host, authorization: header } })).status);
  }
  expect(statuses).toEqual([200, 200, 400]);
});
