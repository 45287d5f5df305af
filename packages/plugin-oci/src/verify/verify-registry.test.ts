import { TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ociPlugin } from '../oci-plugin.js';
import { credential, failWith, image } from '../testing/registry-subject.js';

const { signal } = new AbortController();
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start({ authentication: { kind: 'basic', ...credential } });
  registry.add('team/app-0', image, { tags: ['1.0'] });
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

async function verify(values: Readonly<Record<string, string>> = {}, operatorSettings: Readonly<Record<string, string>> = { 'oci.plainHttpRegistries': registry.host }) {
  const configuration = ociPlugin.configure({
    variantId: 'registry',
    credentialKindId: 'password',
    values: { address: registry.host, ...credential, ...values },
  });
  await using connection = ociPlugin.connect(configuration, { clock: { now: () => new Date() }, operatorSettings, privateNetworks: [] });
  const { status, checks, problems } = await connection.verify({ signal });
  return { status, outcomes: checks.map(({ outcome }) => outcome), problems: problems.map(({ heading, message }) => `${heading}: ${message}`) };
}

describe('verifying a registry', () => {
  test('tries all five, by reading only', async () => {
    expect(await verify()).toEqual({ status: 'verified', outcomes: ['allowed', 'allowed', 'allowed', 'allowed', 'allowed'], problems: [] });
    expect(new Set(registry.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('says that the token is wrong, and tries nothing else', async () => {
    expect(await verify({ password: 'wrong' })).toEqual({
      status: 'failed',
      outcomes: ['denied-implicit', 'not-tried', 'not-tried', 'not-tried', 'not-tried'],
      problems: [`Credentials verification failed: ${registry.host} does not accept the user name reader with this password or token.`],
    });
  });

  test('asks for the names of repositories where the registry gives no list', async () => {
    registry.behaviour.catalog = false;
    expect(await verify()).toEqual({
      status: 'limited',
      outcomes: ['allowed', 'denied-implicit', 'not-proven', 'not-proven', 'not-proven'],
      problems: [`Not supported: ${registry.host} does not list its repositories for this account, so nothing else could be tried.`],
    });
    expect(await verify({ repositories: 'team/app-0' })).toMatchObject({ status: 'verified', problems: [] });
  });

  test('names the repository that is not there', async () => {
    expect(await verify({ repositories: 'team/typo' })).toEqual({
      status: 'limited',
      outcomes: ['allowed', 'allowed', 'not-proven', 'not-proven', 'not-proven'],
      problems: [
        `Repository not found: There is no repository team/typo in ${registry.host}.`,
      ],
    });
  });

  test('tells a refused repository from a wrong token', async () => {
    registry.behaviour.denies = true;
    expect(await verify({ repositories: 'team/app-0' })).toEqual({
      status: 'failed',
      outcomes: ['allowed', 'allowed', 'denied-implicit', 'denied-implicit', 'not-proven'],
      problems: [`Access denied: ${registry.host} does not allow reader to read team/app-0.`],
    });
  });

  test.each(['throttled', 'server-error', 'dropped-connection'] as const)('says that nothing was proven when %s', async (fault) => {
    failWith(registry, fault);
    const { status, outcomes } = await verify();
    expect([status, outcomes]).toEqual(['failed', [fault === 'throttled' ? 'throttled' : 'unreachable', 'not-tried', 'not-tried', 'not-tried', 'not-tried']]);
  });

  test('never dials this machine for a user', async () => {
    expect(await verify({}, {})).toEqual({
      status: 'failed',
      outcomes: ['unreachable', 'not-tried', 'not-tried', 'not-tried', 'not-tried'],
      problems: [
        'Cannot reach the registry: 127.0.0.1 leads to a loopback address, which is not connected to unless the operator allows its network.',
      ],
    });
    expect(registry.connections).toBe(0);
  });
});
