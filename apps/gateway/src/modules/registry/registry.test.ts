import { RegistryError, type RegistryImage, type RegistryRepository } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';
import { verifiedDraft } from '../../test-support/verified-draft.js';

type Registry = NonNullable<NonNullable<Parameters<typeof startTestGateway>[0]>['registry']>;

const report = { status: 'verified', checkedAt: '2026-11-23T06:00:00.000Z', checks: [], problems: [] } as const;
const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const;

const repositoriesQuery = `query($source: RegistrySourceInput!, $first: Int! = 50, $after: String, $search: String, $refresh: Boolean! = false) {
  repositories(source: $source, first: $first, after: $after, search: $search, refresh: $refresh) {
    __typename
    ... on RepositoryConnection { edges { node { name } } pageInfo { hasNextPage endCursor } totalCount complete listedAt problem { message } }
    ... on RegistryProblem { code heading message remedy retryable upstream { code requestId } }
    ... on ValidationProblem { issues { field message } }
  }
}`;

const denied = new RegistryError({
  kind: 'access-denied',
  heading: 'Access denied',
  message: 'user/ecr-read may not call ecr:DescribeRepositories.',
  remedy: 'Add this statement to its policy.',
  upstream: { code: 'AccessDeniedException', requestId: 'r-1' },
});

/** A gateway with a verified draft over a registry that answers as told. */
async function startWithDraft(registry: Registry) {
  const gateway = await startTestGateway({ registry: { verify: () => Promise.resolve(report), ...registry } });
  const session = await gateway.signIn();
  const draftId = await verifiedDraft(gateway, session);
  const browse = async (variables: Record<string, unknown> = {}) =>
    (await gateway.query(repositoriesQuery, { source: { draftId }, ...variables }, session)).data?.['repositories'];
  return { gateway, session, draftId, browse };
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
    const first = { __typename: 'RepositoryConnection', totalCount: 3, complete: true, listedAt: '2026-11-23T06:00:00.000Z', problem: null };

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

  test('that cannot be listed again stay as they were, with the reason', async () => {
    let fails = false;
    const { browse } = await startWithDraft({
      listRepositories: async function* () {
        if (fails) throw denied;
        yield [repository('api')];
      },
    });
    await browse();

    fails = true;
    expect(await browse({ refresh: true })).toEqual({
      __typename: 'RepositoryConnection',
      edges: [{ node: { name: 'api' } }],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      totalCount: 1,
      complete: true,
      listedAt: '2026-11-23T06:00:00.000Z',
      problem: { message: 'user/ecr-read may not call ecr:DescribeRepositories.' },
    });
  });

  test('that were never listed are a problem in the words of the plugin', async () => {
    const { browse } = await startWithDraft({
      listRepositories: async function* () {
        yield await Promise.reject<readonly RegistryRepository[]>(denied);
      },
    });

    expect(await browse()).toEqual({
      __typename: 'RegistryProblem',
      code: 'UPSTREAM_DENIED',
      heading: 'Access denied',
      message: 'user/ecr-read may not call ecr:DescribeRepositories.',
      remedy: 'Add this statement to its policy.',
      retryable: false,
      upstream: { code: 'AccessDeniedException', requestId: 'r-1' },
    });
  });

  test('of neither or both sources are refused, and of a draft that is gone not found', async () => {
    const { browse, draftId } = await startWithDraft({});
    const issues = [{ field: 'source', message: 'Give either `connectionId` or `draftId`.' }];

    expect(await browse({ source: {} })).toEqual({ __typename: 'ValidationProblem', issues });
    expect(await browse({ source: { draftId, connectionId: 'con_1' } })).toEqual({ __typename: 'ValidationProblem', issues });
    expect(await browse({ source: { draftId: 'drf_none' } })).toEqual({ __typename: 'NotFoundProblem' });
  });
});

describe('the tree of repositories', () => {
  const treeQuery = `query($source: RegistrySourceInput!, $folder: String! = "", $search: String, $first: Int! = 50, $after: String) {
    repositoryTree(source: $source, folder: $folder, search: $search, first: $first, after: $after) {
      ... on RepositoryTreeConnection { repositoryCount totalCount complete calls pageInfo { hasNextPage endCursor } edges { node { kind path label repositoryCount uri imageCount } } }
      ... on ValidationProblem { issues { field message } }
    }
  }`;

  test('is given level by level, with what is known of the images', async () => {
    const { gateway, session, draftId } = await startWithDraft({
      listRepositories: () => pagesOf([repository('shop/web'), repository('api'), repository('shop/cart'), repository('base/linux/alpine')]),
      listImages: () => pagesOf([{ digest: digest('a'), tags: ['1'], kind: 'image', status: 'active' }]),
    });
    const tree = async (variables: Record<string, unknown> = {}) => (await gateway.query(treeQuery, { source: { draftId }, ...variables }, session)).data?.['repositoryTree'];
    const leaf = (path: string, label: string) => ({ node: { kind: 'REPOSITORY', path, label, repositoryCount: 1, uri: repository(path).uri, imageCount: null } });

    expect(await tree()).toMatchObject({
      repositoryCount: 4,
      totalCount: 3,
      complete: true,
      edges: [{ node: { kind: 'FOLDER', path: 'shop/', label: 'shop', repositoryCount: 2, uri: null, imageCount: null } }, leaf('api', 'api'), leaf('base/linux/alpine', 'base/linux/alpine')],
    });
    await gateway.query(`query($source: RegistrySourceInput!) { registryImages(source: $source, repository: "shop/web") { __typename } }`, { source: { draftId } }, session);
    const web = { node: { ...leaf('shop/web', 'web').node, imageCount: 1 } };
    expect(await tree({ folder: 'shop/' })).toMatchObject({ totalCount: 2, edges: [leaf('shop/cart', 'cart'), web] });
    expect(await tree({ search: 'WEB' })).toMatchObject({ repositoryCount: 1, edges: [{ node: { ...web.node, label: 'shop/web' } }] });
    const first = (await tree({ first: 1 })) as { pageInfo: { endCursor: string } };
    expect(await tree({ first: 5, after: first.pageInfo.endCursor })).toMatchObject({ edges: [leaf('api', 'api'), leaf('base/linux/alpine', 'base/linux/alpine')] });
    expect(await tree({ folder: 'shop' })).toEqual({ issues: [{ field: 'folder', message: 'A folder ends with a slash.' }] });
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
        ... on RegistryImageConnection { totalCount sizeBytes trackedImageCount edges { node { digest tags sizeBytes pushedAt kind trackedImageIds } } } } }`,
      { source: { connectionId: connection.id } },
      session,
    );

    const common = { sizeBytes: '5000000000', kind: 'IMAGE' };
    expect(data).toEqual({
      registryImages: {
        totalCount: 3,
        sizeBytes: '15000000000',
        trackedImageCount: 2,
        edges: [
          { node: { ...common, digest: digest('c'), tags: [], pushedAt: '2026-03-01T00:00:00.000Z', trackedImageIds: [byDigest] } },
          { node: { ...common, digest: digest('b'), tags: ['1.1', 'latest'], pushedAt: '2026-02-01T00:00:00.000Z', trackedImageIds: [byTag] } },
          { node: { ...common, digest: digest('a'), tags: ['1.0'], pushedAt: '2026-01-01T00:00:00.000Z', trackedImageIds: [] } },
        ],
      },
    });
  });
});
