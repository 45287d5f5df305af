import { buildArtifact, FakeClock, TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDialPolicy } from './guarded-dialer.js';
import { isDigest, type Digest } from './digest.js';
import { OciError } from './errors.js';
import type { RegistryClient, RegistryClientOptions } from './registry-client.js';
import { clientOf, clock, failure, smallImage } from './registry-client.support.test.js';

const never = new AbortController().signal;
let registry: TestRegistry;

function asDigest(text: string): Digest {
  if (!isDigest(text)) throw new Error(text);
  return text;
}

const client = (options: Partial<RegistryClientOptions> = {}): RegistryClient => clientOf(registry, options);

beforeEach(async () => {
  clock.sleeps.length = 0;
  registry = await TestRegistry.start();
  registry.add('team/app', smallImage, { tags: ['1.0', '1.1'] });
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

describe('manifests', () => {
  test('are their raw bytes, with the digest computed here', async () => {
    await using reader = client();
    const byTag = await reader.manifest('team/app', '1.0', never);
    const byDigest = await reader.manifest('team/app', smallImage.descriptor.digest, never);
    expect(byTag).toEqual(byDigest);
    expect({ digest: byTag.digest, mediaType: byTag.mediaType, bytes: byTag.bytes }).toEqual({
      digest: smallImage.descriptor.digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      bytes: smallImage.manifests.get(smallImage.descriptor.digest)?.bytes,
    });
  });

  test('are asked for with all four media types, as Amazon ECR converts to what is accepted', async () => {
    await using reader = client({ userAgent: 'esscm/0.1.0' });
    await reader.manifest('team/app', '1.0', never);
    expect(registry.requests[0]?.headers).toMatchObject({
      accept: [
        'application/vnd.oci.image.index.v1+json',
        'application/vnd.docker.distribution.manifest.list.v2+json',
        'application/vnd.oci.image.manifest.v1+json',
        'application/vnd.docker.distribution.manifest.v2+json',
      ].join(', '),
      'user-agent': 'esscm/0.1.0',
    });
  });

  test('need no Docker-Content-Digest header, which Amazon ECR leaves out', async () => {
    registry.behaviour.contentDigest = 'absent';
    await using reader = client();
    expect((await reader.manifest('team/app', '1.0', never)).digest).toBe(smallImage.descriptor.digest);
  });

  test.each([
    ['other bytes than the digest asked for', { corruptManifests: true }, smallImage.descriptor.digest],
    ['other bytes than the digest stated', { corruptManifests: true }, '1.0'],
    ['another digest stated', { contentDigest: 'wrong' }, '1.0'],
  ] as const)('with %s are refused', async (_what, behaviour, reference) => {
    Object.assign(registry.behaviour, behaviour);
    await using reader = client();
    expect(await failure(reader.manifest('team/app', reference, never))).toMatchObject({ code: 'integrity', retryable: false });
  });

  test('are described without their bytes, as far as the registry says', async () => {
    await using reader = client();
    expect(await reader.describeManifest('team/app', '1.0', never)).toEqual({
      digest: smallImage.descriptor.digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
    });
    registry.behaviour.contentDigest = 'absent';
    expect(await reader.describeManifest('team/app', '1.0', never)).toBeUndefined();
    expect((await failure(reader.describeManifest('team/app', 'missing', never))).code).toBe('not-found');
    expect(new Set(registry.requests.map(({ method }) => method))).toEqual(new Set(['HEAD']));
  });

  test('beyond the limit are refused', async () => {
    await using reader = client({ limits: { manifestBytes: 100 } });
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'limit' });
  });

  test.each([
    ['team/app', 'missing', 'MANIFEST_UNKNOWN', 'does not have manifest team/app:missing (404 MANIFEST_UNKNOWN)'],
    ['team/other', '1.0', 'NAME_UNKNOWN', 'does not have manifest team/other:1.0 (404 NAME_UNKNOWN)'],
  ])('%s:%s that are not there say so', async (repository, reference, upstreamCode, message) => {
    await using reader = client();
    expect(await failure(reader.manifest(repository, reference, never))).toMatchObject({
      code: 'not-found',
      retryable: false,
      status: 404,
      upstreamCode,
      message: `${registry.host} ${message}`,
    });
  });

  test.each([
    ['team/../x', '1.0'],
    ['team/app', '../blobs/x'],
    ['team/app?x', '1.0'],
    ['', '1.0'],
  ])('of names that could change the address (%s, %s) are not asked for', async (repository, reference) => {
    await using reader = client();
    await expect(async () => reader.manifest(repository, reference, never)).rejects.toMatchObject({ code: 'protocol' });
    expect(registry.requests).toEqual([]);
  });
});

describe('failures', () => {
  test('429 is waited out as Retry-After says', async () => {
    Object.assign(registry.behaviour, { throttles: 2, retryAfter: '12' });
    await using reader = client();
    await reader.manifest('team/app', '1.0', never);
    expect(clock.sleeps).toEqual([12_000, 12_000]);
  });

  test('a Retry-After beyond the limit is an error at once', async () => {
    Object.assign(registry.behaviour, { throttles: 1, retryAfter: '3600' });
    await using reader = client();
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'throttled', retryable: true, retryAfterMs: 3_600_000 });
    expect(clock.sleeps).toEqual([]);
  });

  test('the registry failing or closing connections is tried again, five times in all', async () => {
    Object.assign(registry.behaviour, { failures: 2, resets: 2 });
    await using reader = client();
    await reader.manifest('team/app', '1.0', never);
    expect(registry.log).toHaveLength(5);
    registry.behaviour.failures = 5;
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'unreachable', retryable: true, status: 503 });
    expect(registry.log).toHaveLength(10);
  });

  test('an abort ends the work with code cancelled', async () => {
    const waiting = new FakeClock({ automatic: false });
    registry.behaviour.throttles = 1;
    await using reader = client({ clock: waiting });
    const controller = new AbortController();
    const work = failure(reader.manifest('team/app', '1.0', controller.signal));
    await expect.poll(() => waiting.sleeps.length).toBe(1);
    controller.abort();
    expect(await work).toMatchObject({ code: 'cancelled', retryable: false });
    expect(await failure(reader.manifest('team/app', '1.0', AbortSignal.abort()))).toMatchObject({ code: 'cancelled' });
  });

  test.each([
    ['no byte', { idleTimeoutMs: 20 }],
    ['no end', { documentTimeoutMs: 20 }],
  ])('a registry that gives %s in time counts as failing, and is asked again', async (_what, limits) => {
    registry.behaviour.hangs = 1;
    await using reader = client({ limits });
    await reader.manifest('team/app', '1.0', never);
    expect(registry.log).toHaveLength(2);
    registry.behaviour.hangs = 10;
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'unreachable', retryable: true });
  });

  test.each([
    ['without a sign-in', { kind: 'none' }],
    ['with a challenge', { kind: 'bearer' }],
  ] as const)('waiting for a turn does not count against the time limit, %s', async (_what, authentication) => {
    registry.behaviour.authentication = authentication;
    const limits: AbortController[] = [];
    using _timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const limit = new AbortController();
      limits.push(limit);
      return limit.signal;
    });
    // Every limit that runs when a turn is asked for is over before the turn comes.
    const manifestPace = async (): Promise<void> => {
      for (const limit of limits) limit.abort();
    };
    await using reader = client({ manifestPace, limits: { attempts: 1 } });

    expect((await reader.manifest('team/app', '1.0', never)).digest).toBe(smallImage.descriptor.digest);
  });

  test('loopback is not connected to unless allowed', async () => {
    await using reader = client({ dialer: createDialPolicy() });
    expect(await failure(reader.manifest('team/app', '1.0', never))).toMatchObject({ code: 'blocked', retryable: false });
    expect(registry.requests).toEqual([]);
  });
});

describe('another origin to connect to', () => {
  test('is spoken to under the name of the registry', async () => {
    registry.behaviour.authentication = { kind: 'bearer', realm: 'https://public.ecr.aws/token' };
    await using reader = client({ host: 'public.ecr.aws', plainHttp: false, connectTo: registry.origin });
    await reader.manifest('team/app', '1.0', never);
    expect(registry.requests.map(({ path, headers }) => [path, headers['host']])).toEqual([
      ['/v2/team/app/manifests/1.0', 'public.ecr.aws'],
      ['/token', 'public.ecr.aws'],
      ['/v2/team/app/manifests/1.0', 'public.ecr.aws'],
    ]);
  });

  test.each(['nonsense', 'ftp://127.0.0.1', 'http://127.0.0.1/path'])('%s is refused', (connectTo) => {
    expect(() => client({ connectTo })).toThrow(OciError);
  });
});

describe('lists', () => {
  async function pagesOf(pages: AsyncIterable<readonly string[]>): Promise<readonly (readonly string[])[]> {
    const read: (readonly string[])[] = [];
    for await (const page of pages) read.push(page);
    return read;
  }

  beforeEach(() => {
    registry.add('team/app', smallImage, { tags: ['1.2', '1.3', '1.4'] });
    registry.behaviour.pageSize = 2;
  });

  test('of tags follow the link, page by page', async () => {
    await using reader = client();
    expect(await pagesOf(reader.tags('team/app', { signal: never }))).toEqual([['1.0', '1.1'], ['1.2', '1.3'], ['1.4']]);
    expect(registry.requests.map(({ query }) => query)).toEqual([
      { n: '1000' },
      { n: '1000', last: Buffer.from('2').toString('base64url') },
      { n: '1000', last: Buffer.from('4').toString('base64url') },
    ]);
  });

  test('stop asking when the reader stops', async () => {
    await using reader = client();
    for await (const page of reader.tags('team/app', { signal: never })) if (page.length > 0) break;
    expect(registry.log).toHaveLength(1);
  });

  test('never ask for more than 1000, which Amazon ECR refuses', async () => {
    await using reader = client();
    await pagesOf(reader.tags('team/app', { signal: never, pageSize: 10_000 }));
    expect(registry.requests[0]?.query).toEqual({ n: '1000' });
  });

  test('do not follow a link to another address', async () => {
    registry.behaviour.nextPageOrigin = registry.storageOrigin;
    await using reader = client();
    expect(await failure(pagesOf(reader.tags('team/app', { signal: never })))).toMatchObject({ code: 'protocol' });
  });

  test('of repositories come from the catalogue', async () => {
    registry.add('team/other', smallImage);
    await using reader = client();
    expect(await pagesOf(reader.repositories({ signal: never }))).toEqual([['team/app', 'team/other']]);
  });
});

describe('referrers', () => {
  const sbom = buildArtifact({ artifactType: 'application/vnd.cyclonedx+json', payload: '{}', subject: smallImage.descriptor });
  const signature = buildArtifact({ artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json', payload: 's', subject: smallImage.descriptor });
  const expected = {
    digest: sbom.descriptor.digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    sizeBytes: sbom.descriptor.size,
    artifactType: 'application/vnd.cyclonedx+json',
    annotations: {},
  };
  const subject = asDigest(smallImage.descriptor.digest);

  test('come from the API, filtered here as well', async () => {
    registry.attach('team/app', smallImage.descriptor, sbom).attach('team/app', smallImage.descriptor, signature);
    registry.behaviour.pageSize = 1;
    await using reader = client();
    const found = await reader.referrers('team/app', subject, { artifactType: 'application/vnd.cyclonedx+json', signal: never });
    expect(found).toEqual([expected]);
    expect(await reader.referrers('team/app', subject, { signal: never })).toHaveLength(2);
  });

  test('come from the tag of the fallback schema where there is no API', async () => {
    registry.behaviour.referrers = false;
    await using reader = client();
    expect(await reader.referrers('team/app', subject, { signal: never })).toEqual([]);
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [sbom.descriptor] }));
    const descriptor = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: `sha256:${'a'.repeat(64)}`, size: bytes.length };
    registry.behaviour.contentDigest = 'absent';
    registry.add(
      'team/app',
      { descriptor, manifests: new Map([[descriptor.digest, { mediaType: descriptor.mediaType, bytes }]]), blobs: new Map() },
      { tags: [smallImage.descriptor.digest.replace(':', '-')] },
    );
    expect(await reader.referrers('team/app', subject, { signal: never })).toEqual([expected]);
  });
});
