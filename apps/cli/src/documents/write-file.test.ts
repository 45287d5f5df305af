import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile as writeAnyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFile } from './write-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

const pieces = ['{"name":"', 'é'.repeat(100_000), '"}\n'];

it('makes a file', async () => {
  await writeFile(pieces, join(folder, 'new.json'));
  expect(await readFile(join(folder, 'new.json'), 'utf8')).toBe(pieces.join(''));
});

it('leaves nothing of what a file held before', async () => {
  await writeAnyFile(join(folder, 'old.json'), 'x'.repeat(1_000_000));
  await writeFile(pieces, join(folder, 'old.json'));
  expect(await readFile(join(folder, 'old.json'), 'utf8')).toBe(pieces.join(''));
});

it('writes to a pipe as fast as that is read, while this thread does other work', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  const read = promisify(execFile)('cat', [pipe], { encoding: 'utf8' });
  await writeFile(pieces, pipe);
  expect((await read).stdout).toBe(pieces.join(''));
});

it.each(['nowhere/at/all.json', '.'])('fails for %s', async (name) => {
  await expect(writeFile(pieces, join(folder, name))).rejects.toThrow(/ENOENT|EISDIR/);
});
