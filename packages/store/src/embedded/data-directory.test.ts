import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataDirectory, freeBytes, prepareDataDirectory } from './data-directory.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'esscm-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['16', 'wrong-major-version', 'has PostgreSQL format 16; this release reads format 18'],
  ['17', 'wrong-major-version', 'has PostgreSQL format 17'],
  ['19', 'wrong-major-version', 'has PostgreSQL format 19'],
])('says what to do about a database of PostgreSQL %s', async (version, code, text) => {
  await mkdir(dataDirectory(folder));
  await writeFile(join(dataDirectory(folder), 'PG_VERSION'), `${version}\n`);
  await expect(prepareDataDirectory(folder, 0)).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
});

it('accepts its own version and removes what an interrupted creation left', async () => {
  await mkdir(dataDirectory(folder));
  await mkdir(join(folder, 'creating-1'));
  await writeFile(join(dataDirectory(folder), 'PG_VERSION'), '18\n');
  await prepareDataDirectory(folder, 0);
  expect(await readdir(folder)).toEqual(['pgdata']);
});

it('does not fill a folder that holds something else', async () => {
  await mkdir(dataDirectory(folder));
  await expect(prepareDataDirectory(folder, 0)).rejects.toMatchObject({ code: 'folder-not-a-database' });
});

it('refuses to start without enough free space', async () => {
  const more = (await freeBytes(folder)) * 2;
  await expect(prepareDataDirectory(folder, more)).rejects.toMatchObject({ code: 'insufficient-space' });
});
