import { describe, expect, test } from 'vitest';
import { administrator, cookieOf, resultOf, startTestGateway } from './test-support/test-gateway.js';

const createAdministrator = `mutation($input: CreateAdministratorInput!) {
  createAdministrator(input: $input) {
    __typename
    ... on SignInPayload { viewer { name email role organization { name } } }
    ... on ValidationProblem { code issues { field message } }
  }
}`;
const signIn = `mutation($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInPayload { viewer { email } }
    ... on ValidationProblem { issues { field message } }
    ... on ThrottledProblem { message retryAfterMs }
  }
}`;

describe('the first account', () => {
  test('is created once, and signs in', async () => {
    const gateway = await startTestGateway();

    expect((await gateway.query('{ installation { administratorExists setupCodeRequired } viewer { id } }')).data).toEqual({
      installation: { administratorExists: false, setupCodeRequired: false },
      viewer: null,
    });
    const created = await gateway.query(createAdministrator, { input: administrator });
    expect(created.data).toEqual({
      createAdministrator: {
        __typename: 'SignInPayload',
        viewer: { name: 'Ada', email: 'ada@example.org', role: 'administrator', organization: { name: 'Example' } },
      },
    });
    const after = await gateway.query('{ installation { administratorExists } viewer { email } }', {}, { cookie: cookieOf(created) });
    expect(after.data).toEqual({ installation: { administratorExists: true }, viewer: { email: 'ada@example.org' } });

    const second = await gateway.query(createAdministrator, { input: { ...administrator, email: 'eve@example.org' } });
    expect(second.data).toEqual({
      createAdministrator: {
        __typename: 'ValidationProblem',
        code: 'INVALID_INPUT',
        issues: [{ field: '', message: 'This installation has its administrator. Sign in instead.' }],
      },
    });
  });

  test('is created once also when several ask at the same time', async () => {
    const gateway = await startTestGateway();

    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => gateway.query(createAdministrator, { input: { ...administrator, email: `${name}@example.org` } })),
    );

    const outcomes = answers.map(({ data }) => resultOf<{ __typename: string }>({ data }, 'createAdministrator').__typename);
    expect(outcomes.toSorted()).toEqual(['SignInPayload', 'ValidationProblem', 'ValidationProblem', 'ValidationProblem']);
  });

  test.each([
    ['name', { name: ' ' }, 'Enter a name.'],
    ['email', { email: 'ada' }, 'Enter an email address.'],
    ['password', { password: 'elevenchars' }, 'A password has at least 12 characters. A sentence works well.'],
    ['password', { password: 'x'.repeat(129) }, 'A password has at most 128 characters.'],
  ])('is refused for its %s', async (field, wrong, message) => {
    const gateway = await startTestGateway();

    const answer = await gateway.query(createAdministrator, { input: { ...administrator, ...wrong } });

    expect(answer.data).toEqual({ createAdministrator: { __typename: 'ValidationProblem', code: 'INVALID_INPUT', issues: [{ field, message }] } });
  });

  test.each([
    ['that other machines can reach', { host: '0.0.0.0', setupCode: 'K7QM-2XPD' }],
    ['behind a proxy on the same machine', { publicOrigin: 'http://127.0.0.1', setupCode: 'K7QM-2XPD' }],
  ])('needs the setup code on a server %s', async (_where, settings) => {
    const gateway = await startTestGateway({ settings });
    const issues = [{ field: 'setupCode', message: 'This is not the code printed where the server was started.' }];

    expect((await gateway.query('{ installation { setupCodeRequired } }')).data).toEqual({ installation: { setupCodeRequired: true } });
    const without = await gateway.query(createAdministrator, { input: administrator });
    expect(without.data).toEqual({ createAdministrator: { __typename: 'ValidationProblem', code: 'INVALID_INPUT', issues } });
    const withCode = await gateway.query(createAdministrator, { input: { ...administrator, setupCode: 'K7QM-2XPD' } });
    expect(withCode.data).toMatchObject({ createAdministrator: { __typename: 'SignInPayload' } });
  });
});

test('a server with a public name does not start without a setup code', async () => {
  await expect(startTestGateway({ settings: { publicOrigin: 'https://esscm.example.org' } })).rejects.toThrow('needs a setup code');
});

describe('the session', () => {
  test('is a cookie that scripts and other sites cannot use', async () => {
    const gateway = await startTestGateway();

    const created = await gateway.query(createAdministrator, { input: administrator });

    const [cookie = ''] = created.headers.getSetCookie();
    expect(cookie).toMatch(/^esscm\.session_token=[^;]+; /);
    expect(cookie.split('; ').slice(1).toSorted()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
  });

  test('counts for nothing in a request that a foreign page makes', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    for (const foreign of [{ origin: 'http://evil.example' }, { origin: 'http://localhost:1' }, { 'sec-fetch-site': 'cross-site' }]) {
      const headers: Record<string, string> = { ...session, ...foreign };
      expect((await gateway.query('{ viewer { id } }', {}, headers)).data).toEqual({ viewer: null });
    }
    const own = await gateway.query('{ viewer { email } }', {}, { ...session, origin: gateway.address });
    expect(own.data).toEqual({ viewer: { email: 'ada@example.org' } });
  });

  test('ends with signing out', async () => {
    const gateway = await startTestGateway();
    const session = await gateway.signIn();

    expect((await gateway.query('mutation { signOut }', {}, session)).data).toEqual({ signOut: true });

    expect((await gateway.query('{ viewer { id } }', {}, session)).data).toEqual({ viewer: null });
  });
});

describe('signing in', () => {
  test('works with the right password, in any case of the email', async () => {
    const gateway = await startTestGateway();
    await gateway.signIn();

    const answer = await gateway.query(signIn, { input: { email: 'ADA@example.org', password: administrator.password } });

    expect(answer.data).toEqual({ signIn: { __typename: 'SignInPayload', viewer: { email: 'ada@example.org' } } });
  });

  test('says the same for a wrong password and an unknown email, and stops after five', async () => {
    const gateway = await startTestGateway();
    await gateway.signIn();
    const wrong = { __typename: 'ValidationProblem', issues: [{ field: '', message: 'Email or password is not right.' }] };
    const attempt = async (email: string, password = 'not the password') => (await gateway.query(signIn, { input: { email, password } })).data;

    expect(await attempt('eve@example.org')).toEqual({ signIn: wrong });
    for (let count = 0; count < 5; count += 1) expect(await attempt(administrator.email)).toEqual({ signIn: wrong });
    const throttled = { __typename: 'ThrottledProblem', message: 'Too many attempts. Try again in 5 minutes.', retryAfterMs: 300_000 };
    expect(await attempt(administrator.email, administrator.password)).toEqual({ signIn: throttled });

    gateway.time.now = new Date(gateway.time.now.getTime() + 300_001);
    expect(await attempt(administrator.email, administrator.password)).toMatchObject({ signIn: { __typename: 'SignInPayload' } });
  });
});

test('nothing of a password or a session is in the log', async () => {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  await gateway.query(signIn, { input: { email: administrator.email, password: 'planted-canary-password' } }, session);

  const log = gateway.log.join('');

  expect(log).toContain('"path":"/graphql"');
  for (const secret of [administrator.password, 'planted-canary-password', session['cookie']?.split('=')[1] ?? '']) expect(log).not.toContain(secret);
});
