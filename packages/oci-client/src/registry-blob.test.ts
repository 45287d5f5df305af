import { buffer } from 'node:stream/consumers';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { FakeClock, ImageBuilder, sha256, TestRegistry, type BuiltImage } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basicAuthentication } from './authentication.js';
import { isDigest } from './digest.js';
import { OciError } from './errors.js';
import { createDialPolicy } from './guarded-dialer.js';
import { RegistryClient, type BlobDescriptor, type RegistryClientOptions } from './registry-client.js';

const content = randomBytes(700_000);
const image: BuiltImage = new ImageBuilder().layer({ 'data.bin': content }, { compression: 'none' }).build();
const layer = image.layers[0]?.descriptor;
const never = new AbortController().signal;
const clock = new FakeClock();
let registry: TestRegistry;
let reader: RegistryClient;

function open(options: Partial<RegistryClientOptions> = {}): RegistryClient {
  return new RegistryClient({ host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }), clock, ...options });
}

function blob(): BlobDescriptor {
  if (layer === undefined || !isDigest(layer.digest)) throw new Error('The image has no layer.');
  return { digest: layer.digest, sizeBytes: layer.size };
}

interface Outcome {
  /** Length and digest of what was released before the end or the error. */
  readonly length: number;
  readonly digest: string;
  readonly error: unknown;
}

const complete: Outcome = { length: layer?.size ?? 0, digest: layer?.digest ?? '', error: undefined };

async function read(source = blob(), signal = never): Promise<Outcome> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await reader.openBlob('team/app', source, signal)) chunks.push(chunk);
  } catch (error) {
    return { ...outcome(chunks), error };
  }
  return { ...outcome(chunks), error: undefined };
}

function outcome(chunks: readonly Buffer[]): Pick<Outcome, 'length' | 'digest'> {
  const bytes = Buffer.concat(chunks);
  return { length: bytes.length, digest: sha256(bytes) };
}

function ranges(): readonly (string | undefined)[] {
  return registry.requests.map(({ headers }) => headers['range']);
}

beforeEach(async () => {
  clock.sleeps.length = 0;
  registry = await TestRegistry.start();
  registry.add('team/app', image);
  reader = open();
});

afterEach(async () => {
  await reader[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

test('a blob is its stored bytes, asked for by GET alone', async () => {
  expect(await read()).toEqual(complete);
  expect(registry.log).toEqual([`GET /v2/team/app/blobs/${blob().digest}`]);
});

test('one connection serves one blob after another', async () => {
  await read();
  await read();
  expect(registry.connections).toBe(1);
});

test('a missing blob rejects before there is a stream', async () => {
  const missing = { digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 3 } as const;
  await expect(reader.openBlob('team/app', missing, never)).rejects.toMatchObject({ code: 'not-found', upstreamCode: 'BLOB_UNKNOWN' });
});

test('an empty blob ends at once', async () => {
  const empty = new ImageBuilder().layerFromTar(Buffer.alloc(0), { compression: 'none' }).build();
  registry.add('team/app', empty);
  // `sha256sum /dev/null`
  const digest = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(await read({ digest, sizeBytes: 0 })).toEqual({ length: 0, digest, error: undefined });
});

describe('a blob that is not what was promised fails with code integrity', () => {
  test.each([
    ['a wrong last byte', { corruptBlobs: true }],
    ['a wrong last byte, length unknown', { corruptBlobs: true, chunkedBlobs: true }],
    ['a byte too many, length unknown', { blobLengthDelta: 1, chunkedBlobs: true }],
    ['bytes missing, length unknown, whatever is asked again', { blobLengthDelta: -1, chunkedBlobs: true }],
    ['a byte too many', { blobLengthDelta: 1 }],
    ['a byte missing', { blobLengthDelta: -1 }],
  ])('%s, and is never released whole', async (_what, behaviour) => {
    Object.assign(registry.behaviour, behaviour);
    const { length, error } = await read();
    expect(error).toBeInstanceOf(OciError);
    expect(error).toMatchObject({ code: 'integrity', retryable: false });
    expect(length).toBeLessThan(blob().sizeBytes);
  });
});

test('the last chunk of a wrong blob is not released, even to a reader who takes each chunk at once', async () => {
  registry.behaviour.corruptBlobs = true;
  const stream = await reader.openBlob('team/app', blob(), never);
  let released = 0;
  stream.on('data', (chunk: Buffer) => {
    released += chunk.length;
  });
  expect(await once(stream, 'error')).toEqual([expect.objectContaining({ code: 'integrity' })]);
  expect(released).toBeLessThan(blob().sizeBytes);
});

describe('a dropped connection', () => {
  test('is resumed where it was left', async () => {
    Object.assign(registry.behaviour, { cutBlobAfterBytes: 250_000, cuts: 2 });
    expect(await read()).toEqual(complete);
    const [first, second, third] = ranges();
    expect(first).toBeUndefined();
    // A cut connection may lose bytes on their way, never repeat any.
    expect([second, third]).toEqual([expect.stringMatching(/^bytes=\d+-$/), expect.stringMatching(/^bytes=\d+-$/)]);
    expect(clock.sleeps).toHaveLength(2);
  });

  test('is resumed with a new redirect each time', async () => {
    Object.assign(registry.behaviour, { cutBlobAfterBytes: 250_000, cuts: 1, redirectBlobs: true });
    expect(await read()).toEqual(complete);
    const path = `GET /v2/team/app/blobs/${blob().digest}`;
    expect(registry.log).toEqual([path, `storage ${path}`, path, `storage ${path}`]);
  });

  test.each([
    ['answers the whole blob instead of a range', { ignoreRange: true }],
    ['refuses ranges', { refuseRange: true }],
  ])('is resumed where the registry %s', async (_what, behaviour) => {
    Object.assign(registry.behaviour, { cutBlobAfterBytes: 300_000, cuts: 1, ...behaviour });
    expect(await read()).toEqual(complete);
  });

  test('that only went silent is resumed as well', async () => {
    Object.assign(registry.behaviour, { cutBlobAfterBytes: 250_000, cuts: 1, stallInsteadOfCut: true });
    reader = open({ limits: { idleTimeoutMs: 30 } });
    expect(await read()).toEqual(complete);
    expect(ranges()).toEqual([undefined, 'bytes=250000-']);
  });

  test('time and again is an error of code unreachable', async () => {
    Object.assign(registry.behaviour, { cutBlobAfterBytes: 10, cuts: 1000 });
    const { error } = await read();
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(registry.log).toHaveLength(5);
  });
});

describe('a redirect to storage', () => {
  beforeEach(() => {
    registry.behaviour.redirectBlobs = true;
    registry.behaviour.authentication = { kind: 'basic', username: 'AWS', password: 'secret-of-test' };
  });

  test('is followed without the credential', async () => {
    reader = open({ authentication: basicAuthentication({ username: 'AWS', password: 'secret-of-test' }) });
    expect(await read()).toEqual(complete);
    expect(registry.requests.map(({ origin, headers }) => [origin, headers['authorization'] !== undefined])).toEqual([
      ['registry', false],
      ['registry', true],
      ['storage', false],
    ]);
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'blocked'],
    ['http://10.0.0.1/x', 'blocked'],
    ['file:///etc/passwd', 'protocol'],
    ['http://[::ffff:192.168.0.1]/x', 'blocked'],
  ])('to %s is not followed', async (redirectTo, code) => {
    registry.behaviour.authentication = { kind: 'none' };
    registry.behaviour.redirectTo = redirectTo;
    const { error } = await read();
    expect(error).toMatchObject({ code });
  });

  test('that never ends is given up', async () => {
    registry.behaviour.authentication = { kind: 'none' };
    registry.behaviour.redirectTo = `${registry.origin}/v2/team/app/blobs/${blob().digest}`;
    expect(await read()).toMatchObject({ error: { code: 'protocol' } });
    expect(registry.log).toHaveLength(4);
  });

  test('that storage refuses does not show its address or its words', async () => {
    registry.behaviour.authentication = { kind: 'none' };
    registry.behaviour.redirectTo = `${registry.storageOrigin}/elsewhere?X-Amz-Signature=private&X-Amz-Security-Token=private`;
    const { error } = await read();
    expect(error).toMatchObject({ code: 'denied', status: 403, upstreamMessage: undefined });
    expect(String(error)).not.toMatch(/private|elsewhere|AccessDenied/);
  });
});

test('an abort ends the stream with code cancelled and closes its connection', async () => {
  const controller = new AbortController();
  const stream = await reader.openBlob('team/app', blob(), controller.signal);
  const [error] = await Promise.all([once(stream, 'error'), Promise.resolve().then(() => controller.abort())]);
  expect(error).toEqual([expect.objectContaining({ code: 'cancelled' })]);
});

test('a reader that stops early closes the connection without an error', async () => {
  const stream = await reader.openBlob('team/app', blob(), never);
  for await (const chunk of stream) if (chunk instanceof Buffer) break;
  expect(stream.destroyed).toBe(true);
});

test('nothing is read far ahead of the reader', async () => {
  const stream = await reader.openBlob('team/app', blob(), never);
  stream.once('readable', () => undefined);
  await once(stream, 'readable');
  expect(stream.readableLength).toBeLessThanOrEqual(stream.readableHighWaterMark + 65_536);
  expect(sha256(await buffer(stream))).toBe(complete.digest);
});
