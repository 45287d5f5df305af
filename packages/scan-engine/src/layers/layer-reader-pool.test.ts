import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOciLayoutImageSource } from '@esscm/oci-client';
import type { ImageDescription } from '@esscm/sbom';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { expect, it } from 'vitest';
import { createLayerReaderPool } from './layer-reader-pool.js';

const image: ImageDescription = { name: 'app', digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: 'amd64' }, labels: {} };

it.each([
  { keepThreads: true, threads: 2 },
  { keepThreads: false, threads: 0 },
])('of two threads that read, $threads are there when facts have been merged', async ({ keepThreads, threads }) => {
  const folder = await mkdtemp(join(tmpdir(), 'reader-pool-'));
  const content = new ImageBuilder().layer({ 'etc/os-release': 'ID=debian\n' }).layer({ 'app/package.json': '{"name":"app","version":"1.0.0"}' }).build();
  await using pool = createLayerReaderPool({ workers: 2, limits: {}, keepThreads });
  expect(pool.threads).toBe(0);
  try {
    await writeOciLayout(folder, [{ content, tag: '1.0' }]);
    await using source = createOciLayoutImageSource({ folder, tag: '1.0' });
    const { signal } = new AbortController();
    const { layers } = await source.resolve({ signal });
    const facts = await Promise.all(layers.map((layer) => pool.read(layer, { verifyDiffId: true, inflateAhead: false, serialised: true, signal, onBytes: () => undefined })));
    const outcome = await pool.merge({ image, layers: layers.map(({ digest, diffId, mediaType, sizeBytes }) => ({ digest, diffId, mediaType, sizeBytes })), facts, scope: 'squashed', keepContents: false }, signal);
    expect(outcome).toMatchObject({ kind: 'merged', catalogue: { components: [{ name: 'app', version: '1.0.0' }] } });
    expect(pool.threads).toBe(threads);
  } finally {
    await rm(folder, { recursive: true });
  }
});
