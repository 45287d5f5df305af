import { RegistryError, type RegistryImage, type RegistryRepository } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

type Registry = NonNullable<NonNullable<Parameters<typeof startTestGateway>[0]>['registry']>;

const report = { status: 'verified', checkedAt: '2026-11-23T06:00:00.000Z', checks: [], problems: [] } as const;
const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const;

const repositoriesQuery = `query($source: RegistrySourceInput!, $first: Int! = 50, $after: String, $search: String, $refresh: Boolean! = false) {
  repositories(source: $source, first: $first, after: $after, search: $search, refresh: $refresh) {
    __typename
    ... on RepositoryConnection { edges { node { name } } pageInfo { hasNextPage endCursor } totalCount complete listedAt }
    ... on RegistryProblem { code heading message remedy retryable upstream { code requestId } }
    ... on ValidationProblem { issues { field message } }
  }
}`;

/** A gateway with a verified draft over a registry that answers as told. */
async function startWithDraft(registry: Registry) {
  const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(report), ...registry } });
  const session = await gateway.signIn();
  const { data } = await gateway.query(
    `mutation { verifyCredentials(input: { plugin: "ecr", variant: "private", name: "Ours", credentialKind: "access-key", values: [
      { name: "accessKeyId", value: "AKIAIOSFODNN7EXAMPLE" }, { name: "secretAccessKey", value: "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY" }, { name: "region", value: "eu-central-1" }] }) {
      ... on VerifyCredentialsPayload { draft { id } } } }`,
    {},
    session,
  );
  const { draft } = resultOf<{ draft: { id: string } }>({ data }, 'verifyCredentials');
  const browse = async (variables: Record<string, unknown> = {}) =>
    (await gateway.query(repositoriesQuery, { source: { draftId: draft.id }, ...variables }, session)).data?.['repositories'];
  return { gateway, session, draftId: draft.id, browse };
}

async function* pagesOf<T>(...pages: (readonly T[])[]): AsyncGenerator<readonly T[], void, undefined> {
  yield* pages;
}

const repository = (name: string): RegistryRepository => ({ name, uri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}` });

describe('repositories', () => {
  test('are sorted, searched and paged here, from one reading of the registry', async () => {
    let readings = 0;
    const { browse } = await startWithDraft({
      listRepositories: () => {
        readings += 1;
        return pagesOf([repository('shop/web'), repository('api')], [repository('shop/cart')]);
      },
    });
    const first = { __typename: 'RepositoryConnection', totalCount: 3, complete: true, listedAt: '2026-11-23T06:00:00.000Z' };

    const page = await browse({ first: 2 });
    expect(page).toEqual({ ...first, edges: [{ node: { name: 'api' } }, { node: { name: 'shop/cart' } }], pageInfo: { hasNextPage: true, endCursor: expect.any(String) } });
    const { pageInfo } = page as { pageInfo: { endCursor: string } };
    expect(await browse({ first: 2, after: pageInfo.endCursor })).toMatchObject({ edges: [{ node: { name: 'shop/web' } }], pageInfo: { hasNextPage: false } });
    expect(await browse({ search: 'SHOP' })).toMatchObject({ edges: [{ node: { name: 'shop/cart' } }, { node: { name: 'shop/web' } }], totalCount: 2 });
    expect(readings).toBe(1);
  });

  test('are read again when asked, and when the list is old', async () => {
    let readings = 0;
    const { gateway, browse } = await startWithDraft({
      listRepositories: () => {
        readings += 1;
        return pagesOf([repository(`reading-${readings}`)]);
      },
    });

    await browse();
    expect(await browse({ refresh: true })).toMatchObject({ edges: [{ node: { name: 'reading-2' } }] });
    gateway.time.now = new Date('2026-11-23T06:16:00Z');
    expect(await browse()).toMatchObject({ edges: [{ node: { name: 'reading-3' } }], listedAt: '2026-11-23T06:16:00.000Z' });
  });

  test('that have arrived are shown while a slow registry is still telling the rest', async () => {
    const rest = Promise.withResolvers<void>();
    const { browse } = await startWithDraft({
      listRepositories: async function* () {
        yield [repository('first')];
        await rest.promise;
        yield [repository('second')];
      },
    });

    expect(await browse()).toMatchObject({ edges: [{ node: { name: 'first' } }], complete: false, totalCount: 1 });
    rest.resolve();
    expect(await browse()).toMatchObject({ edges: [{ node: { name: 'first' } }, { node: { name: 'second' } }], complete: true, totalCount: 2 });
  });

  test('that cannot be listed are a problem in the words of the plugin; the earlier list stays', async () => {
    let fails = false;
    const error = new RegistryError({
      kind: 'access-denied',
      heading: 'Access denied',
      message: 'user/ecr-read may not call ecr:DescribeRepositories.',
      remedy: 'Add this statement to its policy.',
      upstream: { code: 'AccessDeniedException', requestId: 'r-1' },
    });
    const { browse } = await startWithDraft({
      listRepositories: async function* () {
        if (fails) throw error;
        yield [repository('api')];
      },
    });
    await browse();

    fails = true;
    expect(await browse({ refresh: true })).toEqual({
      __typename: 'RegistryProblem',
      code: 'UPSTREAM_DENIED',
      heading: 'Access denied',
      message: 'user/ecr-read may not call ecr:DescribeRepositories.',
      remedy: 'Add this statement to its policy.',
      retryable: false,
      upstream: { code: 'AccessDeniedException', requestId: 'r-1' },
    });
    expect(await browse()).toMatchObject({ edges: [{ node: { name: 'api' } }] });
  });

  test('of neither or both sources are refused, and of a draft that is gone not found', async () => {
    const { browse, draftId } = await startWithDraft({});
    const issues = [{ field: 'source', message: 'Give either `connectionId` or `draftId`.' }];

    expect(await browse({ source: {} })).toEqual({ __typename: 'ValidationProblem', issues });
    expect(await browse({ source: { draftId, connectionId: 'con_1' } })).toEqual({ __typename: 'ValidationProblem', issues });
    expect(await browse({ source: { draftId: 'drf_none' } })).toEqual({ __typename: 'NotFoundProblem' });
  });
});

describe('images of a repository', () => {
  const image = (letter: string, tags: readonly string[], pushedAt: string): RegistryImage => ({
    digest: digest(letter),
    tags,
    pushedAt: new Date(pushedAt),
    sizeBytes: 5_000_000_000,
    kind: 'image',
    status: 'active',
  });

  test('come newest first, and say which of them are tracked', async () => {
    const { gateway, session, draftId } = await startWithDraft({
      listImages: () => pagesOf([image('a', ['1.0'], '2026-01-01T00:00:00Z'), image('b', ['1.1', 'latest'], '2026-02-01T00:00:00Z')], [image('c', [], '2026-03-01T00:00:00Z')]),
    });
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
    const connected = await gateway.query(
      `mutation($input: ConnectInput!) { connect(input: $input) { __typename ... on ConnectPayload { connection { id credentialHint } scans { image { id tag } } } } }`,
      {
        input: {
          clientMutationId: 'one',
          plugin: 'ecr',
          variant: 'private',
          name: 'Ours',
          draftId,
          images: [
            { reference: `${host}/shop/web:latest`, projectName: 'Shop', projectVersion: '1' },
            { reference: `${host}/shop/web@${digest('c')}`, projectName: 'Shop', projectVersion: '1' },
          ],
        },
      },
      session,
    );
    const { connection, scans } = resultOf<{ connection: { id: string; credentialHint: string }; scans: { image: { id: string } }[] }>(
      connected,
      'connect',
    );
    expect(connection.credentialHint).toBe('AKIA…LE in eu-central-1');
    const [byTag, byDigest] = scans.map((scan) => scan.image.id);

    const { data } = await gateway.query(
      `query($source: RegistrySourceInput!, $search: String) { registryImages(source: $source, repository: "shop/web", search: $search) {
        ... on RegistryImageConnection { totalCount edges { node { digest tags sizeBytes pushedAt kind trackedImageIds } } } } }`,
      { source: { connectionId: connection.id } },
      session,
    );

    const common = { sizeBytes: '5000000000', kind: 'IMAGE' };
    expect(data).toEqual({
      registryImages: {
        totalCount: 3,
        edges: [
          { node: { ...common, digest: digest('c'), tags: [], pushedAt: '2026-03-01T00:00:00.000Z', trackedImageIds: [byDigest] } },
          { node: { ...common, digest: digest('b'), tags: ['1.1', 'latest'], pushedAt: '2026-02-01T00:00:00.000Z', trackedImageIds: [byTag] } },
          { node: { ...common, digest: digest('a'), tags: ['1.0'], pushedAt: '2026-01-01T00:00:00.000Z', trackedImageIds: [] } },
        ],
      },
    });
  });
});
