import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const connect = `mutation { connect(input: { clientMutationId: "one", plugin: "ecr", variant: "public", name: "Public", images: [
  { reference: "public.ecr.aws/nginx/nginx:1.26", projectName: "Shop", projectVersion: "1" },
  { reference: "public.ecr.aws/nginx/nginx:1.27", projectName: "Shop", projectVersion: "2" }] }) {
  ... on ConnectPayload { connection { id } scans { id } }
} }`;

async function startWithScans() {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  const { data } = await gateway.query(connect, {}, session);
  const connected = resultOf<{ connection: { id: string }; scans: { id: string }[] }>({ data }, 'connect');
  const ids = connected.scans.map(({ id }) => id);
  const progress = 'subscription($ids: [ID!], $connectionId: ID) { scanProgress(ids: $ids, connectionId: $connectionId) { id state sequence image { latestScan { state } } } }';
  const subscribe = (variables: Record<string, unknown>, headers: Record<string, string> = session, connectionParams = {}, query = progress) => {
    const client = createClient({
      url: gateway.address.replace('http', 'ws') + '/graphql',
      connectionParams,
      retryAttempts: 0,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, { headers });
        }
      },
    });
    onTestFinished(() => client.dispose());
    return client.iterate({ query, variables });
  };
  /** As the scanner does: the row first, then the news. */
  const change = async (id: string, state: 'running' | 'succeeded' | 'failed') => {
    const scan = gateway.store.changeScan(id, { state });
    await gateway.jobs.events.publish('scan', { scanId: id, sequence: scan?.sequence ?? 0 });
  };
  return { gateway, session, ids, connectionId: connected.connection.id, subscribe, change };
}

type Events = ReturnType<Awaited<ReturnType<typeof startWithScans>>['subscribe']>;

async function nextScan(events: Events): Promise<unknown> {
  const { value } = await events.next();
  return value?.data?.['scanProgress'];
}

describe('scanProgress', () => {
  test('gives the present state, then each change, with what belongs to the scan read anew', async () => {
    const { ids, subscribe, change } = await startWithScans();
    const [id = ''] = ids;
    const events = subscribe({ ids: [id] });

    expect(await nextScan(events)).toEqual({ id, state: 'QUEUED', sequence: 1, image: { latestScan: { state: 'QUEUED' } } });
    await change(ids[1] ?? '', 'running');
    await change(id, 'running');
    expect(await nextScan(events)).toEqual({ id, state: 'RUNNING', sequence: 2, image: { latestScan: { state: 'RUNNING' } } });
    await change(id, 'succeeded');
    expect(await nextScan(events)).toEqual({ id, state: 'SUCCEEDED', sequence: 3, image: { latestScan: { state: 'SUCCEEDED' } } });
  });

  test('follows all scans of a connection', async () => {
    const { ids, connectionId, subscribe, change } = await startWithScans();
    const events = subscribe({ connectionId });

    expect([await nextScan(events), await nextScan(events)]).toMatchObject(ids.map((id) => ({ id, state: 'QUEUED' })));
    await change(ids[1] ?? '', 'failed');
    expect(await nextScan(events)).toMatchObject({ id: ids[1], state: 'FAILED' });
  });

  test('ends its subscription to the events when the reader goes', async () => {
    const { gateway, ids, subscribe } = await startWithScans();
    const events = subscribe({ ids });
    await nextScan(events);
    expect(gateway.jobs.listeners.size).toBe(1);

    await events.return?.();

    await expect.poll(() => gateway.jobs.listeners.size).toBe(0);
  });

  test('is refused without a session, from a foreign page, and to a token without the scope', async () => {
    const { gateway, session, ids, subscribe } = await startWithScans();
    const created = await gateway.query(
      'mutation { createAccessToken(input: { name: "scanner", scopes: [SCAN] }) { ... on CreateAccessTokenPayload { secret } } }',
      {},
      session,
    );
    const { secret } = resultOf<{ secret: string }>(created, 'createAccessToken');

    await expect(subscribe({ ids }, {}).next()).rejects.toMatchObject({ code: 4403 });
    await expect(subscribe({ ids }, { ...session, origin: 'http://evil.example' }).next()).rejects.toMatchObject({ code: 4403 });
    const refused = await subscribe({ ids }, {}, { authorization: `Bearer ${secret}` }).next().catch((errors: unknown) => ({ value: { errors } }));
    expect(JSON.stringify(refused.value)).toContain('FORBIDDEN');
  });

  test('is given to an access token in the parameters of the connection', async () => {
    const { gateway, session, ids, subscribe } = await startWithScans();
    const created = await gateway.query(
      'mutation { createAccessToken(input: { name: "reader", scopes: [READ] }) { ... on CreateAccessTokenPayload { secret } } }',
      {},
      session,
    );
    const { secret } = resultOf<{ secret: string }>(created, 'createAccessToken');

    expect(await nextScan(subscribe({ ids: [ids[0]] }, {}, { authorization: `Bearer ${secret}` }))).toMatchObject({ id: ids[0] });
  });

  test.each([[{}], [{ ids: [], connectionId: 'con_1' }], [{ ids: Array.from({ length: 501 }, () => 'scn_1') }]])('is refused with %j', async (variables) => {
    const { subscribe } = await startWithScans();

    const answer = await subscribe(variables).next().catch((errors: unknown) => ({ value: { errors } }));

    expect(JSON.stringify(answer.value)).toContain('BAD_USER_INPUT');
  });
});

describe('the log of a scan', () => {
  const fields = 'position at attempt level stage text';
  const line = (text: string, level: 'info' | 'warning' = 'info') => ({ at: new Date('2026-11-23T06:00:00Z'), attempt: 1, level, stage: 'pull' as const, text });
  const shown = (position: number, text: string, level = 'INFO') => ({ position, at: '2026-11-23T06:00:00.000Z', attempt: 1, level, stage: 'PULL', text });

  test('is read from where a reader is', async () => {
    const { gateway, session, ids } = await startWithScans();
    await gateway.store.scanLogs.append(ids[0] ?? '', [line('one'), line('two', 'warning')]);
    const read = async (scanId: string | undefined, after: number) => (await gateway.query(`query($scanId: ID!, $after: Int!) { scanLog(scanId: $scanId, after: $after) { ${fields} } }`, { scanId, after }, session)).data;
    expect(await read(ids[0], 0)).toEqual({ scanLog: [shown(1, 'one'), shown(2, 'two', 'WARNING')] });
    expect(await read(ids[0], 1)).toEqual({ scanLog: [shown(2, 'two', 'WARNING')] });
    expect(await read('nonsense', 0)).toEqual({ scanLog: [] });
  });

  test('comes as it is written, every line once', async () => {
    const { gateway, session, ids, subscribe, change } = await startWithScans();
    const [id = ''] = ids;
    await gateway.store.scanLogs.append(id, [line('one'), line('two')]);
    const events = subscribe({ id, after: 1 }, session, {}, `subscription($id: ID!, $after: Int!) { scanLogLines(scanId: $id, after: $after) { ${fields} } }`);
    const next = async () => (await events.next()).value?.data;
    expect(await next()).toEqual({ scanLogLines: [shown(2, 'two')] });
    await change(id, 'running');
    await gateway.store.scanLogs.append(id, [line('three'), line('four', 'warning')]);
    await change(id, 'succeeded');
    expect(await next()).toEqual({ scanLogLines: [shown(3, 'three'), shown(4, 'four', 'WARNING')] });
  });
});

describe('a scan', () => {
  const fields = '__typename ... on ScanPayload { scan { id state trigger } } ... on Problem { message }';

  test('that is active is given back instead of a second; one that has ended is retried', async () => {
    const { gateway, session, ids, change } = await startWithScans();
    const imageId = gateway.store.imageRows[0]?.id;
    const request = `mutation($id: ID!) { requestScan(imageId: $id) { ${fields} } }`;
    const retry = `mutation($id: ID!) { retryScan(id: $id) { ${fields} } }`;

    expect((await gateway.query(request, { id: imageId }, session)).data).toEqual({
      requestScan: { __typename: 'ScanPayload', scan: { id: ids[0], state: 'QUEUED', trigger: 'CONNECT' } },
    });
    expect((await gateway.query(retry, { id: ids[0] }, session)).data).toEqual({
      retryScan: { __typename: 'ConflictProblem', message: 'This scan has not ended yet.' },
    });
    await change(ids[0] ?? '', 'failed');
    expect((await gateway.query(retry, { id: ids[0] }, session)).data).toEqual({
      retryScan: { __typename: 'ScanPayload', scan: { id: expect.any(String), state: 'QUEUED', trigger: 'RETRY' } },
    });
  });

  test('is cancelled once', async () => {
    const { gateway, session, ids } = await startWithScans();
    const cancel = `mutation($id: ID!) { cancelScan(id: $id) { ${fields} } }`;

    expect((await gateway.query(cancel, { id: ids[0] }, session)).data).toEqual({
      cancelScan: { __typename: 'ScanPayload', scan: { id: ids[0], state: 'CANCELLED', trigger: 'CONNECT' } },
    });
    expect(gateway.jobs.cancelled).toEqual([ids[0]]);
    expect((await gateway.query(cancel, { id: ids[0] }, session)).data).toEqual({
      cancelScan: { __typename: 'ConflictProblem', message: 'This scan has ended already.' },
    });
  });

  test('of another organisation does not exist', async () => {
    const { gateway, session, ids } = await startWithScans();
    for (const rows of [gateway.store.scanRows, gateway.store.imageRows, gateway.store.connectionRows]) {
      for (const row of rows) Object.assign(row, { organizationId: 'org_2' });
    }
    const imageId = gateway.store.imageRows[0]?.id;
    const connectionId = gateway.store.connectionRows[0]?.id;

    const read = await gateway.query(
      `query($scan: ID!, $image: ID!, $connection: ID!) { scan(id: $scan) { id } image(id: $image) { id } connection(id: $connection) { id }
        scans { edges { cursor } } images { edges { cursor } } connections { edges { cursor } } }`,
      { scan: ids[0], image: imageId, connection: connectionId },
      session,
    );
    expect(read.data).toEqual({ scan: null, image: null, connection: null, scans: { edges: [] }, images: { edges: [] }, connections: { edges: [] } });
    const changed = await gateway.query(
      `mutation($scan: ID!, $image: ID!, $connection: ID!) {
        requestScan(imageId: $image) { __typename } retryScan(id: $scan) { __typename } cancelScan(id: $scan) { __typename }
        verifyConnection(id: $connection) { __typename } deleteConnection(id: $connection) { __typename } }`,
      { scan: ids[0], image: imageId, connection: connectionId },
      session,
    );
    expect(new Set(Object.values(changed.data ?? {}).map((result) => (result as { __typename: string }).__typename))).toEqual(new Set(['NotFoundProblem']));
  });
});
