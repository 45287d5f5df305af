import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { startTestGateway } from './test-support/test-gateway.js';

type Gateway = Awaited<ReturnType<typeof startTestGateway>>;

const codesOf = async (gateway: Gateway, text: string, variables = {}, headers = {}) =>
  (await gateway.query(text, variables, headers)).errors?.map(({ extensions }) => extensions['code']);

describe('a document is refused', () => {
  test.each([
    ['too deep', '{ project(id: "x") { versions { images { edges { node { connection { plugin { variants { credentialKinds { fields { choices { value } } } } } } } } } } } }'],
    ['many aliases', `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: installation { version }`).join(' ')} }`],
    [
      'fragments within fragments',
      `{ viewer { ...f0 } } ${Array.from({ length: 40 }, (_, index) => `fragment f${index} on Viewer { id ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f40 on Viewer { id }`,
    ],
    ['huge pages', '{ projects(first: 100) { edges { node { versions { images(first: 100) { edges { node { content { id } } } } } } } } }'],
  ])('for being %s', async (_what, text) => {
    const gateway = await startTestGateway();

    expect(await codesOf(gateway, text)).toContain('LIMIT_EXCEEDED');
  });

  test('for its number of tokens', async () => {
    const gateway = await startTestGateway();

    expect(await codesOf(gateway, `{ installation { ${'version '.repeat(2000)} } }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  test('for its size', async () => {
    const gateway = await startTestGateway();

    const answer = await gateway.query('{ installation { version } }', { padding: 'x'.repeat(256 * 1024) });

    expect([answer.status, answer.errors?.[0]?.extensions['code']]).toEqual([413, 'LIMIT_EXCEEDED']);
  });

  test('when it comes from a plain form of another site', async () => {
    const gateway = await startTestGateway();

    const response = await fetch(`${gateway.address}/graphql?query={viewer{id}}`, { headers: { 'content-type': 'text/plain' } });

    expect(response.status).toBe(400);
  });
});

test('the schema is read by those who are signed in', async () => {
  const gateway = await startTestGateway();

  expect(await codesOf(gateway, getIntrospectionQuery())).toEqual(['UNAUTHENTICATED']);
  expect(await codesOf(gateway, getIntrospectionQuery(), {}, await gateway.signIn())).toBeUndefined();
});

describe('an error', () => {
  test.each([
    ['a value of the wrong type', 'mutation($input: SignInInput!) { signIn(input: $input) { __typename } }', { input: { email: 1, password: 'canary-7731' } }],
    ['a value in the document', '{ plugin(id: "a", first: "canary-7731") { id } }', {}],
    ['an unknown enum value', 'query($filter: ScanFilterInput) { scans(filter: $filter) { pageInfo { endCursor } } }', { filter: { states: ['canary-7731'] } }],
    ['an enum value in the document', '{ scans(filter: { states: [canary_7731] }) { pageInfo { endCursor } } }', {}],
    ['a field that does not exist', '{ viewr { id } }', {}],
  ])('does not repeat what was sent: %s', async (_what, text, variables) => {
    const gateway = await startTestGateway();

    const { errors } = await gateway.query(text, variables);

    expect(errors).not.toBeUndefined();
    expect(JSON.stringify(errors)).not.toMatch(/canary|stack|Did you mean/);
  });

  test('of the inside is told as nothing but a reference', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();
    gateway.store.projects.find = () => Promise.reject(new Error('relation "projects" does not exist\nparams: canary-7731'));

    const { errors, headers } = await gateway.query('{ project(id: "x") { id } }', {}, { ...session, 'x-correlation-id': 'my-request-1' });

    expect(errors).toEqual([
      {
        message: 'Something went wrong on the server.',
        locations: [{ line: 1, column: 3 }],
        path: ['project'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'my-request-1' },
      },
    ]);
    expect(headers.get('x-correlation-id')).toBe('my-request-1');
    const log = gateway.log.join('');
    expect(log).toContain('relation \\"projects\\" does not exist');
    expect(log).not.toContain('canary');
  });
});
