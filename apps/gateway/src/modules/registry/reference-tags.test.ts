import { RegistryError } from '@esscm/registry-core';
import { buildIndex, file, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestGateway } from '../../test-support/test-gateway.js';

const tags = `query($reference: String!, $variant: ID! = "public", $search: String! = "", $first: Int! = 50) {
  referenceTags(plugin: "ecr", variant: $variant, reference: $reference, search: $search, first: $first) {
    ... on ReferenceTags { name tags totalCount complete }
    ... on ValidationProblem { issues { field message } }
    ... on RegistryProblem { code message retryAfterMs }
  }
}`;

async function* pagesOf(...pages: readonly (readonly string[])[]): AsyncGenerator<readonly string[], void, undefined> {
  yield* pages;
}

describe('the tags of a public repository', () => {
  const start = async (listTagNames: () => AsyncIterable<readonly string[]>) => {
    const gateway = await startTestGateway({ registry: { listTagNames } });
    const session = await gateway.signIn();
    return async (variables: object) => (await gateway.query(tags, { reference: 'public.ecr.aws/nginx/nginx', ...variables }, session)).data?.['referenceTags'];
  };

  test('are given highest first, numbers as numbers, and searched', async () => {
    let asked = 0;
    const ask = await start(() => {
      asked += 1;
      return pagesOf(['1.9', 'latest', '1.27'], ['1.10', 'alpine']);
    });

    expect(await ask({})).toEqual({ name: 'public.ecr.aws/nginx/nginx', tags: ['latest', 'alpine', '1.27', '1.10', '1.9'], totalCount: 5, complete: true });
    expect(await ask({ reference: 'public.ecr.aws/nginx/nginx:1.9', search: '1.', first: 2 })).toMatchObject({ tags: ['1.27', '1.10'], totalCount: 3 });
    expect(asked).toBe(1);
  });

  test.each([
    [{ variant: 'private' }, 'reference', 'Tags of Private cannot be listed without a connection.'],
    [{ reference: 'nginx' }, 'reference', expect.any(String)],
    [{ first: 0 }, 'first', '`first` is 1 to 200.'],
  ])('%j is refused', async (variables, field, message) => {
    const ask = await start(() => pagesOf([]));

    expect(await ask(variables)).toEqual({ issues: [{ field, message }] });
  });

  test('say when to come again where the registry limits requests', async () => {
    const ask = await start(async function* () {
      yield* [];
      throw new RegistryError({ kind: 'throttled', heading: 'AWS is limiting requests', message: 'AWS is limiting requests. Continuing more slowly.', retryAfterMs: 30_000 });
    });

    expect(await ask({})).toEqual({ code: 'THROTTLED', message: 'AWS is limiting requests. Continuing more slowly.', retryAfterMs: 30_000 });
  });
});

test('a reference to a registry that counts questions costs few of them: one platform is measured', async () => {
  const registry = await TestRegistry.start();
  onTestFinished(() => registry[Symbol.asyncDispose]());
  const build = (architecture: string) => new ImageBuilder({ platform: { os: 'linux', architecture } }).layer({ 'etc/name': file(architecture) }).build();
  const images = [build('amd64'), build('arm64'), build('s390x')];
  registry.add('nginx/nginx', buildIndex(images, { attestations: false }), { tags: ['latest'] });
  const gateway = await startTestGateway({
    registry: {
      pullAccess: () =>
        Promise.resolve({
          host: 'public.ecr.aws',
          connectTo: registry.origin,
          authentication: { kind: 'anonymous' },
          manifestRate: { perSecond: 1000, burst: 10 },
          notice: 'The sign-in does not work and is not used.',
        }),
    },
  });

  const { data } = await gateway.query(
    `{ resolveReference(plugin: "ecr", variant: "public", reference: "public.ecr.aws/nginx/nginx:latest") {
      ... on ResolvedReference { notes platforms { platform sizeBytes } }
    } }`,
    {},
    await gateway.signIn(),
  );

  expect(data).toEqual({
    resolveReference: {
      notes: ['The sign-in does not work and is not used.'],
      platforms: [
        { platform: 'linux/amd64', sizeBytes: expect.stringMatching(/^\d+$/) },
        { platform: 'linux/arm64', sizeBytes: null },
        { platform: 'linux/s390x', sizeBytes: null },
      ],
    },
  });
});
