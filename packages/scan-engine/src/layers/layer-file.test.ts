import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LayerFile } from './layer-file.js';
import { createLayerWindow } from './layer-window.js';
import { OwnFileDigest } from './own-file-digest.js';
import { RemoteFileDigest } from './remote-file-digest.js';
import { SlotDigest } from './slot-digest.js';

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => `line ${(index * 7919) % 10_007}\n`).join(''));
const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const digest = digestOf(content);

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layer-file-'));
  file = join(folder, 'layer');
  await writeFile(file, content);
});
afterAll(() => rm(folder, { recursive: true }));

interface Chosen {
  readonly file?: string;
  readonly sizeBytes?: number;
  readonly promised?: string;
}

/** Of the bytes it gives: copies each chunk while its event is handled, stopping now and then, as a reader with little room does. */
async function digestRead(stream: LayerFile): Promise<string> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
      if (chunks.length % 2 === 0) {
        stream.pause();
        setImmediate(() => stream.resume());
      }
    });
    stream.once('end', resolve).once('error', reject);
  });
  return digestOf(Buffer.concat(chunks));
}

describe('LayerFile', () => {
  const read = async ({ promised = digest, ...options }: Chosen = {}): Promise<{ given: string; taken: number }> => {
    let taken = 0;
    const stream = new LayerFile({ file, sizeBytes: content.length, ...options, digest: new OwnFileDigest(promised, (bytes) => (taken += bytes)) });
    return { given: await digestRead(stream), taken };
  };

  it('gives the bytes of its file, and tells of them', async () => {
    expect(await read()).toEqual({ given: digest, taken: content.length });
  });

  it('fails over a file with another digest', async () => {
    await expect(read({ promised: `sha256:${'0'.repeat(64)}` })).rejects.toThrow('another digest than promised');
  });

  it('fails over a file with another size, before its first byte', async () => {
    await expect(read({ sizeBytes: content.length + 1 })).rejects.toThrow('another size than promised');
  });

  it('fails over a folder and over a file that is not there', async () => {
    await expect(read({ file: folder })).rejects.toThrow('another size than promised');
    await expect(read({ file: join(folder, 'missing') })).rejects.toThrow('ENOENT');
  });
});

describe('LayerFile with its digest computed elsewhere', () => {
  /** An engine that is late: it takes slots up in the order they were filled, one a turn of the event loop. */
  const read = async (promised: string, readings: number): Promise<{ given: string[]; agrees: boolean }> => {
    const window = createLayerWindow();
    const engine = new SlotDigest(window, promised);
    const tasks: (() => void)[] = [];
    const work = setInterval(() => tasks.shift()?.(), 0);
    const remote: RemoteFileDigest = new RemoteFileDigest(window, {
      filled: (slot, bytes) =>
        tasks.push(() => {
          engine.add(slot, bytes);
          remote.free(slot);
        }),
      whole: () => tasks.push(() => engine.end()),
    });
    const given: string[] = [];
    for (let reading = 0; reading < readings; reading += 1) given.push(await digestRead(new LayerFile({ file, sizeBytes: content.length, digest: remote })));
    await expect.poll(() => tasks.length).toBe(0);
    clearInterval(work);
    return { given, agrees: engine.agrees };
  };

  it('gives the bytes of its file, also when it is read a second time while the last slots of the first are not free', async () => {
    expect(await read(digest, 2)).toEqual({ given: [digest, digest], agrees: true });
  });

  it('tells a file with another digest', async () => {
    expect(await read(`sha256:${'0'.repeat(64)}`, 1)).toEqual({ given: [digest], agrees: false });
  });
});
