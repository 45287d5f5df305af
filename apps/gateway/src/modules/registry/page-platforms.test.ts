import { buildIndex, file, ImageBuilder } from '@esscm/testkit';
import { describe, expect, test } from 'vitest';
import { startWithRegistryDraft } from '../../test-support/registry-draft.js';

const question = `query($source: RegistrySourceInput!, $repository: String! = "shop/web", $digests: [String!]!) {
  registryPagePlatforms(source: $source, repository: $repository, digests: $digests) {
    __typename
    ... on PagePlatforms { images { digest platforms problem { code heading } } }
    ... on ValidationProblem { issues { field message } }
  }
}`;

const multiPlatform = (text: string, ...architectures: readonly string[]) =>
  buildIndex(architectures.map((architecture) => new ImageBuilder({ platform: { os: 'linux', architecture } }).layer({ 'etc/name': file(text) }).build()), { attestations: true });
const absent = `sha256:${'0'.repeat(64)}`;

async function startWithRegistry() {
  const { registry, gateway, session, source } = await startWithRegistryDraft();
  const ask = async (digests: readonly string[]) => (await gateway.query(question, { source, digests }, session)).data?.['registryPagePlatforms'];
  return { registry, ask };
}

describe('platforms of a page', () => {
  test('are read by one request for each index, once', async () => {
    const { registry, ask } = await startWithRegistry();
    const one = multiPlatform('one', 'amd64', 'arm64');
    const other = multiPlatform('other', 'arm64');
    registry.add('shop/web', one).add('shop/web', other);
    const digests = [one.descriptor.digest, other.descriptor.digest];
    const answer = {
      __typename: 'PagePlatforms',
      images: [
        { digest: digests[0], platforms: ['linux/amd64', 'linux/arm64'], problem: null },
        { digest: digests[1], platforms: ['linux/arm64'], problem: null },
      ],
    };

    expect(await ask(digests)).toEqual(answer);
    expect(registry.log.filter((line) => line.includes('/manifests/')).toSorted()).toEqual(digests.map((digest) => `GET /v2/shop/web/manifests/${digest}`).toSorted());
    const requests = registry.log.length;
    expect(await ask(digests)).toEqual(answer);
    expect(registry.log).toHaveLength(requests);
  });

  test('of an image that is gone are its own problem', async () => {
    const { registry, ask } = await startWithRegistry();
    const { descriptor } = multiPlatform('one', 'amd64');
    registry.add('shop/web', multiPlatform('one', 'amd64'));

    expect(await ask([absent, descriptor.digest])).toMatchObject({
      images: [
        { digest: absent, platforms: [], problem: { code: 'NOT_FOUND', heading: 'not-found' } },
        { digest: descriptor.digest, platforms: ['linux/amd64'], problem: null },
      ],
    });
  });

  test('are not asked for one by one where the registry refuses, and are asked for again later', async () => {
    const { registry, ask } = await startWithRegistry();
    const indexes = Array.from({ length: 20 }, (_, index) => multiPlatform(`${index}`, 'amd64'));
    for (const index of indexes) registry.add('shop/web', index);
    const digests = indexes.map(({ descriptor }) => descriptor.digest);
    registry.behaviour.denies = true;

    expect(await ask(digests)).toEqual({ __typename: 'PagePlatforms', images: digests.map((digest) => ({ digest, platforms: [], problem: { code: 'UPSTREAM_DENIED', heading: 'denied' } })) });
    expect(new Set(registry.requests.map(({ path }) => path)).size).toBeLessThanOrEqual(4);

    registry.behaviour.denies = false;
    expect(await ask(digests.slice(0, 1))).toMatchObject({ images: [{ platforms: ['linux/amd64'], problem: null }] });
  });

  test('are refused for none, for too many and for what is no digest', async () => {
    const { ask } = await startWithRegistry();
    const amount = { __typename: 'ValidationProblem', issues: [{ field: 'digests', message: 'Give 1 to 50 digests.' }] };

    expect(await ask([])).toEqual(amount);
    expect(await ask(Array.from({ length: 51 }, () => absent))).toEqual(amount);
    expect(await ask([absent, 'latest'])).toEqual({ __typename: 'ValidationProblem', issues: [{ field: 'digests.1', message: 'A digest is written sha256: and 64 digits.' }] });
  });
});
