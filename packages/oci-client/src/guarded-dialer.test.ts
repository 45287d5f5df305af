import type { LookupAddress } from 'node:dns';
import { createServer, get } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createDialPolicy, type DialPolicy } from './guarded-dialer.js';

describe('an address', () => {
  // Rows follow the IANA IPv4 and IPv6 special-purpose address registries.
  test.each<[address: string, network: string | undefined]>([
    ['8.8.8.8', undefined],
    ['52.216.0.1', undefined],
    ['2600:9000:1::1', undefined],
    ['2606:4700::6810:85e5', undefined],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.15.255.255', undefined],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', undefined],
    ['192.168.1.1', 'private'],
    ['100.63.255.255', undefined],
    ['100.64.0.1', 'shared'],
    ['100.127.255.255', 'shared'],
    ['100.128.0.0', undefined],
    ['169.254.0.1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata'],
    ['169.254.170.23', 'metadata'],
    ['169.254.171.255', 'metadata'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fc00::1', 'unique-local'],
    ['fd12:3456::1', 'unique-local'],
    ['fd00:ec2::254', 'metadata'],
    ['fd00:ec2::23', 'metadata'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'reserved'],
    // The same behind IPv4-mapped, compatible, translated, NAT64 and 6to4 addresses.
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'metadata'],
    ['::ffff:8.8.8.8', undefined],
    ['::127.0.0.1', 'loopback'],
    ['::ffff:0:10.0.0.1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['64:ff9b::192.168.0.1', 'private'],
    ['64:ff9b::8.8.8.8', undefined],
    ['64:ff9b:1::8.8.8.8', 'reserved'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['2002:808:808::1', undefined],
    ['not an address', 'reserved'],
  ])('%s is refused as %s', (address, network) => {
    expect(createDialPolicy().refusal(address)).toBe(network);
  });

  test.each<[address: string, network: string | undefined]>([
    ['127.0.0.1', undefined],
    ['::1', undefined],
    ['::ffff:127.0.0.1', undefined],
    ['0.0.0.0', 'unspecified'],
    ['10.20.1.1', undefined],
    ['::ffff:10.20.1.1', undefined],
    ['10.21.1.1', 'private'],
    ['fd12::1', undefined],
    ['fd13::1', 'unique-local'],
    ['169.254.169.254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
  ])('%s with loopback, 10.20.0.0/16, fd12::/16 and 169.254.0.0/16 allowed: %s', (address, network) => {
    const policy = createDialPolicy({ allowLoopback: true, allowPrivateNetworks: ['10.20.0.0/16', 'fd12::/16', '169.254.0.0/16'] });
    expect(policy.refusal(address)).toBe(network);
  });
});

test.each(['10.0.0.0', '10.0.0.0/33', 'nonsense/8', '10.0.0.0/8/8', '::/129', '10.0.0.0/-1'])('%s is not a network', (cidr) => {
  expect(() => createDialPolicy({ allowPrivateNetworks: [cidr] })).toThrow(RangeError);
});

describe('a host', () => {
  test.each(['127.0.0.1', '[::1]', '169.254.169.254', '[::ffff:10.0.0.1]'])('%s written as an address is refused', (host) => {
    expect(() => createDialPolicy().checkHost(host)).toThrow(expect.objectContaining({ code: 'blocked' }));
  });

  test.each(['example.org', '8.8.8.8', '[2600::1]', 'localhost'])('%s passes; names are checked when resolved', (host) => {
    expect(() => createDialPolicy().checkHost(host)).not.toThrow();
  });
});

describe('a resolved name', () => {
  const addresses = (...list: readonly string[]): LookupAddress[] => list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  function lookup(policy: DialPolicy, options: { readonly all?: boolean; readonly family?: 4 | 6 }): Promise<unknown> {
    return new Promise((resolve) => {
      policy.lookup('name.example', options, (error, address) => resolve(error ?? address));
    });
  }

  test.each<[what: string, found: readonly string[], all: unknown, one: unknown]>([
    ['public', ['52.216.0.1', '2600::1'], addresses('52.216.0.1', '2600::1'), '52.216.0.1'],
    ['partly private', ['10.0.0.1', '52.216.0.1'], addresses('52.216.0.1'), '52.216.0.1'],
    ['private', ['10.0.0.1', '::1'], expect.objectContaining({ code: 'blocked' }), expect.objectContaining({ code: 'blocked' })],
    ['nothing', [], expect.objectContaining({ code: 'ENOTFOUND' }), expect.objectContaining({ code: 'ENOTFOUND' })],
  ])('to %s addresses', async (_what, found, all, one) => {
    const policy = createDialPolicy({ resolve: () => Promise.resolve(addresses(...found)) });
    expect(await lookup(policy, { all: true })).toEqual(all);
    expect(await lookup(policy, {})).toEqual(one);
  });

  test('is filtered by the family asked for', async () => {
    const policy = createDialPolicy({ resolve: () => Promise.resolve(addresses('52.216.0.1', '2600::1')) });
    expect(await lookup(policy, { all: true, family: 6 })).toEqual(addresses('2600::1'));
  });
});

describe('agents for plain requests', () => {
  async function outcome(url: string, policy: DialPolicy): Promise<unknown> {
    const agents = policy.createAgents();
    try {
      const [response] = await once(get(url, { agent: agents.http }), 'response');
      response.destroy();
      return response.statusCode;
    } catch (error) {
      return error;
    } finally {
      agents.destroy();
    }
  }

  test('connect to checked addresses only, whether the host is a name or an address', async () => {
    await using server = createServer((_request, response) => response.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const resolve = (): Promise<LookupAddress[]> => Promise.resolve(addressOf('127.0.0.1'));
    expect(await outcome(`http://127.0.0.1:${port}/`, createDialPolicy({ resolve }))).toMatchObject({ code: 'blocked' });
    expect(await outcome(`http://name.example:${port}/`, createDialPolicy({ resolve }))).toMatchObject({ code: 'blocked' });
    expect(await outcome(`http://127.0.0.1:${port}/`, createDialPolicy({ resolve, allowLoopback: true }))).toBe(200);
    expect(await outcome(`http://name.example:${port}/`, createDialPolicy({ resolve, allowLoopback: true }))).toBe(200);
  });
});

function addressOf(address: string): LookupAddress[] {
  return [{ address, family: 4 }];
}
