import { DescribeImagesCommand, paginateDescribeRepositories, paginateListImages } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSimulator, type TestSimulator } from './testing/test-simulator.js';

/** 2,500 repositories, one of them with 5,000 images that have 5,050 tags: every name comes once, in the pages the service gives. */

const names = ['big/one', ...Array.from({ length: 2_499 }, (_, index) => `team-${index % 50}/service-${index}`)];
const tags = Array.from({ length: 5_000 }, (_, index) => [`build-${index}`, ...(index % 100 === 0 ? [`release-${index}.0`] : [])]).flat();
let running: TestSimulator;

beforeAll(async () => {
  running = await startTestSimulator({
    repositories: () => names.map((name) => ({ name, visibility: 'private' as const, images: [], generatedImages: name === 'big/one' ? 5_000 : 0 })),
  });
});

afterAll(async () => {
  await running[Symbol.asyncDispose]();
});

/** Follows the links of a list from the registry. */
async function listed(path: string, field: 'tags' | 'repositories'): Promise<{ readonly pages: number; readonly all: readonly string[] }> {
  const authorization = await running.authorization();
  const all: string[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const { body, headers } = await running.raw(next, { headers: { authorization } });
    all.push(...(JSON.parse(body) as Record<string, string[]>)[field]!);
    next = /^<(http:[^>]+)>; rel="next"$/.exec(String(headers['link']))?.[1];
  }
  return { pages, all: all.toSorted() };
}

test('repositories, by the API and by the catalogue', async () => {
  const described: string[] = [];
  let pages = 0;
  for await (const page of paginateDescribeRepositories({ client: running.ecr(), pageSize: 1_000 }, {})) {
    pages += 1;
    described.push(...(page.repositories ?? []).map(({ repositoryName = '' }) => repositoryName));
  }
  expect([pages, described.toSorted()]).toEqual([3, names.toSorted()]);
  expect(await listed('/v2/_catalog?n=1000', 'repositories')).toEqual({ pages: 3, all: names.toSorted() });
});

test('tags, by the API and by the registry', async () => {
  const found: string[] = [];
  let pages = 0;
  for await (const page of paginateListImages({ client: running.ecr(), pageSize: 1_000 }, { repositoryName: 'big/one' })) {
    pages += 1;
    found.push(...(page.imageIds ?? []).map(({ imageTag = '' }) => imageTag));
  }
  expect([pages, found.toSorted()]).toEqual([6, tags.toSorted()]);
  expect(await listed('/v2/big/one/tags/list?n=1000', 'tags')).toEqual({ pages: 6, all: tags.toSorted() });
});

test('an image with its two tags', async () => {
  const { imageDetails } = await running.ecr().send(new DescribeImagesCommand({ repositoryName: 'big/one', imageIds: [{ imageTag: 'build-4900' }] }));
  expect(imageDetails?.map(({ imageTags }) => imageTags)).toEqual([['build-4900', 'release-4900.0']]);
});
