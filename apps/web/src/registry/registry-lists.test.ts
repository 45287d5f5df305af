import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { of } from 'rxjs';
import { expect, test } from 'vitest';
import { listImages } from './registry-lists.js';

const counts = { __typename: 'SeverityCounts', critical: 1, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const answer = {
  __typename: 'RegistryImageConnection',
  totalCount: 1,
  complete: true,
  listedAt: '2026-11-23T14:33:00Z',
  problem: null,
  pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
  edges: [
    {
      __typename: 'RegistryImageEdge',
      node: {
        __typename: 'RegistryImage',
        digest: 'sha256:a',
        tags: ['1'],
        sizeBytes: null,
        pushedAt: null,
        lastPulledAt: null,
        kind: 'IMAGE',
        artifactType: null,
        artifactName: null,
        status: null,
        repositoryUri: null,
        trackedImages: [
          {
            __typename: 'Image',
            id: 'i',
            content: { __typename: 'ImageContent', id: 'c', digest: 'sha256:a', platform: 'linux/amd64', partial: false, matching: { __typename: 'Matching', state: 'MATCHED', counts } },
            latestScan: null,
          },
        ],
      },
    },
  ],
};

test('a list of images leaves what a page knows of one of them', async () => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new ApolloLink(() => of({ data: { registryImages: answer } })) });
  const page = gql`query Page { image(id: "i") { id content { id matching { state matchedAt } } } }`;
  const image = { __typename: 'Image', id: 'i', content: { __typename: 'ImageContent', id: 'c', matching: { __typename: 'Matching', state: 'MATCHED', matchedAt: '2026-11-23T14:00:00Z' } } };
  client.writeQuery({ query: page, data: { image } });
  const list = await listImages(client, { connectionId: 'n' }, 'payments/checkout-api', { search: '', after: undefined, refresh: false, first: 50, tracked: true });
  expect(list).toMatchObject({ items: [{ digest: 'sha256:a', trackedImages: [{ id: 'i', content: { matching: { state: 'MATCHED', counts } } }] }], totalCount: 1 });
  expect(client.readQuery({ query: page })).toEqual({ image });
});
