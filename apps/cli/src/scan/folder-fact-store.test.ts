import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFolderFactStore } from './folder-fact-store.js';

const diffId = `sha256:${'a'.repeat(64)}`;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facts-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives back what was written, also to another command', async () => {
  await createFolderFactStore(folder).write(diffId, new Map([['dpkg@1', Buffer.from('one')], ['paths@1', Buffer.from('two')]]));
  const facts = await createFolderFactStore(folder).read(diffId, ['dpkg@1', 'paths@1', 'npm@1']);
  expect([...facts].map(([key, bytes]) => [key, Buffer.from(bytes).toString()])).toEqual([
    ['dpkg@1', 'one'],
    ['paths@1', 'two'],
  ]);
});

it('knows nothing of a layer nobody has written', async () => {
  expect(await createFolderFactStore(join(folder, 'absent')).read(diffId, ['dpkg@1'])).toEqual(new Map());
});

it('leaves no unfinished file behind', async () => {
  const store = createFolderFactStore(folder);
  await Promise.all(Array.from({ length: 5 }, () => store.write(diffId, new Map([['dpkg@1', Buffer.from('same')]]))));
  expect(await readdir(join(folder, diffId.replace(':', '-')))).toEqual([encodeURIComponent('dpkg@1')]);
});

it('cannot be led out of its folder by a key', async () => {
  await createFolderFactStore(folder).write(diffId, new Map([['../../outside', Buffer.from('x')]]));
  expect(await readdir(folder)).toEqual([diffId.replace(':', '-')]);
});
