import type { ImageDescription } from '@esscm/sbom';
import { expect, it } from 'vitest';
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
