import { describe, expect, test } from 'vitest';
import { resultOf, startTestGateway } from '../../test-support/test-gateway.js';

const connect = `mutation($input: ConnectInput!) { connect(input: $input) { ... on ConnectPayload { connection { id } } } }`;

/** A gateway with a connection to a private registry, as its store would keep it. */
async function start() {
  const gateway = await startTestGateway({ settings: { publicOrigin: 'https://esscm.example.org', setupCode: 'AAAA-BBBB-CCCC' } });
  const session = await gateway.query(
    'mutation($input: CreateAdministratorInput!) { createAdministrator(input: $input) { __typename } }',
    { input: { name: 'Ada', email: 'ada@example.org', password: 'a sentence works well', setupCode: 'AAAA-BBBB-CCCC' } },
  );
  const cookie = session.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');
  const run = (query: string, variables: Record<string, unknown> = {}) => gateway.query(query, variables, { cookie });
  const connected = await run(connect, {
    input: { clientMutationId: 'one', plugin: 'ecr', variant: 'public', name: 'Ours', images: [{ reference: 'public.ecr.aws/nginx/nginx:1', projectName: 'p', projectVersion: 'v' }] },
  });
  const { connection } = resultOf<{ connection: { id: string } }>(connected, 'connect');
  const row = gateway.store.connectionRows.find(({ id }) => id === connection.id);
  if (row === undefined) throw new Error('there is no connection');
  row.variantId = 'private';
  const send = async (body: unknown, headers: Record<string, string> = {}, id = connection.id) => {
    const response = await fetch(`${gateway.address}/api/connections/${id}/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown>, retryAfter: response.headers.get('retry-after') };
  };
  const createSecret = async () => {
    const answer = await run(
      `mutation($id: ID!) { createEventSecret(connectionId: $id) { __typename ... on EventSecretPayload { endpoint header secret snippet watch { eventSecretSetAt } } ... on ValidationProblem { issues { message } } } }`,
      { id: connection.id },
    );
    return resultOf<{ __typename: string; endpoint: string; header: string; secret: string; snippet: string }>(answer, 'createEventSecret');
  };
  return { gateway, run, send, createSecret, id: connection.id, row };
}

const event = (id = 'event-1', detail: Record<string, unknown> = {}) => ({
  id,
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  time: '2026-11-23T06:00:00Z',
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': 'shop/web', 'image-digest': `sha256:${'a'.repeat(64)}`, 'image-tag': '1.0', ...detail },
});

describe('a watch', () => {
  test('is shown, changed, paused and asked to look now', async () => {
    const { gateway, run, id } = await start();
    const fields = 'everyMinutes paused checking nextCheckAt lastCheck { trigger added calls startedAt problem { heading } } eventEndpoint eventsToday';
    const change = async (changes: Record<string, unknown>) =>
      (await run(`mutation($id: ID!, $everyMinutes: Int, $paused: Boolean) { changeWatch(connectionId: $id, everyMinutes: $everyMinutes, paused: $paused) {
        __typename ... on WatchPayload { watch { ${fields} } } ... on ValidationProblem { issues { field } } } }`, { id, ...changes })).data?.['changeWatch'];
    const shown = { everyMinutes: 60, paused: false, checking: false, nextCheckAt: '2026-11-23T06:00:00.000Z', lastCheck: null, eventEndpoint: `https://esscm.example.org/api/connections/${id}/events`, eventsToday: 0 };

    const { data } = await run(`query($id: ID!) { connection(id: $id) { watch { ${fields} } deletionImpact { images results selections } } }`, { id });
    expect(data).toEqual({ connection: { watch: shown, deletionImpact: { images: 1, results: 0, selections: 0 } } });
    expect(await change({ everyMinutes: 15 })).toEqual({ __typename: 'WatchPayload', watch: { ...shown, everyMinutes: 15 } });
    expect(await change({ paused: true })).toMatchObject({ watch: { paused: true, nextCheckAt: null } });
    for (const everyMinutes of [4, 10_081]) expect(await change({ everyMinutes })).toEqual({ __typename: 'ValidationProblem', issues: [{ field: 'everyMinutes' }] });
    expect(await change({ id: 'con_none', paused: true })).toEqual({ __typename: 'NotFoundProblem' });

    const row = gateway.store.current.watchRows[0];
    if (row === undefined) throw new Error('there is no watch');
    row.leaseUntil = new Date('2026-11-23T06:01:00Z');
    row.lastCheck = {
      trigger: 'schedule', startedAt: '2026-11-23T05:00:00.000Z', endedAt: '2026-11-23T05:00:01.000Z', added: 2, moved: 0, gone: 0, back: 0, released: 0, calls: 7, repositoriesChecked: 6, repositoriesLeft: 0,
      problem: { heading: 'Access denied', message: 'No.' },
    };
    const checked = await run(`mutation($id: ID!) { checkConnection(connectionId: $id) { ... on WatchPayload { watch { ${fields} } } } }`, { id });
    expect(checked.data).toMatchObject({ checkConnection: { watch: { checking: true, lastCheck: { trigger: 'SCHEDULE', added: 2, calls: 7, startedAt: '2026-11-23T05:00:00.000Z', problem: { heading: 'Access denied' } } } } });
    expect(gateway.store.current.requested).toContain(id);
  });
});

describe('events of a registry', () => {
  test('are accepted with the secret of their connection, once', async () => {
    const { gateway, send, createSecret, id } = await start();
    const woken: unknown[] = [];
    gateway.jobs.listeners.add((payload) => woken.push(payload));
    const { endpoint, header, secret, snippet } = await createSecret();
    expect(endpoint).toBe(`https://esscm.example.org/api/connections/${id}/events`);
    expect(snippet).toContain(`InvocationEndpoint: ${endpoint}`);
    expect(snippet).toContain(`ApiKeyName: ${header}`);
    expect(snippet).toContain(`ApiKeyValue: '${secret}'`);

    expect(await send(event(), { [header]: secret })).toMatchObject({ status: 202, body: { result: 'accepted' } });
    expect(await send(event(), { [header]: secret })).toMatchObject({ status: 202, body: { result: 'known' } });
    expect(await send(event('event-2', { result: 'FAILURE' }), { [header]: secret })).toMatchObject({ status: 202, body: { result: 'ignored' } });
    expect(gateway.store.current.events).toEqual([{ connectionId: id, eventId: 'event-1', repository: 'shop/web' }]);
    expect(woken).toEqual([{}]);
    expect(gateway.log.join('')).not.toContain(secret);
  });

  test('with another secret, an earlier one, or of no connection are refused alike', async () => {
    const { gateway, send, createSecret } = await start();
    const before = await send(event(), { 'x-esscm-event-secret': 'anything' });
    const earlier = await createSecret();
    const { header, secret } = await createSecret();
    const refused = { status: 401, body: { error: 'The secret is not the one of this connection.' }, retryAfter: null };
    expect(before).toEqual(refused);
    expect(await send(event())).toEqual(refused);
    expect(await send(event(), { [header]: earlier.secret })).toEqual(refused);
    expect(await send(event(), { [header]: `${secret}x` })).toEqual(refused);
    expect(await send(event(), { [header]: secret }, 'con_none')).toEqual(refused);
    expect(gateway.store.current.events).toEqual([]);
    // Guessing is slowed down; the right secret still gets through.
    for (let count = 0; count < 30; count += 1) await send(event(), { [header]: 'guess' });
    expect(await send(event(), { [header]: 'guess' })).toMatchObject({ status: 429, retryAfter: '60' });
    expect(await send(event(), { [header]: secret })).toMatchObject({ status: 202 });
  });

  test.each([
    ['not JSON', '{', 400],
    ['no event', { id: 'x' }, 400],
    ['a text', '"text"', 400],
    ['too much', { ...event(), filler: 'x'.repeat(70_000) }, 413],
  ])('that are %s are refused and change nothing', async (_name, body, status) => {
    const { gateway, send, createSecret } = await start();
    const { header, secret } = await createSecret();
    expect((await send(body, { [header]: secret })).status).toBe(status);
    expect(gateway.store.current.events).toEqual([]);
  });

  test('are not taken by a registry that sends none', async () => {
    const { createSecret, row } = await start();
    row.variantId = 'public';
    expect(await createSecret()).toEqual({ __typename: 'ValidationProblem', issues: [{ message: 'This registry sends no events that can be read.' }] });
  });
});
