import { buildIndex, file, ImageBuilder } from '@esscm/testkit';
import { expect, test } from 'vitest';
import { startWithRegistryDraft } from '../../test-support/registry-draft.js';

const question = `query($source: RegistrySourceInput!, $images: [RegistryImageInput!]!) {
  selectedLayers(source: $source, images: $images) {
    __typename
    ... on SelectedLayers { layerCount sharedLayerCount sizeBytes unreadCount problem { code heading } }
    ... on ValidationProblem { issues { field message } }
  }
}`;
const absent = `sha256:${'0'.repeat(64)}`;
const onBase = (text: string, architecture = 'amd64') =>
  new ImageBuilder({ platform: { os: 'linux', architecture } }).layer({ 'etc/base': file('the same in every image') }).layer({ 'etc/name': file(text) }).build();

async function startWithRegistry() {
  const { registry, gateway, session, source } = await startWithRegistryDraft();
  const ask = async (images: readonly { readonly repository: string; readonly digest: string }[]) => (await gateway.query(question, { source, images }, session)).data?.['selectedLayers'];
  return { registry, ask };
}

test('a layer of several images counts once, of an index those of the default platform count, and each manifest is asked for once', async () => {
  const { registry, ask } = await startWithRegistry();
  const [api, web] = [onBase('api'), onBase('web')];
  const index = buildIndex([onBase('index'), onBase('other platform', 'arm64')]);
  registry.add('shop/api', api).add('shop/web', web).add('shop/index', index);
  const images = [
    { repository: 'shop/api', digest: api.descriptor.digest },
    { repository: 'shop/web', digest: web.descriptor.digest },
    { repository: 'shop/index', digest: index.descriptor.digest },
  ];
  const sizes = new Map([api, web, onBase('index')].flatMap(({ layers }) => layers.map(({ descriptor }) => [descriptor.digest, descriptor.size])));
  const answer = { __typename: 'SelectedLayers', layerCount: 4, sharedLayerCount: 1, sizeBytes: String([...sizes.values()].reduce((sum, size) => sum + size, 0)), unreadCount: 0, problem: null };

  expect(sizes.size).toBe(4);
  expect(await ask(images)).toEqual(answer);
  const requests = registry.log.length;
  expect(await ask(images)).toEqual(answer);
  expect(registry.log).toHaveLength(requests);
});

test('an image that is gone is told, and is not in the numbers', async () => {
  const { registry, ask } = await startWithRegistry();
  const api = onBase('api');
  registry.add('shop/api', api);

  expect(await ask([{ repository: 'shop/api', digest: absent }, { repository: 'shop/api', digest: api.descriptor.digest }])).toMatchObject({ layerCount: 2, sharedLayerCount: 0, unreadCount: 1, problem: { code: 'NOT_FOUND' } });
});

test('none, too many and what is no image are refused', async () => {
  const { ask } = await startWithRegistry();
  const amount = { __typename: 'ValidationProblem', issues: [{ field: 'images', message: 'Give 1 to 100 images.' }] };

  expect(await ask([])).toEqual(amount);
  expect(await ask(Array.from({ length: 101 }, () => ({ repository: 'a', digest: absent })))).toEqual(amount);
  expect(await ask([{ repository: '', digest: absent }, { repository: 'a', digest: 'latest' }])).toEqual({
    __typename: 'ValidationProblem',
    issues: [
      { field: 'images.0.repository', message: 'A repository name has 1 to 255 characters.' },
      { field: 'images.1.digest', message: 'A digest is written sha256: and 64 digits.' },
    ],
  });
});
