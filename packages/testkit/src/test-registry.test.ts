import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ImageBuilder } from './image-builder.js';
import { TestRegistry } from './test-registry.js';

const image = new ImageBuilder().layer({ a: 'x' }).build();
const blobPath = `/v2/team/app/blobs/${image.config.digest}`;
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start();
  registry.add('team/app', image, { tags: ['1.0'] });
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(path, registry.origin), { headers, redirect: 'manual' });
}

test('serves manifests by tag and digest, and blobs', async () => {
  const bytes = image.manifests.get(image.descriptor.digest)?.bytes.toString();
  expect(await (await get('/v2/team/app/manifests/1.0')).text()).toBe(bytes);
  expect(await (await get(`/v2/team/app/manifests/${image.descriptor.digest}`)).text()).toBe(bytes);
  expect(await (await get(blobPath)).text()).toBe(image.blobs.get(image.config.digest)?.toString());
  expect(registry.log).toEqual(['GET /v2/team/app/manifests/1.0', `GET /v2/team/app/manifests/${image.descriptor.digest}`, `GET ${blobPath}`]);
});

describe('asks for credentials', () => {
  test('by Basic, and refuses a revoked one as Amazon ECR does', async () => {
    registry.behaviour.authentication = { kind: 'basic', username: 'AWS', password: 'p' };
    registry.behaviour.refusal = 'expired-403';
    const authorization = `Basic ${Buffer.from('AWS:p').toString('base64')}`;
    const statuses = [(await get('/v2/')).status, (await get('/v2/', { authorization })).status];
    registry.authentication.revoke('AWS', 'p');
    expect([...statuses, (await get('/v2/', { authorization })).status]).toEqual([401, 200, 403]);
  });

  test('by Bearer, with tokens that can expire', async () => {
    registry.behaviour.authentication = { kind: 'bearer', scope: 'aws' };
    expect((await get('/v2/')).headers.get('www-authenticate')).toBe(`Bearer realm="${registry.origin}/token",service="${registry.host}",scope="aws"`);
    const token = 'test-token-1';
    expect(await (await get('/token')).json()).toEqual({ token });
    expect((await get('/v2/', { authorization: `Bearer ${token}` })).status).toBe(200);
    registry.authentication.expireTokens();
    expect((await get('/v2/', { authorization: `Bearer ${token}` })).status).toBe(401);
  });
});

test('redirects blobs to storage, which refuses a credential', async () => {
  registry.behaviour.redirectBlobs = true;
  const location = (await get(blobPath)).headers.get('location') ?? '';
  expect(new URL(location).origin).toBe(registry.storageOrigin);
  expect([(await fetch(location)).status, (await fetch(location, { headers: { authorization: 'Basic x' } })).status]).toEqual([200, 400]);
});

test('answers ranges, unless told otherwise', async () => {
  const range = { range: 'bytes=5-' };
  const answer = await get(blobPath, range);
  const size = image.config.size;
  expect([answer.status, answer.headers.get('content-range'), answer.headers.get('content-length')]).toEqual([206, `bytes 5-${size - 1}/${size}`, String(size - 5)]);
  expect((await get(blobPath, { range: `bytes=${size}-` })).status).toBe(416);
  registry.behaviour.ignoreRange = true;
  expect((await get(blobPath, range)).status).toBe(200);
  Object.assign(registry.behaviour, { ignoreRange: false, refuseRange: true });
  expect((await get(blobPath, range)).status).toBe(416);
});

test('cuts a blob off as often as told', async () => {
  Object.assign(registry.behaviour, { cutBlobAfterBytes: 3, cuts: 1 });
  await expect((await get(blobPath)).text()).rejects.toThrow('terminated');
  expect((await (await get(blobPath)).text()).length).toBe(image.config.size);
});

test('limits the rate and fails as often as told', async () => {
  Object.assign(registry.behaviour, { throttles: 1, retryAfter: '7', failures: 1 });
  const answers = [await get('/v2/'), await get('/v2/'), await get('/v2/')];
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([[429, '7'], [503, null], [200, null]]);
});

test('pages tags with an opaque continuation, at most 1000 at once', async () => {
  registry.add('team/app', image, { tags: ['1.1', '1.2'] });
  registry.behaviour.pageSize = 2;
  const first = await get('/v2/team/app/tags/list?n=1000');
  const link = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  expect(await first.json()).toEqual({ name: 'team/app', tags: ['1.0', '1.1'] });
  expect(await (await get(link)).json()).toEqual({ name: 'team/app', tags: ['1.2'] });
  expect((await get('/v2/team/app/tags/list?n=1001')).status).toBe(405);
});
