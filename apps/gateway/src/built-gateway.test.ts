import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('fixtures/serve-built.mjs', import.meta.url));

async function startBuilt() {
  const folder = await mkdtemp(join(tmpdir(), 'esscm-gateway-'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: address } = await lines.next();
  if (typeof address !== 'string') throw new Error(`The built gateway did not start: ${errors.join('')}`);
  const query = async (text: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = (await response.json()) as { data: unknown; errors?: unknown };
    return { ...answer, cookie: response.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ') };
  };
  const close = async () => {
    child.stdin.end();
    return [(await lines.next()).value, await ended, errors.join('')];
  };
  return { address, query, close };
}

const createAdministrator = `mutation($input: CreateAdministratorInput!) {
  createAdministrator(input: $input) { __typename }
}`;

test('the built gateway serves the real store: first account, connecting, reading, signing out, stopping', { timeout: 120_000 }, async () => {
  const gateway = await startBuilt();
  const person = (name: string) => ({ input: { name, email: `${name}@example.org`, password: 'a sentence works well' } });

  // Three ask at once; the database lets one through.
  const answers = await Promise.all(['ada', 'eve', 'mal'].map((name) => gateway.query(createAdministrator, person(name))));
  expect(answers.map(({ data }) => data).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
    { createAdministrator: { __typename: 'SignInPayload' } },
    { createAdministrator: { __typename: 'ValidationProblem' } },
    { createAdministrator: { __typename: 'ValidationProblem' } },
  ]);
  const cookie = answers.map((answer) => answer.cookie).find((text) => text !== '') ?? '';

  const connect = () =>
    gateway.query(
      'mutation($input: ConnectInput!) { connect(input: $input) { __typename ... on ConnectPayload { connection { name imageCount } scans { state } } } }',
      {
        input: {
          clientMutationId: 'one',
          plugin: 'ecr',
          variant: 'public',
          name: 'Public images',
          images: [{ reference: 'public.ecr.aws/nginx/nginx:1.27', projectName: 'Shop', projectVersion: '2.0' }],
        },
      },
      { cookie },
    );
  const connected = await connect();
  expect(connected).toMatchObject({
    data: { connect: { __typename: 'ConnectPayload', connection: { name: 'Public images', imageCount: 1 }, scans: [{ state: 'QUEUED' }] } },
  });

  expect((await connect()).data).toEqual(connected.data);

  const { data, errors } = await gateway.query(
    `{ overview { connectionCount imageCount scannedImageCount partialImageCount oldestResultAt activeScanCount storageAdvice }
       plugins { id connectionCount }
       projects { edges { node { name imageCount versionCount none: versions(first: 0) { id } unknown: versions(ids: ["ver_unknown"]) { id } versions(first: 1) { version images { edges { node { name tag latestScan { state } } } } } } } } }`,
    {},
    { cookie },
  );
  expect({ data, errors }).toEqual({
    data: {
      overview: { connectionCount: 1, imageCount: 1, scannedImageCount: 0, partialImageCount: 0, oldestResultAt: null, activeScanCount: 1, storageAdvice: null },
      plugins: [
        { id: 'ecr', connectionCount: 1 },
        { id: 'oci', connectionCount: 0 },
      ],
      projects: {
        edges: [
          {
            node: {
              name: 'Shop',
              imageCount: 1,
              versionCount: 1,
              none: [],
              unknown: [],
              versions: [
                { version: '2.0', images: { edges: [{ node: { name: 'public.ecr.aws/nginx/nginx', tag: '1.27', latestScan: { state: 'QUEUED' } } }] } },
              ],
            },
          },
        ],
      },
    },
    errors: undefined,
  });

  const connectSample = 'mutation { connectSample { __typename ... on ConnectPayload { connection { id sample } } } }';
  const sample = await gateway.query(connectSample, {}, { cookie });
  expect(sample.data).toMatchObject({ connectSample: { __typename: 'ConnectPayload', connection: { sample: true } } });
  expect((await gateway.query(connectSample, {}, { cookie })).data).toEqual(sample.data);

  const created = await gateway.query(
    'mutation { createAccessToken(input: { name: "pipeline", scopes: [READ] }) { ... on CreateAccessTokenPayload { secret } } }',
    {},
    { cookie },
  );
  const { createAccessToken } = created.data as { createAccessToken: { secret: string } };
  const token = { authorization: `Bearer ${createAccessToken.secret}` };
  expect((await gateway.query('{ viewer { role } images(after: "bm9uc2Vuc2U") { pageInfo { endCursor } } }', {}, token)).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  expect(await (await fetch(`${gateway.address}/healthz`)).json()).toEqual({ status: 'ok', storage: 'ok', queue: 'ok' });

  expect((await gateway.query('mutation { signOut }', {}, { cookie })).data).toEqual({ signOut: true });
  expect((await gateway.query('{ viewer { name } }', {}, { cookie })).data).toEqual({ viewer: null });
  expect((await gateway.query('{ viewer { role } }', {}, token)).data).toEqual({ viewer: { role: 'administrator' } });

  expect(await gateway.close()).toEqual(['closed', 0, '']);
});
