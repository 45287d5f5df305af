import { describe, expect, test } from 'vitest';
import { finishScans } from './test-support/stored-content.js';
import { resultOf, startTestGateway } from './test-support/test-gateway.js';

const connect = `mutation($input: ConnectInput!) {
  connect(input: $input) {
    __typename
    ... on ConnectPayload { connection { id name sample variant { id } imageCount scanCounts { queued } } scans { id state image { name tag pinnedDigest } } }
    ... on ValidationProblem { issues { field message } }
    ... on NotFoundProblem { message }
  }
}`;

const images = [
  { reference: 'public.ecr.aws/nginx/nginx:1.27', projectName: 'Shop', projectVersion: '2.0' },
  { reference: 'public.ecr.aws/docker/library/redis', projectName: 'shop', projectVersion: '2.0' },
];
const input = { clientMutationId: 'one', plugin: 'ecr', variant: 'public', name: 'Public images', images };

describe('connecting public images', () => {
  test('stores the connection and queues one scan an image', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    const { data } = await gateway.query(connect, { input }, session);

    expect(data).toEqual({
      connect: {
        __typename: 'ConnectPayload',
        connection: { id: expect.stringMatching(/^con_/), name: 'Public images', sample: false, variant: { id: 'public' }, imageCount: 2, scanCounts: { queued: 2 } },
        scans: [
          { id: expect.any(String), state: 'QUEUED', image: { name: 'public.ecr.aws/nginx/nginx', tag: '1.27', pinnedDigest: null } },
          { id: expect.any(String), state: 'QUEUED', image: { name: 'public.ecr.aws/docker/library/redis', tag: 'latest', pinnedDigest: null } },
        ],
      },
    });
    expect(gateway.jobs.added).toEqual(gateway.store.scanRows.map(({ id }) => ({ scanId: id, organizationId: 'org_1' })));
  });

  test('gives the first result again for the same clientMutationId', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    const first = await gateway.query(connect, { input }, session);
    const second = await gateway.query(connect, { input }, session);

    expect(second.data).toEqual(first.data);
    expect(gateway.jobs.added).toHaveLength(2);
  });

  test('goes on when the queue cannot be reached: the scanner finds the rows', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();
    gateway.jobs.scans.add = () => Promise.reject(new Error('connect ECONNREFUSED'));

    const { data } = await gateway.query(connect, { input }, session);

    expect(data).toMatchObject({ connect: { __typename: 'ConnectPayload' } });
    expect(gateway.log.join('')).toContain('could not be put on the queue');
  });

  test.each([
    [{ name: 'ab' }, [{ field: 'name', message: 'A name has at least 3 characters.' }]],
    [{ name: 'x'.repeat(61) }, [{ field: 'name', message: 'A name has at most 60 characters.' }]],
    [{ images: [] }, [{ field: 'images', message: 'Choose at least one image.' }]],
    [{ plugin: 'none' }, [{ field: 'plugin', message: 'This plugin is not installed.' }]],
    [{ variant: 'private' }, [{ field: 'images.0.reference', message: expect.any(String) }, { field: 'images.1.reference', message: expect.any(String) }]],
    [{ images: [{ ...images[0], projectName: ' ' }] }, [{ field: 'images.0.projectName', message: 'Enter a project name.' }]],
    [{ images: [{ ...images[0], projectVersion: '1'.repeat(101) }] }, [{ field: 'images.0.projectVersion', message: 'At most 100 characters.' }]],
    [{ images: [{ ...images[0], platform: 'linux' }] }, [{ field: 'images.0.platform', message: 'A platform is written like linux/amd64.' }]],
    [{ images: [images[0], images[0]] }, [{ field: 'images.1.reference', message: 'This image is chosen twice.' }]],
  ])('is refused with %j', async (wrong, issues) => {
    const gateway = await startTestGateway();

    const { data } = await gateway.query(connect, { input: { ...input, ...wrong } }, await gateway.signIn());

    expect(data).toEqual({ connect: { __typename: 'ValidationProblem', issues } });
  });

  test('is refused for a name that is taken', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();
    await gateway.query(connect, { input }, session);

    const { data } = await gateway.query(connect, { input: { ...input, clientMutationId: 'two' } }, session);

    const issues = [{ field: 'name', message: 'There is a connection named Public images already.' }];
    expect(data).toEqual({ connect: { __typename: 'ValidationProblem', issues } });
  });
});

describe('the sample registry', () => {
  test('is connected once, marked, and removed with its images and scans', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();
    const text = 'mutation { connectSample { __typename ... on ConnectPayload { connection { id name sample } scans { state } } } }';

    const first = await gateway.query(text, {}, session);
    const second = await gateway.query(text, {}, session);

    expect(first.data).toEqual({
      connectSample: {
        __typename: 'ConnectPayload',
        connection: { id: expect.any(String), name: 'Sample registry', sample: true },
        scans: [{ state: 'QUEUED' }],
      },
    });
    expect(second.data).toEqual(first.data);
    const { connectSample } = first.data as { connectSample: { connection: { id: string } } };
    const overview = '{ overview { connectionCount imageCount activeScanCount sampleConnectionId } }';
    const { id } = connectSample.connection;
    expect((await gateway.query(overview, {}, session)).data).toEqual({
      overview: { connectionCount: 1, imageCount: 1, activeScanCount: 1, sampleConnectionId: id },
    });

    const remove = 'mutation($id: ID!) { deleteConnection(id: $id) { __typename } }';
    expect((await gateway.query(remove, { id }, session)).data).toEqual({ deleteConnection: { __typename: 'DeleteConnectionPayload' } });
    expect(gateway.jobs.cancelled).toEqual([gateway.jobs.added[0]?.scanId]);
    expect((await gateway.query(overview, {}, session)).data).toEqual({
      overview: { connectionCount: 0, imageCount: 0, activeScanCount: 0, sampleConnectionId: null },
    });
    expect((await gateway.query(remove, { id }, session)).data).toEqual({ deleteConnection: { __typename: 'NotFoundProblem' } });
  });
});

test('a page of images reads the store once for each kind of thing, however many images there are', async () => {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  const many = Array.from({ length: 60 }, (_, index) => ({ ...images[0], reference: `public.ecr.aws/nginx/nginx:${index}`, projectVersion: `${index % 7}` }));
  await gateway.query(connect, { input: { ...input, images: many } }, session);
  finishScans(gateway.store);
  gateway.store.calls.length = 0;

  const { data } = await gateway.query(
    `{ images(first: 50) { edges { node {
      name tag scannedAt
      connection { name plugin { id } imageCount scanCounts { succeeded } }
      projectVersion { version projectName }
      content { componentCount sizeBytes }
      latestScan { state }
    } } pageInfo { hasNextPage endCursor } } }`,
    {},
    session,
  );

  expect(data).toMatchObject({ images: { pageInfo: { hasNextPage: true } } });
  const page = resultOf<{ edges: { node: unknown }[] }>({ data }, 'images');
  expect(page.edges).toHaveLength(50);
  expect(page.edges[0]?.node).toEqual({
    name: 'public.ecr.aws/nginx/nginx',
    tag: '0',
    scannedAt: '2026-11-23T05:00:00.000Z',
    connection: { name: 'Public images', plugin: { id: 'ecr' }, imageCount: 60, scanCounts: { succeeded: 60 } },
    projectVersion: { version: '0', projectName: 'Shop' },
    content: { componentCount: 2, sizeBytes: '5000000000' },
    latestScan: { state: 'SUCCEEDED' },
  });
  expect(gateway.store.calls.toSorted()).toEqual([
    'connections.countImages',
    'connections.findMany',
    'contents.findMany',
    'images.list',
    'projects.findMany',
    'projects.findVersions',
    'scans.countByState',
    'scans.latestOf',
  ]);
});

test('a list is paged by the cursor of any entry', async () => {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  const seven = Array.from({ length: 7 }, (_, index) => ({ ...images[0], reference: `public.ecr.aws/nginx/nginx:${index}` }));
  await gateway.query(connect, { input: { ...input, images: seven } }, session);
  const page = async (first: number, after?: string) => {
    const { data } = await gateway.query(
      'query($first: Int!, $after: String) { images(first: $first, after: $after) { edges { cursor node { tag } } pageInfo { hasNextPage endCursor } } }',
      { first, after },
      session,
    );
    const images = data?.['images'] as { edges: { cursor: string; node: { tag: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    return { tags: images.edges.map(({ node }) => node.tag), cursors: images.edges.map(({ cursor }) => cursor), ...images.pageInfo };
  };

  const first = await page(3);
  const second = await page(3, first.endCursor);
  const third = await page(3, second.endCursor);
  expect([first.tags, second.tags, third.tags]).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']]);
  expect([first.hasNextPage, second.hasNextPage, third.hasNextPage]).toEqual([true, true, false]);
  expect((await page(2, first.cursors[0])).tags).toEqual(['1', '2']);
  expect((await page(2, second.cursors[1])).tags).toEqual(['5', '6']);
  expect((await page(2, third.endCursor)).tags).toEqual([]);

  for (const after of ['nonsense', first.cursors[0]?.slice(3)]) {
    const { errors } = await gateway.query('query($after: String) { images(after: $after) { pageInfo { endCursor } } }', { after }, session);
    expect(errors?.[0]).toMatchObject({ message: 'The cursor in `after` is not one of this list.', extensions: { code: 'BAD_USER_INPUT' } });
  }
  for (const count of [0, 101]) {
    const { errors } = await gateway.query('query($first: Int!) { images(first: $first) { pageInfo { endCursor } } }', { first: count }, session);
    expect(errors?.[0]).toMatchObject({ message: '`first` is 1 to 100.', extensions: { code: 'BAD_USER_INPUT' } });
  }
});
