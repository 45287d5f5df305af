import { writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListImageReferrersCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../content/stored-manifest.js';
import { startTestSimulator, type TestSimulator } from '../testing/test-simulator.js';

const HOST = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
const clock = { offsetMs: 0 };
const puller = { accessKeyId: 'AKIAEXAMPLEPULLER000', secretAccessKey: 'puller' };
const tags = Array.from({ length: 120 }, (_, index) => `v${index}`);
let running: TestSimulator;
let authorization: string;

beforeAll(async () => {
  running = await startTestSimulator({
    clock: { now: () => new Date(Date.now() + clock.offsetMs) },
    users: [{ name: 'puller', ...puller, policies: [{ Statement: { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], Resource: '*' } }] }],
    repositories: (layouts) => [
      { name: 'team/app', visibility: 'private', images: [{ layout: layouts[0] ?? '', tags }, { layout: layouts[1] ?? '', tags: ['old'], archived: true }] },
      { name: 'team/empty', visibility: 'private', images: [] },
      { name: 'team/fixed', visibility: 'private', tagMutability: 'IMMUTABLE', images: [{ layout: layouts[0] ?? '', tags: ['1'] }, { layout: layouts[1] ?? '', tags: ['2'] }] },
    ],
  });
  authorization = await running.authorization();
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  running.raw(path, { method, headers: { host: HOST, authorization, ...headers } });
const errorOf = (answer: { status: number; body: string }) => [answer.status, JSON.parse(answer.body).errors[0].code, JSON.parse(answer.body).errors[0].message];

test('without a header: a Basic challenge', async () => {
  const answer = await running.raw('/v2/', { headers: { host: HOST } });
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, `Basic realm="https://${HOST}/",service="ecr.amazonaws.com"`]);
});

test('with a token: the version header', async () => {
  const answer = await get('/v2/');
  expect([answer.status, answer.headers['docker-distribution-api-version']]).toEqual([200, 'registry/2.0']);
});

test('an expired token is refused with 403 and no challenge', async () => {
  clock.offsetMs = 12 * 3_600_000 + 1_000;
  try {
    const answer = await get('/v2/');
    expect(errorOf(answer)).toEqual([403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.']);
    expect(answer.headers['www-authenticate']).toBeUndefined();
  } finally {
    clock.offsetMs = 0;
  }
});

test('a token of another registry and a truncated one are invalid', async () => {
  await using other = await startTestSimulator();
  expect(errorOf(await get('/v2/', { authorization: await other.authorization() }))).toEqual([403, 'DENIED', 'Your Authorization Token is invalid.']);
  expect(errorOf(await get('/v2/', { authorization: authorization.slice(0, 1_000) }))).toEqual([400, 'DENIED', 'Your Authorization Token is invalid.']);
});

test('GET of a manifest leaves the digest out, HEAD names it', async () => {
  const path = '/v2/team/app/manifests/v7';
  const [body, head] = [await get(path), await get(path, {}, 'HEAD')];
  expect(digestOf(Buffer.from(body.body))).toBe(running.images[0]?.digest);
  expect([body.status, body.headers['docker-content-digest'], body.headers['content-type']]).toEqual([200, undefined, 'application/vnd.oci.image.manifest.v1+json']);
  expect([head.status, head.headers['docker-content-digest'], head.headers['content-length'], head.body]).toEqual([200, running.images[0]?.digest, String(body.body.length), '']);
});

test('a manifest is converted by tag and never by digest', async () => {
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  const byTag = await get('/v2/team/app/manifests/v1', { accept });
  expect([byTag.headers['content-type'], JSON.parse(byTag.body).layers[0].mediaType]).toEqual([accept, 'application/vnd.docker.image.rootfs.diff.tar.gzip']);
  const byDigest = await get(`/v2/team/app/manifests/${running.images[0]?.digest}`, { accept });
  expect(digestOf(Buffer.from(byDigest.body))).toBe(running.images[0]?.digest);
});

test.each([
  ['a tag that is not there', '/v2/team/app/manifests/none', [404, 'MANIFEST_UNKNOWN', 'Requested image not found']],
  ['an archived image', '/v2/team/app/manifests/old', [404, 'MANIFEST_UNKNOWN', 'Requested image not found']],
  ['a repository that is not there', '/v2/team/none/manifests/1', [404, 'NAME_UNKNOWN', "The repository with name 'team/none' does not exist in the registry with id '123456789012'"]],
  ['a page above the bound', '/v2/team/app/tags/list?n=1001', [405, 'UNSUPPORTED', "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'"]],
  ['a tag where the continuation belongs', '/v2/team/app/tags/list?last=v5', [405, 'UNSUPPORTED', "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'"]],
])('refuses %s', async (_title, path, expected) => {
  expect(errorOf(await get(path))).toEqual(expected);
});

test('each request takes its own permission, on the repository asked for', async () => {
  const own = { authorization: await running.authorization(puller) };
  const layer = running.images[0]?.layerDigests[0] ?? '';
  expect((await get('/v2/team/app/manifests/v1', own)).status).toBe(200);
  const refused = async (path: string) => {
    const [status, , message] = errorOf(await get(path, own));
    return `${status} ${/ecr:\w+ on resource: \S+/.exec(String(message))?.[0]}`;
  };
  const arn = 'arn:aws:ecr:us-east-1:123456789012:repository';
  expect([await refused(`/v2/team/app/blobs/${layer}`), await refused('/v2/absent/tags/list'), await refused('/v2/_catalog')]).toEqual([
    `403 ecr:GetDownloadUrlForLayer on resource: ${arn}/team/app`,
    `403 ecr:ListImages on resource: ${arn}/absent`,
    `403 ecr:DescribeRepositories on resource: ${arn}/*`,
  ]);
});

test('tags come in pages of 100 unless asked, unsorted, with an absolute link', async () => {
  const seen: string[] = [];
  let next: string | undefined = '/v2/team/app/tags/list';
  const sizes: number[] = [];
  while (next !== undefined) {
    const answer = await get(next);
    const page: { tags: string[] } = JSON.parse(answer.body);
    seen.push(...page.tags);
    sizes.push(page.tags.length);
    next = /^<(http:[^>]+)>; rel="next"$/.exec(String(answer.headers['link']))?.[1];
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  }
  expect(sizes).toEqual([100, 20]);
  expect(seen.toSorted()).toEqual(tags.toSorted());
  expect(seen).not.toEqual(seen.toSorted());
});

test('HEAD of a blob is answered directly, GET by a redirect to another origin', async () => {
  const layer = running.images[0]?.layerDigests[0] ?? '';
  const [head, body] = [await get(`/v2/team/app/blobs/${layer}`, {}, 'HEAD'), await get(`/v2/team/app/blobs/${layer}`)];
  expect([head.status, head.headers['docker-content-digest'], head.headers['location']]).toEqual([200, layer, undefined]);
  expect([body.status, new URL(String(body.headers['location'])).origin]).toEqual([307, running.simulator.blobOrigin]);
});

test('a registry of another account is another registry; one of another region is not served here', async () => {
  const other = await get('/v2/team/app/tags/list', { host: HOST.replace('123456789012', '111122223333') });
  expect([other.status, other.body.includes('because no resource-based policy allows the ecr:ListImages action')]).toEqual([403, true]);
  expect((await get('/v2/', { host: HOST.replace('us-east-1', 'eu-west-1') })).status).toBe(421);
});

test('referrers are those that name the digest, filtered when asked', async () => {
  const subject = running.images[0]?.digest ?? '';
  const layout = running.layouts[0] ?? '';
  const index: { manifests: unknown[] } = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'));
  const config = Buffer.from('{}');
  await writeFile(join(layout, 'blobs', 'sha256', digestOf(config).slice(7)), config);
  const descriptor = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf(config), size: 2 };
  const sbom = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/spdx+json',
      config: descriptor,
      layers: [descriptor],
      subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: subject, size: 1 },
      annotations: { note: 'quoted' },
    }),
  );
  await writeFile(join(layout, 'blobs', 'sha256', digestOf(sbom).slice(7)), sbom);
  const named = { ...(index.manifests[0] as object), annotations: { 'org.opencontainers.image.ref.name': 'app' } };
  const sbomDescriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOf(sbom), size: sbom.length };
  await writeFile(join(layout, 'index.json'), JSON.stringify({ ...index, manifests: [named, sbomDescriptor] }));
  await running.simulator.addRepository({ name: 'team/signed', visibility: 'private', images: [{ layout, tags: ['1'] }] });

  const answer = await get(`/v2/team/signed/referrers/${subject}?artifactType=application%2Fspdx%2Bjson`);
  expect([answer.status, answer.headers['oci-filters-applied']]).toEqual([200, 'artifactType']);
  expect(JSON.parse(answer.body).manifests).toEqual([{ ...sbomDescriptor, artifactType: 'application/spdx+json', annotations: { note: 'quoted' } }]);
  expect(JSON.parse((await get(`/v2/team/signed/referrers/${subject}?artifactType=other`)).body).manifests).toEqual([]);
  const { referrers } = await running.ecr().send(new ListImageReferrersCommand({ repositoryName: 'team/signed', subjectId: { imageDigest: subject } }));
  expect(referrers).toEqual([{ ...sbomDescriptor, artifactType: 'application/spdx+json', annotations: { note: 'quoted' }, artifactStatus: 'ACTIVE' }]);
});

test('a push is refused when a part is missing, the digest is wrong, or the method is not known', async () => {
  const begun = await get('/v2/team/empty/blobs/uploads/', {}, 'POST');
  expect(begun.status).toBe(202);
  const put = (path: string, body: string, headers: Record<string, string> = {}) => running.raw(path, { method: 'PUT', headers: { host: HOST, authorization, ...headers }, body });
  const wrong = await put(`${String(begun.headers['location'])}?digest=${digestOf(Buffer.from('other'))}`, 'content');
  expect(errorOf(wrong).slice(0, 2)).toEqual([400, 'DIGEST_INVALID']);
  const manifest = await get('/v2/team/app/manifests/v1');
  const type = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  expect(errorOf(await put('/v2/team/empty/manifests/1', manifest.body, type)).slice(0, 2)).toEqual([404, 'BLOB_UNKNOWN']);
  expect(errorOf(await put('/v2/team/empty/manifests/1', '{"schemaVersion":1}', type)).slice(0, 2)).toEqual([405, 'UNSUPPORTED']);
  expect(errorOf(await get('/v2/team/app/manifests/v1', {}, 'DELETE')).slice(0, 2)).toEqual([405, 'UNSUPPORTED']);
});

test('a push does not move a tag of an immutable repository', async () => {
  const { body: manifest } = await get('/v2/team/fixed/manifests/2');
  const headers = { host: HOST, authorization, 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  const push = (tag: string) => running.raw(`/v2/team/fixed/manifests/${tag}`, { method: 'PUT', headers, body: manifest });
  expect([errorOf(await push('1')), (await push('3')).status]).toEqual([
    [400, 'TAG_INVALID', "The image tag '1' already exists in the 'team/fixed' repository and cannot be overwritten because the tag is immutable."],
    201,
  ]);
});
