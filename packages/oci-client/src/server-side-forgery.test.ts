import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LookupAddress } from 'node:dns';
import { FakeClock, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basicAuthentication } from './authentication.js';
import { isDigest } from './digest.js';
import { createDialPolicy } from './guarded-dialer.js';
import { OciError } from './errors.js';
import { RegistryClient, type RegistryClientOptions } from './registry-client.js';

/**
 * A hostile registry that tries to lead the client elsewhere (server-side request forgery). 127.0.0.1 stands for the public internet and
 * may be connected to; 127.0.0.2 (which Linux has without being told) stands for the inside, where a server listens to witness that nothing
 * ever reaches it.
 */

const image = new ImageBuilder().layer({ 'etc/os-release': 'ID=test\n' }).build();
const credential = { username: 'AWS', password: 'secret-of-test' };
const never = new AbortController().signal;
const clock = new FakeClock();
let registry: TestRegistry;
let inside: Witness;

interface Witness extends AsyncDisposable {
  readonly port: number;
  readonly connections: () => number;
  readonly requests: readonly IncomingMessage[];
}

async function listenOn(address: string, answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end()): Promise<Witness> {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await once(server.listen(0, address), 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return {
    port: bound.port,
    connections: () => connections,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

const publicOnly = (resolve?: (hostname: string) => Promise<readonly LookupAddress[]>) =>
  createDialPolicy({ allowPrivateNetworks: ['127.0.0.1/32'], ...(resolve === undefined ? {} : { resolve }) });

function client(options: Partial<RegistryClientOptions> = {}): RegistryClient {
  return new RegistryClient({ host: registry.host, plainHttp: true, dialer: publicOnly(), clock, ...options });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OciError) return error.code;
    throw error;
  }
  return 'no error';
}

async function openLayer(reader: RegistryClient): Promise<void> {
  const layer = image.layers[0]?.descriptor;
  if (layer === undefined || !isDigest(layer.digest)) throw new Error('The image has no layer.');
  for await (const chunk of await reader.openBlob('team/app', { digest: layer.digest, sizeBytes: layer.size }, never)) if (chunk === undefined) break;
}

beforeEach(async () => {
  inside = await listenOn('127.0.0.2');
  registry = await TestRegistry.start();
  registry.add('team/app', image, { tags: ['1.0', '1.1', '1.2'] });
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
  await inside[Symbol.asyncDispose]();
});

test('the witness can be reached where it is allowed, so that its silence says something', async () => {
  registry.behaviour.redirectBlobs = true;
  registry.behaviour.redirectTo = `http://127.0.0.2:${inside.port}/`;
  await using reader = client({ dialer: createDialPolicy({ allowLoopback: true }) });
  await codeOf(openLayer(reader));
  expect(inside.connections()).toBe(1);
});

describe('a redirect of a layer', () => {
  // Each is another spelling of 127.0.0.2 or of a metadata address.
  test.each([
    'http://127.0.0.2',
    'http://2130706434',
    'http://0x7f.0.0.2',
    'http://0177.0.0.2',
    'http://127.2',
    'http://[::ffff:127.0.0.2]',
    'http://[::ffff:7f00:2]',
    'http://[::127.0.0.2]',
    'http://[64:ff9b::7f00:2]',
    'http://[2002:7f00:2::]',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::1]',
    'http://169.254.169.254',
    'http://169.254.170.2',
    'http://[fd00:ec2::254]',
    'http://100.100.100.200',
  ])('to %s is not connected to', async (origin) => {
    registry.behaviour.redirectBlobs = true;
    registry.behaviour.redirectTo = `${origin}:${inside.port}/latest/meta-data/`;
    await using reader = client();
    expect(await codeOf(openLayer(reader))).toBe('blocked');
    expect(inside.connections()).toBe(0);
  });

  test('to a name that leads inside is not connected to', async () => {
    registry.behaviour.redirectBlobs = true;
    registry.behaviour.redirectTo = `http://storage.example:${inside.port}/`;
    await using reader = client({ dialer: publicOnly(async () => [{ address: '127.0.0.2', family: 4 }]) });
    expect(await codeOf(openLayer(reader))).toBe('blocked');
    expect(inside.connections()).toBe(0);
  });
});

describe('a name whose answer changes (DNS rebinding)', () => {
  /** Answers of the resolver in turn, the last one for ever. */
  function resolver(...answers: readonly (readonly string[])[]) {
    const asked: string[] = [];
    const resolve = async (hostname: string): Promise<readonly LookupAddress[]> => {
      asked.push(hostname);
      return (answers[asked.length - 1] ?? answers.at(-1) ?? []).map((address) => ({ address, family: 4 }));
    };
    return { asked, dialer: publicOnly(resolve) };
  }

  test('is asked for once a connection, and the address that was checked is the one connected to', async () => {
    const { asked, dialer } = resolver(['127.0.0.1'], ['127.0.0.2']);
    const host = `registry.example:${registry.host.split(':')[1]}`;
    await using reader = client({ host, dialer });
    await reader.manifest('team/app', '1.0', never);
    await reader.manifest('team/app', '1.1', never);
    expect([asked, registry.connections]).toEqual([['registry.example'], 1]);
  });

  test('is checked again at each further connection', async () => {
    const { asked, dialer } = resolver(['127.0.0.1'], ['127.0.0.2']);
    await using reader = client({ host: `registry.example:${inside.port}`, dialer });
    await using outside = client({ host: `registry.example:${registry.host.split(':')[1]}`, dialer });
    await outside.manifest('team/app', '1.0', never);
    expect(await codeOf(reader.manifest('team/app', '1.0', never))).toBe('blocked');
    expect([asked, inside.connections()]).toEqual([['registry.example', 'registry.example'], 0]);
  });

  test('never falls back to the refused one of two addresses', async () => {
    const { dialer } = resolver(['127.0.0.2', '127.0.0.1']);
    // Nothing listens there on 127.0.0.1: a second try would go to the witness.
    await using reader = client({ host: `registry.example:${inside.port}`, dialer });
    expect(await codeOf(reader.manifest('team/app', '1.0', never))).toBe('unreachable');
    expect(inside.connections()).toBe(0);
  });
});

describe('a token service', () => {
  test.each([
    ['http://127.0.0.2', 'blocked'],
    ['https://127.0.0.2', 'blocked'],
    ['https://[::ffff:127.0.0.2]', 'blocked'],
    ['https://169.254.169.254', 'blocked'],
    ['https://[fd00:ec2::254]', 'blocked'],
  ])('at %s is asked neither with a credential nor without', async (origin, code) => {
    registry.behaviour.authentication = { kind: 'bearer', realm: `${origin}:${inside.port}/token` };
    await using anonymous = client();
    await using authenticated = client({ authentication: basicAuthentication(credential) });
    expect([await codeOf(anonymous.manifest('team/app', '1.0', never)), await codeOf(authenticated.manifest('team/app', '1.0', never))]).toEqual([code, code]);
    expect(inside.connections()).toBe(0);
  });

  test('that redirects is not followed, nor is the credential taken along', async () => {
    await using elsewhere = await listenOn('127.0.0.1');
    await using hostile = await listenOn('127.0.0.1', (request, response) => {
      const { host } = request.headers;
      if (request.url?.startsWith('/token') === true) response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/token` });
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="x"` });
      response.end();
    });
    await using reader = client({ host: `127.0.0.1:${hostile.port}`, authentication: basicAuthentication(credential) });
    expect(await codeOf(reader.manifest('team/app', '1.0', never))).not.toBe('no error');
    expect(hostile.requests.map(({ url }) => url?.split('?')[0])).toContain('/token');
    expect(elsewhere.connections()).toBe(0);
  });
});

describe('a credential stays with its registry', () => {
  test.each([301, 302, 303, 307, 308])('when a manifest is redirected with %i, also when the other host asks for it', async (status) => {
    await using other = await listenOn('127.0.0.1', (request, response) => {
      response.writeHead(401, { 'www-authenticate': `Basic realm="${request.headers.host}"` });
      response.end();
    });
    await using hostile = await listenOn('127.0.0.1', (request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' });
      else response.writeHead(status, { location: `http://user:password@127.0.0.1:${other.port}/` });
      response.end();
    });
    await using reader = client({ host: `127.0.0.1:${hostile.port}`, authentication: basicAuthentication(credential) });
    await codeOf(reader.manifest('team/app', '1.0', never));
    expect(hostile.requests.at(-1)?.headers.authorization).toMatch(/^Basic /);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test.each(['127.0.0.1', '127.0.0.2'])('when the next page of a list is said to be at another origin of %s', async (address) => {
    await using other = await listenOn(address);
    registry.behaviour.authentication = { kind: 'basic', ...credential };
    Object.assign(registry.behaviour, { pageSize: 1, nextPageOrigin: `http://${address}:${other.port}` });
    await using reader = client({ authentication: basicAuthentication(credential) });
    const pages: (readonly string[])[] = [];
    const readAll = async () => {
      for await (const page of reader.tags('team/app', { signal: never })) pages.push(page);
    };
    expect(await codeOf(readAll())).toBe('protocol');
    expect([pages, other.connections()]).toEqual([[['1.0']], 0]);
  });
});
