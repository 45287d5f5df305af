import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import type { BuildOptions } from './generation-folder.js';
import { temporaryFolder } from '../testing/temporary-database.js';
import { zipArchive } from '../testing/zip-archive.js';
import { listGenerations, openAdvisoryDatabase, rollBackGeneration } from './generation-folder.js';

async function importRecords(folder: string, source: string, ids: readonly string[], options: BuildOptions = {}): Promise<void> {
  const file = path.join(folder, `${source}.zip`);
  await writeFile(file, zipArchive(Object.fromEntries(ids.map((id) => [`${id}.json`, JSON.stringify({ id, affected: [{ package: { ecosystem: 'npm', name: 'x' }, versions: ['1'] }] })]))));
  await importPaths(path.join(folder, 'db'), [file], { ...options, signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
}

async function held(folder: string): Promise<Record<string, number>> {
  using database = await openAdvisoryDatabase(path.join(folder, 'db'));
  return Object.fromEntries(database.sources().map((source) => [source.name, source.records]));
}

const ten = Array.from({ length: 10 }, (_, index) => `A-${index}`);

test('an import replaces its source, keeps the others, and one generation to go back to', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'one', ten);
  await importRecords(folder.path, 'two', ['B-1']);
  await importRecords(folder.path, 'one', [...ten, 'A-10']);
  expect(await held(folder.path)).toEqual({ one: 11, two: 1 });
  expect((await readdir(path.join(folder.path, 'db'))).toSorted()).toEqual(['advisories-00000002.sqlite', 'advisories-00000003.sqlite']);
  expect(await rollBackGeneration(path.join(folder.path, 'db'))).toMatch(/advisories-00000002\.sqlite$/);
  expect(await held(folder.path)).toEqual({ one: 10, two: 1 });
  expect(await rollBackGeneration(path.join(folder.path, 'db'))).toBeUndefined();
});

test.each([
  [['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'], '2026-06-01T00:00:00Z'],
  [['0001-01-01T00:00:00Z'], ''],
  [[], ''],
])('the newest of records of %j is %j: a year 1 says that nobody filled the date in', async (moments, newest) => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'go.zip');
  const records = moments.map((modified, index) => [`${index}.json`, JSON.stringify({ id: `GO-${index}`, modified, affected: [{ package: { ecosystem: 'Go', name: 'x' }, versions: ['1'] }] })]);
  await writeFile(file, zipArchive(Object.fromEntries([...records, ['undated.json', JSON.stringify({ id: 'GO-9' })]])));
  await importPaths(path.join(folder.path, 'db'), [file], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
  using database = await openAdvisoryDatabase(path.join(folder.path, 'db'));
  expect(database.sources().map(({ newestRecord }) => newestRecord)).toEqual([newest]);
});

test('a source that lost more than a tenth is refused unless that is allowed', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'one', ten);
  await expect(importRecords(folder.path, 'one', ten.slice(0, 8))).rejects.toMatchObject({ code: 'database-shrunk' });
  expect([await held(folder.path), await listGenerations(path.join(folder.path, 'db'))]).toEqual([{ one: 10 }, [expect.stringMatching(/00000001\.sqlite$/)]]);
  await importRecords(folder.path, 'one', ten.slice(0, 8), { allowShrink: true });
  expect(await held(folder.path)).toEqual({ one: 8 });
});

test('a failed import leaves the generation in use and no file behind', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'one', ten);
  await writeFile(path.join(folder.path, 'bad.zip'), 'no archive');
  await expect(importPaths(path.join(folder.path, 'db'), [path.join(folder.path, 'bad.zip')], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' })).rejects.toMatchObject({ code: 'bundle-damaged' });
  expect(await readdir(path.join(folder.path, 'db'))).toEqual(['advisories-00000001.sqlite']);
});

test('what a killed import left goes with a later one; what another is writing stays', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'one', ten);
  const [left, written] = ['1-a', '2-b'].map((name) => path.join(folder.path, 'db', `advisories-00000002.sqlite.${name}.tmp`));
  for (const file of [left, written]) await writeFile(file ?? '', 'half of a database');
  const twoHoursAgo = Date.now() / 1000 - 7200;
  await utimes(left ?? '', twoHoursAgo, twoHoursAgo);
  await importRecords(folder.path, 'two', ten);
  expect((await readdir(path.join(folder.path, 'db'))).toSorted()).toEqual(['advisories-00000001.sqlite', 'advisories-00000002.sqlite', path.basename(written ?? '')]);
  expect(await held(folder.path)).toEqual({ one: 10, two: 10 });
});

test('a missing folder and a file of another kind are named', async () => {
  await using folder = await temporaryFolder();
  await expect(openAdvisoryDatabase(path.join(folder.path, 'none'))).rejects.toMatchObject({ code: 'database-missing' });
  await writeFile(path.join(folder.path, 'advisories-00000001.sqlite'), 'no database');
  await expect(openAdvisoryDatabase(folder.path)).rejects.toMatchObject({ code: 'database-damaged' });
});
