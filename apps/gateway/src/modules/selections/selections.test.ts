import { RegistryError, type RegistryImage } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';
import { verifiedDraft } from '../../test-support/verified-draft.js';

type Registry = NonNullable<NonNullable<Parameters<typeof startTestGateway>[0]>['registry']>;

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const digest = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const image = (letter: string, tags: readonly string[], changes: Partial<RegistryImage> = {}): RegistryImage => ({ digest: digest(letter), tags, sizeBytes: 1000, kind: 'image', status: 'active', pushedAt: new Date('2026-11-01T00:00:00Z'), ...changes });
const repositories: Readonly<Record<string, readonly RegistryImage[]>> = {
  'shop/web': [image('a', ['1.0.0', 'latest']), image('b', ['2.0.0']), image('c', [])],
  'shop/api': [image('a', ['1.0.0']), image('d', ['nightly'])],
  base: [image('e', ['1'])],
};

async function* pagesOf<T>(...pages: (readonly T[])[]): AsyncGenerator<readonly T[], void, undefined> {
  yield* pages;
}

const listing: Registry = {
  verify: () => Promise.resolve({ status: 'verified', checkedAt: '2026-11-23T06:00:00.000Z', checks: [], problems: [] }),
  listRepositories: () => pagesOf(Object.keys(repositories).map((name) => ({ name, uri: `${host}/${name}` }))),
  listImages: (repository) => pagesOf(repositories[repository] ?? []),
};

const previewQuery = `query($source: RegistrySourceInput!, $selections: [SelectionInput!]!, $first: Int! = 50, $after: String) {
  selectionPreview(source: $source, selections: $selections, first: $first, after: $after) {
    __typename
    ... on SelectionPreview {
      complete imageCount sizeBytes repositoryCount repositoriesRead problem { heading }
      pageInfo { hasNextPage endCursor }
      edges { node { reference tag selection projectName projectVersion } }
    }
    ... on ValidationProblem { issues { field message } }
  }
}`;

/** A gateway with a verified draft over a registry. */
async function start(registry: Registry = {}) {
  const gateway = await startTestGateway({ registry: { ...listing, ...registry } });
  const session = await gateway.signIn();
  const draftId = await verifiedDraft(gateway, session);
  const run = async (query: string, variables: Record<string, unknown> = {}) => gateway.query(query, variables, session);
  const preview = async (selections: readonly unknown[], page: Record<string, unknown> = {}) => (await run(previewQuery, { source: { draftId }, selections, ...page })).data?.['selectionPreview'];
  return { gateway, run, preview, draftId };
}

const rule = (text: string, more: Record<string, unknown> = {}) => ({ rule: { repository: { text }, ...more } });

describe('a preview of rules', () => {
  test('counts each image once, each digest once for the size, and names what it finds', async () => {
    const { preview } = await start();
    expect(await preview([{ ...rule('shop/*', { versionRange: '>=1' }), naming: { project: 'Team {name}', version: '{tag}' } }, rule('**', { tag: { text: '*' } })])).toEqual({
      __typename: 'SelectionPreview',
      complete: true,
      imageCount: 5,
      // The image of two repositories is one.
      sizeBytes: '4000',
      repositoryCount: 3,
      repositoriesRead: 3,
      problem: null,
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      edges: [
        { node: { reference: `${host}/base:1`, tag: '1', selection: 1, projectName: 'base', projectVersion: '1' } },
        { node: { reference: `${host}/shop/api:1.0.0`, tag: '1.0.0', selection: 0, projectName: 'Team api', projectVersion: '1.0.0' } },
        { node: { reference: `${host}/shop/api:nightly`, tag: 'nightly', selection: 1, projectName: 'shop/api', projectVersion: 'nightly' } },
        { node: { reference: `${host}/shop/web:1.0.0`, tag: '1.0.0', selection: 0, projectName: 'Team web', projectVersion: '1.0.0' } },
        { node: { reference: `${host}/shop/web:2.0.0`, tag: '2.0.0', selection: 0, projectName: 'Team web', projectVersion: '2.0.0' } },
      ],
    });
  });

  test('is given page by page', async () => {
    const { preview } = await start();
    const first = (await preview([rule('shop/*')], { first: 2 })) as { edges: readonly { node: { reference: string } }[]; pageInfo: { endCursor: string } };
    const second = await preview([rule('shop/*')], { first: 50, after: first.pageInfo.endCursor });
    expect(first.edges.map(({ node }) => node.reference)).toEqual([`${host}/shop/api:1.0.0`, `${host}/shop/api:nightly`]);
    expect(second).toMatchObject({ edges: [{ node: { reference: `${host}/shop/web:1.0.0` } }, { node: { reference: `${host}/shop/web:2.0.0` } }], pageInfo: { hasNextPage: false } });
  });

  test('goes on counting between questions, and says how far it is', async () => {
    const rest = Promise.withResolvers<void>();
    let readings = 0;
    const { preview } = await start({
      listImages: async function* (repository) {
        readings += 1;
        if (repository === 'shop/web') await rest.promise;
        yield repositories[repository] ?? [];
      },
    });
    expect(await preview([rule('shop/*')])).toMatchObject({ complete: false, imageCount: 2, repositoryCount: 2, repositoriesRead: 1 });
    rest.resolve();
    expect(await preview([rule('shop/*')])).toMatchObject({ complete: true, imageCount: 4 });
    // Another rule over the same lists asks the registry for nothing.
    expect(await preview([rule('shop/web')])).toMatchObject({ complete: true, imageCount: 2 });
    expect(readings).toBe(2);
  });

  test('says what could not be read, and that a size is not known', async () => {
    const { preview } = await start({
      listImages: async function* (repository) {
        if (repository === 'base') throw new RegistryError({ kind: 'access-denied', heading: 'Access denied', message: 'No.' });
        const { sizeBytes: _size, ...unsized } = image('a', ['1']);
        yield [unsized];
      },
    });
    expect(await preview([rule('**')])).toMatchObject({ complete: true, imageCount: 2, sizeBytes: null, repositoriesRead: 3, problem: { heading: 'Access denied' } });
  });

  test.each([
    [[rule('(', {})].map(({ rule: { repository } }) => ({ rule: { repository: { ...repository, kind: 'REGEX' } } })), 'selections.0.rule.repository', /cannot be read/],
    [[rule('a'), rule('')], 'selections.1.rule.repository.text', /Enter a pattern/],
    [[rule('a', { versionRange: 'new' })], 'selections.0.rule.versionRange', /not a version range/],
    [[rule('a', { latest: { count: 0, by: 'PUSH' } })], 'selections.0.rule.latest.count', /At least 1/],
    [[{ ...rule('a'), naming: { project: '{repo}', version: '{tag}' } }], 'selections.0.naming.project', /no placeholder \{repo\}/],
    [[{ ...rule('a'), platforms: { list: ['arm64'] } }], 'selections.0.platforms', /linux\/amd64/],
    [Array.from({ length: 21 }, () => rule('a')), 'selections', /At most 20/],
  ])('refuses rules that cannot be used: %#', async (selections, field, message) => {
    const { preview } = await start();
    expect(await preview(selections)).toEqual({ __typename: 'ValidationProblem', issues: [{ field, message: expect.stringMatching(message) }] });
  });
});

describe('rules of a connection', () => {
  const connect = `mutation($input: ConnectInput!) { connect(input: $input) {
    __typename ... on ConnectPayload { connection { id selections { summary imageCount naming { project } platforms { all list } rule { latest { count by } } } watch { everyMinutes lastCheck { added } } } scans { id } }
    ... on ValidationProblem { issues { field message } } } }`;
  const input = { clientMutationId: 'one', plugin: 'ecr', variant: 'private', name: 'Ours' };

  test('are stored with it, replaced together, and a check is asked for', async () => {
    const { gateway, run, draftId } = await start();
    const woken: unknown[] = [];
    gateway.jobs.listeners.add((payload) => woken.push(payload));
    const connected = await run(connect, { input: { ...input, draftId, selections: [{ ...rule('shop/*', { latest: { count: 3, by: 'VERSION' } }), platforms: { list: ['linux/arm64'] } }] } });
    const { connection, scans } = resultOf<{ connection: { id: string }; scans: readonly unknown[] }>(connected, 'connect');
    expect(scans).toEqual([]);
    expect(connection).toEqual({
      id: connection.id,
      selections: [
        {
          summary: 'shop/*, the highest 3 of each repository',
          imageCount: 0,
          naming: { project: '{repository}' },
          platforms: { all: false, list: ['linux/arm64'] },
          rule: { latest: { count: 3, by: 'VERSION' } },
        },
      ],
      watch: { everyMinutes: 60, lastCheck: null },
    });
    expect(woken).toEqual([{}]);

    const replace = `mutation($id: ID!, $selections: [SelectionInput!]!) { setSelections(connectionId: $id, selections: $selections) { __typename ... on SelectionsPayload { selections { summary platforms { all } } } } }`;
    const replaced = await run(replace, { id: connection.id, selections: [{ ...rule('**'), platforms: { all: true } }] });
    expect(replaced.data?.['setSelections']).toEqual({ __typename: 'SelectionsPayload', selections: [{ summary: 'every repository', platforms: { all: true } }] });
    expect(gateway.store.current.requested).toContain(connection.id);
    expect((await run(replace, { id: 'con_none', selections: [] })).data?.['setSelections']).toEqual({ __typename: 'NotFoundProblem' });
  });

  test('are needed where no image is chosen, and are refused where a registry lists nothing', async () => {
    const { run, draftId } = await start();
    const issues = async (changes: Record<string, unknown>) => (await run(connect, { input: { ...input, ...changes } })).data?.['connect'];
    expect(await issues({ draftId })).toEqual({ __typename: 'ValidationProblem', issues: [{ field: 'images', message: 'Choose at least one image.' }] });
    expect(await issues({ variant: 'public', selections: [rule('**')] })).toEqual({
      __typename: 'ValidationProblem',
      issues: [{ field: 'selections', message: 'Public does not list its images, so that rules cannot find any.' }],
    });
  });
});
