import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../content/stored-manifest.js';
import { startTestSimulator, type TestSimulator } from '../fixtures/test-simulator.js';

const host = 'public.ecr.aws';
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
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
