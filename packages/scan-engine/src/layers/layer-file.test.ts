import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LayerFile } from './layer-file.js';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `line ${(index * 7919) % 10_007}\n`).join(''));
const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layer-file-'));
  file = join(folder, 'layer');
  await writeFile(file, content);
});
afterAll(() => rm(folder, { recursive: true }));

/** Takes each chunk some time after its event and gives it back, stopping now and then, as a reader with little room does. */
async function read(options: Partial<ConstructorParameters<typeof LayerFile>[0]> = {}): Promise<{ bytes: Buffer; taken: number }> {
  let taken = 0;
  const stream = new LayerFile({ file, digest, sizeBytes: content.length, chunkBytes: 512 * 1024, taken: (bytes) => (taken += bytes), ...options });
  const chunks: Buffer[] = [];
  const kept: Buffer[] = [];
  const takeFirst = () => {
    const chunk = kept.shift();
    if (chunk === undefined) return;
    chunks.push(Buffer.from(chunk));
    stream.recycle(chunk);
  };
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      if (kept.push(chunk) > 2) takeFirst();
      if (chunks.length % 2 === 0) {
        stream.pause();
        setImmediate(() => stream.resume());
      }
    });
    stream.once('end', resolve).once('error', reject);
  });
  while (kept.length > 0) takeFirst();
  return { bytes: Buffer.concat(chunks), taken };
}

describe('LayerFile', () => {
  it('gives the bytes of its file, and tells of them', async () => {
    expect(await read()).toEqual({ bytes: content, taken: content.length });
  });

  it('fails over a file with another digest', async () => {
    await expect(read({ digest: `sha256:${'0'.repeat(64)}` })).rejects.toThrow('another digest than promised');
  });

  it('fails over a file with another size, before its first byte', async () => {
    await expect(read({ sizeBytes: content.length + 1 })).rejects.toThrow('another size than promised');
  });

  it('fails over a folder and over a file that is not there', async () => {
    await expect(read({ file: folder })).rejects.toThrow('another size than promised');
    await expect(read({ file: join(folder, 'missing') })).rejects.toThrow('ENOENT');
  });
});
