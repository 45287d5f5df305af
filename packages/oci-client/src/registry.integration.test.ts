import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { buildIndex, ImageBuilder, sha256, writeOciLayout, type BuiltContent, type BuiltImage } from '@esscm/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDockerArchiveImageSource } from './docker-archive-image-source.js';
import { createDialPolicy } from './guarded-dialer.js';
import type { ImageSource } from './image-source.js';
import { createOciLayoutImageSource } from './oci-layout-image-source.js';
import { parsePlatform } from './platform.js';
import { RegistryClient } from './registry-client.js';
import { createRegistryImageSource } from './registry-image-source.js';

const run = promisify(execFile);
const signal = new AbortController().signal;
const layers = Array.from({ length: 3 }, (_, number) => ({ [`data/${number}`]: `content ${number}\n`.repeat(50_000) }));

/** Such as `http://127.0.0.1:5000`: an empty docker-registry without authentication. */
function registryUrl(): URL {
  const text = process.env['ESSCM_TEST_REGISTRY'];
  if (text === undefined || text === '') {
    throw new Error('Set ESSCM_TEST_REGISTRY to the address of a docker-registry, such as http://127.0.0.1:5000, and have skopeo on the PATH.');
  }
  return new URL(text);
}

function build(platform: string, compression: 'gzip' | 'zstd' = 'gzip'): BuiltImage {
  const builder = new ImageBuilder({ platform: parsePlatform(platform) });
  for (const [number, entries] of layers.entries()) builder.layer(entries, { compression, createdBy: `COPY data/${number} /data/` });
  return builder.build();
}

let folder: string;
let url: URL;
let client: RegistryClient;

beforeAll(async () => {
  url = registryUrl();
  folder = await mkdtemp(join(tmpdir(), 'oci-client-'));
  client = new RegistryClient({ host: url.host, plainHttp: url.protocol === 'http:', dialer: createDialPolicy({ allowLoopback: true }) });
});

afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function push(repository: string, tag: string, content: BuiltContent): Promise<void> {
  const layout = join(folder, `${repository}-${tag}`);
  await writeOciLayout(layout, [{ content, tag }]);
  await run('skopeo', ['copy', '--insecure-policy', '--all', '--preserve-digests', '--dest-tls-verify=false', `oci:${layout}:${tag}`, `docker://${url.host}/${repository}:${tag}`]);
}

/** Digests of everything in an image, the layers' computed from what was read. */
async function digests(source: ImageSource, platform?: string): Promise<unknown> {
  const image = await source.resolve({ signal, ...(platform === undefined ? {} : { platform: parsePlatform(platform) }) });
  const read = await Promise.all(image.layers.map(async (layer) => sha256(await buffer(await layer.open(signal)))));
  return { index: image.indexDigest, manifest: image.manifestDigest, config: image.configDigest, diffIds: image.layers.map(({ diffId }) => diffId), layers: read };
}

function expected(image: BuiltImage, index?: BuiltContent): unknown {
  return {
    index: index?.descriptor.digest,
    manifest: image.descriptor.digest,
    config: image.config.digest,
    diffIds: image.layers.map(({ diffId }) => diffId),
    layers: image.layers.map(({ descriptor }) => descriptor.digest),
  };
}

describe('what skopeo pushed to a docker-registry', () => {
  test.each(['gzip', 'zstd'] as const)('is read back with the same digests (%s)', async (compression) => {
    const image = build('linux/amd64', compression);
    await push(`plain-${compression}`, '1.0', image);
    await using source = createRegistryImageSource({ client, repository: `plain-${compression}`, reference: '1.0' });
    expect(await digests(source)).toEqual(expected(image));
  });

  test('is read back for each platform of an index', async () => {
    const images = [build('linux/amd64'), build('linux/arm64/v8', 'zstd')];
    const index = buildIndex(images);
    await push('multiple', '1.0', index);
    await using source = createRegistryImageSource({ client, repository: 'multiple', reference: index.descriptor.digest });
    expect(await source.platforms(signal)).toEqual(images.map(({ descriptor, platform }) => ({ digest: descriptor.digest, platform })));
    for (const [platform, image] of [['linux/amd64', images[0]], ['linux/arm64', images[1]]] as const) {
      expect(await digests(source, platform)).toEqual(image === undefined ? undefined : expected(image, index));
    }
  });

  test('is listed by tag and by repository, page by page', async () => {
    const image = build('linux/amd64');
    for (const tag of ['a', 'b', 'c']) await push('tagged', tag, image);
    const tags: string[] = [];
    // Version 2 of the registry neither sorts nor pages tags; it pages repositories.
    for await (const page of client.tags('tagged', { signal })) tags.push(...page);
    expect(tags.toSorted()).toEqual(['a', 'b', 'c']);
    const repositories: string[] = [];
    let pages = 0;
    for await (const page of client.repositories({ signal, pageSize: 1 })) {
      pages += 1;
      repositories.push(...page);
    }
    expect(pages).toBeGreaterThanOrEqual(repositories.length);
    expect(repositories).toContain('tagged');
  });

  test('that is not there is not found', async () => {
    await expect(client.manifest('never-pushed', '1.0', signal)).rejects.toMatchObject({ code: 'not-found', status: 404 });
    expect(await client.referrers('tagged', `sha256:${'0'.repeat(64)}`, { signal })).toEqual([]);
  });
});

describe('what skopeo wrote to a file', () => {
  test('is read as docker-archive and as OCI layout', async () => {
    const image = build('linux/amd64');
    await push('written', '1.0', image);
    const from = ['copy', '--insecure-policy', '--src-tls-verify=false', `docker://${url.host}/written:1.0`];
    await run('skopeo', [...from, `docker-archive:${join(folder, 'written.tar')}:written:1.0`]);
    await run('skopeo', [...from, `oci:${join(folder, 'written')}:1.0`]);
    await using archive = createDockerArchiveImageSource({ file: join(folder, 'written.tar'), tag: 'written:1.0' });
    const diffIds = image.layers.map(({ diffId }) => diffId);
    expect(await digests(archive)).toMatchObject({ manifest: undefined, diffIds, layers: diffIds });
    await using layout = createOciLayoutImageSource({ folder: join(folder, 'written'), tag: '1.0' });
    expect(await digests(layout)).toEqual(expected(image));
  });
});
