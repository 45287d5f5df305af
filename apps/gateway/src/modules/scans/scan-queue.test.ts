import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { administrator, resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const connect = `mutation($name: String!, $id: ID!) { connect(input: { clientMutationId: $id, plugin: "ecr", variant: "public", name: $name, images: [
  { reference: "public.ecr.aws/nginx/nginx:1.26", projectName: "Shop", projectVersion: "1" },
  { reference: "public.ecr.aws/nginx/nginx:1.27", projectName: "Shop", projectVersion: "2" }] }) {
  ... on ConnectPayload { connection { id } scans { id } }
} }`;
const queue = '{ scanQueue { pause { pausedBy pausedAt } counts { queued running failed cancelled } failedImageCount } }';
const answer = '__typename ... on ScanQueuePayload { queue { pause { pausedBy pausedAt } } } ... on Problem { message }';

async function start() {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  const connected = async (name: string) => {
    const answered = await gateway.query(connect, { name, id: name }, session);
    const { connection, scans } = resultOf<{ connection: { id: string }; scans: { id: string }[] }>(answered, 'connect');
    return { connectionId: connection.id, ids: scans.map(({ id }) => id) };
  };
  const ask = async (text: string, variables = {}) => (await gateway.query(text, variables, session)).data;
  return { gateway, session, connected, ask };
}

const pause = { pausedBy: administrator.name, pausedAt: '2026-11-23T06:00:00.000Z' };

describe('the queue', () => {
  test('is paused by a name and a moment, once, and resumed', async () => {
    const { gateway, connected, ask } = await start();
    await connected('one');
    expect(await ask(queue)).toEqual({ scanQueue: { pause: null, counts: { queued: 2, running: 0, failed: 0, cancelled: 0 }, failedImageCount: 0 } });

    expect(await ask(`mutation { pauseScanQueue { ${answer} } }`)).toEqual({ pauseScanQueue: { __typename: 'ScanQueuePayload', queue: { pause } } });
    gateway.time.now = new Date('2026-11-23T07:00:00Z');
    expect(await ask(`mutation { pauseScanQueue { ${answer} } }`)).toEqual({ pauseScanQueue: { __typename: 'ScanQueuePayload', queue: { pause } } });
    expect(await ask(queue)).toMatchObject({ scanQueue: { pause } });
    expect(gateway.log.join('')).toContain('the queue of scans is paused');

    expect(await ask(`mutation { resumeScanQueue { ${answer} } }`)).toEqual({ resumeScanQueue: { __typename: 'ScanQueuePayload', queue: { pause: null } } });
    expect(await ask(`mutation { resumeScanQueue { ${answer} } }`)).toEqual({ resumeScanQueue: { __typename: 'ConflictProblem', message: 'The queue is not paused.' } });
    expect(await ask(queue)).toMatchObject({ scanQueue: { pause: null } });
    expect(gateway.jobs.pauses).toEqual(['pause', 'pause', 'resume']);
  });

  test('is paused by an administrator only', async () => {
    const { gateway, session } = await start();
    const created = await gateway.query('mutation { createAccessToken(input: { name: "x", scopes: [READ, SCAN, CONNECT, TRIAGE] }) { ... on CreateAccessTokenPayload { secret } } }', {}, session);
    const token = { authorization: `Bearer ${resultOf<{ secret: string }>(created, 'createAccessToken').secret}` };
    for (const mutation of ['pauseScanQueue', 'resumeScanQueue']) {
      const { errors } = await gateway.query(`mutation { ${mutation} { __typename } }`, {}, token);
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    expect((await gateway.query(queue, {}, token)).data).toMatchObject({ scanQueue: { pause: null } });
  });

  test('tells who follows it that it is paused and resumed', async () => {
    const { gateway, session, ask } = await start();
    const client = createClient({
      url: gateway.address.replace('http', 'ws') + '/graphql',
      retryAttempts: 0,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, { headers: session });
        }
      },
    });
    onTestFinished(() => client.dispose());
    const events = client.iterate({ query: 'subscription { scanQueueChanged { pause { pausedBy pausedAt } } }' });
    const next = async () => (await events.next()).value?.data;
    expect(await next()).toEqual({ scanQueueChanged: { pause: null } });
    await ask('mutation { pauseScanQueue { __typename } }');
    expect(await next()).toEqual({ scanQueueChanged: { pause } });
    await ask('mutation { resumeScanQueue { __typename } }');
    expect(await next()).toEqual({ scanQueueChanged: { pause: null } });
  });
});

describe('several scans at once', () => {
  test('those whose image failed last are retried, of one connection or of all', async () => {
    const { gateway, connected, ask } = await start();
    const [one, two] = [await connected('one'), await connected('two')];
    for (const id of [...one.ids, ...two.ids.slice(0, 1)]) gateway.store.changeScan(id, { state: 'failed' });
    expect(await ask(queue)).toMatchObject({ scanQueue: { failedImageCount: 3 } });
    gateway.jobs.added.length = 0;

    const retry = 'mutation($id: ID) { retryFailedScans(connectionId: $id) { count queue { failedImageCount } } }';
    expect(await ask(retry, { id: two.connectionId })).toEqual({ retryFailedScans: { count: 1, queue: { failedImageCount: 2 } } });
    expect(await ask(retry)).toEqual({ retryFailedScans: { count: 2, queue: { failedImageCount: 0 } } });
    expect(await ask(retry)).toEqual({ retryFailedScans: { count: 0, queue: { failedImageCount: 0 } } });
    expect(gateway.jobs.added).toHaveLength(3);
    expect(gateway.store.scanRows.filter(({ trigger }) => trigger === 'retry')).toHaveLength(3);
  });

  test('say how many wait before them; those of a connection are stopped by a name, and no others', async () => {
    const { gateway, connected, ask } = await start();
    const [one, two] = [await connected('one'), await connected('two')];
    gateway.store.changeScan(one.ids[1] ?? '', { state: 'running', startedAt: new Date() });
    const waiting = (ids: readonly string[]) => ask(`{ ${ids.map((id, index) => `s${index}: scan(id: "${id}") { state aheadCount cancelledBy }`).join(' ')} scanQueue { typicalWaitMs } }`);
    gateway.store.typicalWait = 40_000;
    expect(await waiting([...one.ids, ...two.ids])).toEqual({
      s0: { state: 'QUEUED', aheadCount: 0, cancelledBy: null },
      s1: { state: 'RUNNING', aheadCount: null, cancelledBy: null },
      s2: { state: 'QUEUED', aheadCount: 1, cancelledBy: null },
      s3: { state: 'QUEUED', aheadCount: 2, cancelledBy: null },
      scanQueue: { typicalWaitMs: 40_000 },
    });
    const cancel = 'mutation($id: ID!) { cancelScans(connectionId: $id) { count queue { counts { queued cancelled } } } }';
    expect(await ask(cancel, { id: one.connectionId })).toEqual({ cancelScans: { count: 2, queue: { counts: { queued: 2, cancelled: 2 } } } });
    expect(gateway.jobs.cancelled).toEqual([one.ids[1], one.ids[0]]);
    expect(await waiting([one.ids[0] ?? '', two.ids[0] ?? ''])).toMatchObject({
      s0: { state: 'CANCELLED', aheadCount: null, cancelledBy: administrator.name },
      s1: { state: 'QUEUED', aheadCount: 0, cancelledBy: null },
    });
    expect(await ask(cancel, { id: 'nonsense' })).toMatchObject({ cancelScans: { count: 0 } });
    expect(await ask(cancel, { id: two.connectionId })).toMatchObject({ cancelScans: { count: 2 } });
  });

  test('are found by a text', async () => {
    const { connected, ask } = await start();
    const { ids } = await connected('one');
    const found = 'query($search: String) { scans(filter: { search: $search }) { edges { node { id } } } }';
    expect(await ask(found, { search: ' nginx:1.27 ' })).toEqual({ scans: { edges: [{ node: { id: ids[1] } }] } });
    expect(resultOf<{ edges: unknown[] }>({ data: await ask(found, { search: '  ' }) }, 'scans').edges).toHaveLength(2);
  });
});
