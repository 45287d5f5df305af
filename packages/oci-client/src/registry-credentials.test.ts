import { TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basicAuthentication, type AuthenticationSource } from './authentication.js';
import type { RegistryClient, RegistryClientOptions } from './registry-client.js';
import { clientOf, clock, failure, smallImage } from './registry-client.support.test.js';

const never = new AbortController().signal;
let registry: TestRegistry;

const client = (options: Partial<RegistryClientOptions> = {}): RegistryClient => clientOf(registry, options);

beforeEach(async () => {
  clock.sleeps.length = 0;
  registry = await TestRegistry.start();
  registry.add('team/app', smallImage, { tags: ['1.0', '1.1'] });
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

describe('credentials', () => {
  const credential = { username: 'AWS', password: 'secret-of-test' };
  const encoded = Buffer.from('AWS:secret-of-test').toString('base64');

  test('are not sent before they are asked for, then with every request', async () => {
    registry.behaviour.authentication = { kind: 'basic', ...credential };
    await using reader = client({ authentication: basicAuthentication(encoded) });
    await reader.manifest('team/app', '1.0', never);
    await reader.manifest('team/app', '1.1', never);
    expect(registry.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined, `Basic ${encoded}`, `Basic ${encoded}`]);
  });

  test('are exchanged for a token once for many callers', async () => {
    registry.behaviour.authentication = { kind: 'bearer', credential, tokenLifeSeconds: 300 };
    await using reader = client({ authentication: basicAuthentication(credential) });
    await Promise.all([1, 2, 3, 4].map(() => reader.manifest('team/app', '1.0', never)));
    expect(registry.requests.filter(({ path }) => path === '/token')).toMatchObject([
      { query: { service: registry.host, scope: 'repository:team/app:pull' }, headers: { authorization: `Basic ${encoded}` } },
    ]);
  });

  test('get a token for each repository, or one for all where the scope is a constant', async () => {
    registry.add('team/other', smallImage, { tags: ['1.0'] });
    registry.behaviour.authentication = { kind: 'bearer' };
    await using each = client();
    await each.manifest('team/app', '1.0', never);
    await each.manifest('team/other', '1.0', never);
    registry.behaviour.authentication = { kind: 'bearer', scope: 'aws' };
    await using constant = client();
    await constant.manifest('team/app', '1.0', never);
    await constant.manifest('team/other', '1.0', never);
    expect(registry.requests.filter(({ path }) => path === '/token').map(({ query }) => query['scope'])).toEqual([
      'repository:team/app:pull',
      'repository:team/other:pull',
      'aws',
    ]);
  });

  test('tokens are renewed before their end', async () => {
    registry.behaviour.authentication = { kind: 'bearer', tokenLifeSeconds: 60 };
    await using reader = client();
    await reader.manifest('team/app', '1.0', never);
    clock.advance(51_000);
    await reader.manifest('team/app', '1.0', never);
    expect(registry.authentication.tokensIssued).toBe(2);
  });

  test.each(['challenge', 'expired-403', 'invalid-400'] as const)('a token refused by %s is replaced once', async (refusal) => {
    registry.behaviour.authentication = { kind: 'bearer', scope: 'aws' };
    registry.behaviour.refusal = refusal;
    await using reader = client();
    await reader.manifest('team/app', '1.0', never);
    registry.authentication.expireTokens();
    await reader.manifest('team/app', '1.0', never);
    expect(registry.authentication.tokensIssued).toBe(2);
  });

  test.each(['challenge', 'expired-403', 'invalid-400'] as const)('of ECR that expired (%s) are renewed once, and the request goes through', async (refusal) => {
    registry.behaviour.authentication = { kind: 'basic', ...credential };
    registry.behaviour.refusal = refusal;
    const renewals: boolean[] = [];
    const stale = Buffer.from('AWS:stale').toString('base64');
    const authentication: AuthenticationSource = {
      authorization: ({ renew }) => {
        renewals.push(renew);
        return Promise.resolve({ kind: 'basic', encoded: renewals.includes(true) ? encoded : stale });
      },
    };
    await using reader = client({ authentication });
    await reader.manifest('team/app', '1.0', never);
    expect(renewals.filter(Boolean)).toHaveLength(1);
    expect(registry.log).toHaveLength(3);
  });

  test.each(['challenge', 'expired-403', 'invalid-400'] as const)('refused by %s even when renewed are an error of code unauthorized', async (refusal) => {
    registry.behaviour.authentication = { kind: 'basic', ...credential };
    registry.behaviour.refusal = refusal;
    let given = 0;
    const authentication: AuthenticationSource = {
      authorization: () => Promise.resolve({ kind: 'basic', encoded: Buffer.from(`AWS:wrong-${(given += 1)}`).toString('base64') }),
    };
    await using reader = client({ authentication });
    const error = await failure(reader.manifest('team/app', '1.0', never));
    expect(error).toMatchObject({ code: 'unauthorized', retryable: false });
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/wrong-|Basic/);
    expect(registry.log).toHaveLength(3);
  });

  test('as a ready token are sent at once', async () => {
    registry.behaviour.authentication = { kind: 'bearer' };
    const authentication: AuthenticationSource = { authorization: () => Promise.resolve({ kind: 'bearer', token: 'ready' }) };
    await using reader = client({ authentication });
    await failure(reader.manifest('team/app', '1.0', never));
    expect(registry.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer ready']);
  });

  test('that the token service refuses are an error of code unauthorized', async () => {
    registry.behaviour.authentication = { kind: 'bearer', credential };
    await using reader = client({ authentication: basicAuthentication({ username: 'AWS', password: 'wrong' }) });
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  test.each([
    ['https://token.example/token', 'blocked'],
    ['http://127.0.0.2/token', 'blocked'],
    ['ftp://127.0.0.1/token', 'protocol'],
    ['https://user:password@127.0.0.1/token', 'protocol'],
  ])('are not sent to a token service at %s', async (realm, code) => {
    registry.behaviour.authentication = { kind: 'bearer', credential, realm };
    await using reader = client({ authentication: basicAuthentication(credential) });
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code });
  });

  test('missing where they are needed are an error of code unauthorized', async () => {
    registry.behaviour.authentication = { kind: 'basic', ...credential };
    await using reader = client();
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'unauthorized', upstreamMessage: 'Not Authorized' });
  });

  test('a caller who gives up does not end the token exchange of the others', async () => {
    registry.behaviour.authentication = { kind: 'bearer' };
    await using reader = client();
    // Learns the challenge; the token is then asked for anew by both.
    await reader.manifest('team/app', '1.0', never);
    clock.advance(3_600_000);
    registry.behaviour.hangs = 1;
    const impatient = new AbortController();
    const first = failure(reader.manifest('team/app', '1.0', impatient.signal));
    const second = reader.manifest('team/app', '1.0', never);
    await expect.poll(() => registry.log.filter((line) => line === 'GET /token')).toHaveLength(2);
    impatient.abort();
    expect([(await first).code, (await second).digest]).toEqual(['cancelled', smallImage.descriptor.digest]);
  });

  test('what the authentication source throws comes through as it is', async () => {
    const refusal = new Error('The vault is sealed.');
    await using reader = client({ authentication: { authorization: () => Promise.reject(refusal) } });
    await expect(reader.manifest('team/app', '1.0', never)).rejects.toBe(refusal);
  });
});
