import type { OciError } from '@esscm/oci-client';
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

/** How a manifest's turn is waited for at a registry that answers one in a thousand seconds; every host has a pace of its own. */
function manifestPaceOf(name: string, longestWaitMs?: number) {
  const { manifestPace } = pullClientOptions({
    connection,
    repository: 'team/app',
    access: { ...access, host: name, manifestRate: { perSecond: 0.001, burst: 1 } },
    host: host([]),
    ...(longestWaitMs !== undefined && { longestWaitMs }),
  });
  return manifestPace!;
}

test('all pulls from one host share its rate, and who would wait too long is told so at once', async () => {
  const { signal } = new AbortController();
  await manifestPaceOf('throttled.example.org', 2000)(signal);
  const refusal = { code: 'throttled', host: 'throttled.example.org', retryable: false };

  const first = await manifestPaceOf('throttled.example.org', 2000)(signal).catch((error: unknown) => error);
  expect(first).toMatchObject(refusal);
  expect((first as OciError).retryAfterMs).toBeGreaterThan(2000);
  // Nobody took a turn by being refused: the wait is still that of the next in line, not of the third.
  const second = await manifestPaceOf('throttled.example.org', 2000)(signal).catch((error: unknown) => error);
  expect((second as OciError).retryAfterMs).toBeLessThanOrEqual(1_000_000);
  await manifestPaceOf('another.example.org', 2000)(signal);
});

test('a turn that is not waited for any more ends as cancelled', async () => {
  await manifestPaceOf('cancelled.example.org')(new AbortController().signal);
  const abort = new AbortController();
  const waiting = manifestPaceOf('cancelled.example.org')(abort.signal);
  abort.abort();

  await expect(waiting).rejects.toMatchObject({ code: 'cancelled', retryable: false });
});
