import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildGeneration, openAdvisoryDatabase } from '../../database/generation-folder.js';
import { temporaryFolder } from '../../testing/temporary-database.js';
import { zipArchive } from '../../testing/zip-archive.js';
import { importPaths } from '../import-paths.js';
import type { RefusedRecord } from '../feed.js';
import { EntryInflater } from './entry-inflater.js';
import { importOsvZip } from './import-osv.js';
import { readZip } from './read-zip.js';

const good = { id: 'GHSA-1', modified: '2024-01-01T00:00:00Z', affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] }] }] };
const json = JSON.stringify(good);

async function importing(prepare: (folder: string) => Promise<string>): Promise<{ records: number; refused: RefusedRecord[] }> {
  await using folder = await temporaryFolder();
  const refused: RefusedRecord[] = [];
  const [imported] = await importPaths(path.join(folder.path, 'db'), [await prepare(folder.path)], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z', onRefused: (record) => refused.push(record) });
  return { records: imported?.counts?.records ?? 0, refused };
}

async function importingZip(files: Parameters<typeof zipArchive>[0]): ReturnType<typeof importing> {
  return importing(async (folder) => {
    const file = path.join(folder, 'all.zip');
    await writeFile(file, zipArchive(files));
    return file;
  });
}

describe('what holds no advisory is no source, and what is in use stays', () => {
  test.each<[string, (folder: string) => Promise<string>, string, RegExp]>([
    ['an empty folder', async (folder) => (await mkdir(path.join(folder, 'empty')), path.join(folder, 'empty')), 'nothing-to-import', /empty holds no advisory that can be read\.$/],
    ['JSON of something else', async (folder) => (await writeFile(path.join(folder, 'package.json'), '{"name":"x"}'), path.join(folder, 'package.json')), 'nothing-to-import', /package\.json holds no advisory that can be read\.$/],
    ['a file that is not there', (folder) => Promise.resolve(path.join(folder, 'missing.zip')), 'file-unreadable', /missing\.zip was not read: there is no such file or folder\.$/],
    ['rubbish', async (folder) => (await writeFile(path.join(folder, 'rubbish.zip'), 'x'.repeat(1_000)), path.join(folder, 'rubbish.zip')), 'bundle-damaged', /rubbish\.zip is not a zip archive that can be read\.$/],
  ])('%s', async (_, prepare, code, message) => {
    await expect(importing(prepare)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('a bad record is left out with its name, and the others are kept', () => {
  test.each<[string, string | Buffer]>([
    ['no JSON', '{'],
    ['JSON of another shape', '[]'],
    ['without an id', JSON.stringify({ ...good, id: undefined })],
    ['with a number for a version', JSON.stringify({ ...good, affected: [{ package: { ecosystem: 'npm', name: 'x' }, versions: [1] }] })],
    ['with a line break in a version', JSON.stringify({ ...good, affected: [{ package: { ecosystem: 'npm', name: 'x' }, versions: ['1\n2'] }] })],
    ['with more events than any range has', JSON.stringify({ ...good, affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [{ type: 'SEMVER', events: Array.from({ length: 5_001 }, () => ({ introduced: '0' })) }] }] })],
    ['deeply nested', `${'['.repeat(200_000)}`],
    ['that unfolds to more than a record may have', Buffer.alloc(17 * 1024 * 1024, 32)],
  ])('%s', async (_, content) => {
    const result = await importingZip({ 'a.json': json, 'bad.json': content });
    expect([result.records, result.refused.map((record) => record.name)]).toEqual([1, ['bad.json']]);
  });

  test('keys that name prototypes do nothing', async () => {
    await importingZip({ 'a.json': `{"id":"X","__proto__":{"polluted":true},"affected":[{"package":{"ecosystem":"__proto__","name":"constructor"},"versions":["1"]}]}` });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

test('repeated records count once, folders and other files are passed over', async () => {
  expect(await importingZip({ 'd/': '', 'a.json': json, 'b.json': json, 'readme.txt': 'x' })).toEqual({ records: 1, refused: [] });
});

test('a folder of records is read to its depth', async () => {
  const result = await importing(async (folder) => {
    const records = path.join(folder, 'records');
    await mkdir(path.join(records, '2024/01'), { recursive: true });
    await writeFile(path.join(records, '2024/01/a.json'), json);
    await writeFile(path.join(records, 'b.json'), '{');
    return records;
  });
  expect([result.records, result.refused.map((record) => record.name)]).toEqual([1, ['b.json']]);
});

describe('a damaged archive is refused as a whole', () => {
  const archive = zipArchive({ 'a.json': json });
  test.each<[string, Buffer, string]>([
    ['empty', Buffer.alloc(0), 'bundle-damaged'],
    ['no archive', Buffer.from('not a zip archive at all, only text'), 'bundle-damaged'],
    ['cut short', archive.subarray(0, archive.length - 30), 'bundle-damaged'],
    ['with an entry beyond its end', changed(archive, (bytes) => bytes.writeUInt32LE(0x7fffffff, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 42)), 'bundle-damaged'],
    ['with a changed byte in a record', changed(archive, (bytes) => bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)), 'bundle-damaged'],
    ['with another checksum than its record has', changed(archive, (bytes) => bytes.writeUInt32LE(1, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 16)), 'bundle-damaged'],
    ['with an unknown method', changed(archive, (bytes) => bytes.writeUInt16LE(99, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 10)), 'bundle-damaged'],
    ['with an entry too large to be a record', changed(archive, (bytes) => bytes.writeUInt32LE(0x7fffffff, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 20)), 'bundle-too-large'],
    ['with a directory beyond its end', changed(archive, (bytes) => bytes.writeUInt32LE(0x7fffffff, bytes.length - 6)), 'bundle-damaged'],
  ])('%s', async (_, bytes, code) => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'all.zip');
    await writeFile(file, bytes);
    await expect(importPaths(path.join(folder.path, 'db'), [file], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' })).rejects.toMatchObject({ code });
  });

  test('it is named by where it is from, and by the record that tells', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'all.zip');
    await writeFile(file, changed(archive, (bytes) => bytes.writeUInt32LE(1, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 16)));
    const importing = buildGeneration(path.join(folder.path, 'db'), {}, async (writer) => importOsvZip(file, writer, { archive: 'https://mirror.example.org/npm/all.zip' }));
    await expect(importing).rejects.toThrow('https://mirror.example.org/npm/all.zip is damaged: a.json in it is not what its checksum says.');
  });

  test('too many entries', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'all.zip');
    await writeFile(file, zipArchive({ 'a.json': '1', 'b.json': '2', 'c.json': '3' }));
    expect(() => [...readZip(file, { entries: 2, directoryBytes: 1_000, entryBytes: 1_000 })]).toThrow(expect.objectContaining({ code: 'bundle-too-large' }));
  });
});

test('a claimed size is not believed', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'all.zip');
  const archive = zipArchive({ 'a.json': Buffer.alloc(100_000, 32) });
  await writeFile(file, changed(archive, (bytes) => bytes.writeUInt32LE(10, archive.indexOf('PK\u0001\u0002', 0, 'latin1') + 24)));
  using inflater = new EntryInflater();
  for (const entry of readZip(file)) expect(() => inflater.unfold(entry.data, 50_000)).toThrow(RangeError);
});

test('the body is kept as it was published', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'all.zip');
  await writeFile(file, zipArchive({ 'a.json': json }));
  await importPaths(path.join(folder.path, 'db'), [file], { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' });
  using database = await openAdvisoryDatabase(path.join(folder.path, 'db'));
  expect(database.body(database.advisoriesNaming('GHSA-1')[0]?.advisory ?? 0)).toBe(json);
  expect((await readFile(database.file)).subarray(0, 15).toString()).toBe('SQLite format 3');
});

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}
