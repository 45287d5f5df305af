import { expect, test } from 'vitest';
import { Secret } from './secret.js';
import type { PluginHost, PullAccess } from './plugin.js';
import { pullClientOptions } from './pull-client.js';

const access: PullAccess = { host: 'registry.example.org', authentication: { kind: 'basic', encoded: new Secret('dXNlcjpwYXNzd29yZA==') } };
const connection = { pullAccess: async () => access };

function host(privateNetworks: readonly string[]): PluginHost {
  return { clock: { now: () => new Date() }, operatorSettings: {}, privateNetworks };
}

test('networks that the operator opens may be dialled, others may not', () => {
  const { dialer } = pullClientOptions({ connection, repository: 'team/app', access, host: host(['10.20.0.0/16']) });

  const refusals = ['10.20.30.40', '10.21.0.1', '127.0.0.1', '169.254.169.254', '8.8.8.8'].map((address) => [address, dialer?.refusal(address)]);

  expect(refusals).toEqual([
    ['10.20.30.40', undefined],
    ['10.21.0.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['169.254.169.254', 'metadata'],
    ['8.8.8.8', undefined],
  ]);
});

test.each([
  ['https://registry.internal', 'loopback'],
  ['http://127.0.0.1:4510', undefined],
])('connecting to %s in place of the registry, this machine is refused as %s', (connectTo, refusal) => {
  const { dialer } = pullClientOptions({ connection, repository: 'team/app', access: { ...access, connectTo }, host: host([]) });

  expect(dialer?.refusal('127.0.0.1')).toBe(refusal);
});
