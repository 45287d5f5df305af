import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOciLayoutImageSource, type ImageLayer } from '@esscm/oci-client';
import type { ImageDescription } from '@esscm/sbom';
import { ImageBuilder, writeOciLayout } from '@esscm/testkit';
import { describe, expect, it } from 'vitest';
import { ReadingThread } from './reading-thread.js';

const image: ImageDescription = { name: 'app', digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: 'amd64' }, labels: {} };

it('ends when it has nothing to do, and starts again with the next task', async () => {
  const thread = new ReadingThread({}, { idleAfterMs: 1 });
  expect(thread.isStarted).toBe(false);
  for (let round = 0; round < 2; round += 1) {
    const outcome = await thread.merge({ image, layers: [], facts: [], scope: 'squashed', keepContents: false }, new AbortController().signal);
    expect(outcome).toMatchObject({ kind: 'merged', catalogue: { components: [] } });
    await expect.poll(() => thread.isStarted).toBe(false);
  }
});

describe('a layer that is uncompressed ahead', () => {
  const withLayer = async (use: (layer: ImageLayer, thread: ReadingThread) => Promise<void>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'reading-thread-'));
    const content = new ImageBuilder().layer({ 'etc/os-release': 'ID=debian\n', 'srv/data': randomBytes(12_000_000), 'srv/package.json': '{"name":"app","version":"1.0.0"}' }).build();
    const thread = new ReadingThread({});
    try {
      await writeOciLayout(folder, [{ content, tag: '1.0' }]);
      await using source = createOciLayoutImageSource({ folder, tag: '1.0' });
      const { layers } = await source.resolve({ signal: new AbortController().signal });
      for (const layer of layers) await use(layer, thread);
    } finally {
      await thread.close();
      await rm(folder, { recursive: true });
    }
  };
  const request = { verifyDiffId: true, signal: new AbortController().signal, onBytes: () => undefined };

  it('has the facts it has when it is not', () =>
    withLayer(async (layer, thread) => {
      const facts = await thread.read(layer, { ...request, inflateAhead: true, serialised: true });
      expect(facts.size).toBeGreaterThan(10);
      expect(facts).toEqual(await thread.read(layer, { ...request, inflateAhead: false, serialised: true }));
    }));

  it('can be given up in the middle, after which its thread reads again', () =>
    withLayer(async (layer, thread) => {
      const stop = new AbortController();
      await expect(thread.read(layer, { ...request, inflateAhead: true, serialised: true, signal: stop.signal, onBytes: () => stop.abort() })).rejects.toMatchObject({ code: 'cancelled' });
      expect((await thread.read(layer, { ...request, inflateAhead: true, serialised: true })).size).toBeGreaterThan(10);
    }));

  it('does not outlive its thread', () =>
    withLayer(async (layer, thread) => {
      const reading = thread.read(layer, { ...request, inflateAhead: true, serialised: true, onBytes: () => void thread.close() });
      await expect(reading).rejects.toMatchObject({ code: 'reader-ended' });
    }));
});
