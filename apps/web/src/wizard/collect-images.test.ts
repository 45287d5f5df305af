import { expect, test } from 'vitest';
import { collectImages, collectLimit } from './collect-images.js';
import type { RegistryImageItem } from '../registry/registry-lists.js';

const image = (number: number, kind: RegistryImageItem['kind'] = 'IMAGE'): RegistryImageItem => ({ digest: `sha256:${number}`, tags: [`t${number}`], kind, status: 'ACTIVE', sizeBytes: null, pushedAt: null, lastPulledAt: null, artifactType: null, artifactName: null, repositoryUri: null });
const page = (items: readonly RegistryImageItem[], endCursor?: string) => ({ items, totalCount: 3, complete: true, listedAt: '', endCursor });
const repository = (name: string) => ({ name, uri: `registry.example/${name}` });
const never = new AbortController().signal;

test('follows the pages of each repository and leaves out what cannot be scanned', async () => {
  const asked: string[] = [];
  const found = await collectImages([repository('a'), repository('b')], 'tag', never, async (name, after) => {
    asked.push(`${name} ${after ?? 'first'}`);
    return name === 'a' && after === undefined ? page([image(1), image(2, 'ARTIFACT')], 'next') : page([image(3)]);
  });
  expect(asked).toEqual(['a first', 'a next', 'b first']);
  expect(found.chosen.map(({ reference }) => reference)).toEqual(['registry.example/a:t1', 'registry.example/a:t3', 'registry.example/b:t3']);
  expect([found.totals, found.notice]).toEqual([new Map([['a', 3], ['b', 3]]), undefined]);
});

test('a refusal keeps what was found and says so', async () => {
  const problem = { heading: 'Access denied', message: 'No.', remedy: null, remedySnippet: null, upstream: null };
  const found = await collectImages([repository('a'), repository('b')], 'digest', never, async (name) => (name === 'a' ? page([image(1)]) : { problem }));
  expect([found.chosen.length, found.notice]).toEqual([1, 'Images of b could not be listed: No.']);
});

test('stops at the limit, and at the signal', async () => {
  const endless = async () => page(Array.from({ length: 900 }, (_, index) => image(index)), 'next');
  const found = await collectImages([repository('a')], 'tag', never, endless);
  expect([found.chosen.length, found.notice?.startsWith('Stopped at 2,000 images.')]).toEqual([collectLimit, true]);
  expect((await collectImages([repository('a')], 'tag', AbortSignal.abort(), endless)).chosen).toEqual([]);
});
