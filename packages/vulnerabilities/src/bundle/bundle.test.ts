import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import { databaseVersion } from '../database/schema.js';
import { openAdvisoryDatabase, rollBackGeneration } from '../database/generation-folder.js';
import { temporaryFolder } from '../testing/temporary-database.js';
import { zipArchive } from '../testing/zip-archive.js';
import { exportBundle } from './export-bundle.js';
import { importBundle, isBundle } from './import-bundle.js';
import { updateFromBundle } from './update-from-bundle.js';

const signal = new AbortController().signal;
const now = '2026-08-01T00:00:00Z';
const record = (id: string, name = 'x'): string => JSON.stringify({ id, affected: [{ package: { ecosystem: 'npm', name }, versions: ['1'] }] });

async function importRecords(folder: string, source: string, ids: readonly string[]): Promise<void> {
  const file = path.join(folder, `${source}.zip`);
  await writeFile(file, zipArchive(Object.fromEntries(ids.map((id) => [`${id}.json`, record(id)]))));
  await importPaths(path.join(folder, 'db'), [file], { signal, now });
}

async function sourcesOf(folder: string): Promise<string[]> {
  using database = await openAdvisoryDatabase(folder);
  return database.sources().map((source) => `${source.name} ${source.records}`);
}

test('what one machine exports another imports, without what may not be handed on', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'npm', ['A-1', 'A-2']);
  await importRecords(folder.path, 'Wolfi', ['W-1']);
  const file = path.join(folder.path, 'advisories.bundle');
  const exported = await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
  expect(exported.sha256).toBe(createHash('sha256').update(await readFile(file)).digest('hex'));
  expect(exported.header).toMatchObject({ createdAt: now, leftOut: ['Wolfi'], sources: [{ name: 'npm', records: 2, importedAt: now, licence: 'CC-BY-4.0; malware records Apache-2.0', attribution: 'GitHub Advisory Database; OpenSSF' }] });
  const elsewhere = path.join(folder.path, 'elsewhere');
  expect(await importBundle(elsewhere, file, { signal })).toEqual(exported.header);
  expect([await sourcesOf(elsewhere), await sourcesOf(path.join(folder.path, 'db'))]).toEqual([['npm 2'], ['Wolfi 1', 'npm 2']]);
  using database = await openAdvisoryDatabase(elsewhere);
  expect([database.ranges('affected', 'npm', 'x').length, database.advisoriesNaming('W-1'), database.body(1)]).toEqual([2, [], record('A-1')]);
  expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test.runIf(spawnSync('zstd', ['--version']).status === 0)('other tools can read it: two lines, then a Zstandard stream of the database', async () => {
  await using folder = await temporaryFolder();
  await importRecords(folder.path, 'npm', ['A-1']);
  const file = path.join(folder.path, 'advisories.bundle');
  const { header } = await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
  const hash = execFileSync('bash', ['-c', 'tail -n +3 "$1" | zstd -dc | sha256sum', 'bash', file], { encoding: 'utf8' });
  expect(hash.slice(0, 64)).toBe(header.sha256);
});

test('a new bundle takes the place of the database, and can be gone back from', async () => {
  await using folder = await temporaryFolder();
  const elsewhere = path.join(folder.path, 'elsewhere');
  for (const ids of [['A-1'], ['A-1', 'A-2']]) {
    await importRecords(folder.path, 'npm', ids);
    await exportBundle(path.join(folder.path, 'db'), path.join(folder.path, `${ids.length}.bundle`), { now, signal });
    await importBundle(elsewhere, path.join(folder.path, `${ids.length}.bundle`), { signal });
  }
  expect(await sourcesOf(elsewhere)).toEqual(['npm 2']);
  await rollBackGeneration(elsewhere);
  expect(await sourcesOf(elsewhere)).toEqual(['npm 1']);
});

test('scanners follow a bundle that is published, and fetch it only when it is another one', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'advisories.bundle');
  const answers: number[] = [];
  let etag = '"1"';
  await using server = createServer((request, response) => {
    const isHeld = request.headers['if-none-match'] === etag;
    answers.push(isHeld ? 304 : 200);
    response.writeHead(isHeld ? 304 : 200, { etag });
    if (isHeld) response.end();
    else createReadStream(file).pipe(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/advisories.bundle`;
  const scanner = path.join(folder.path, 'scanner');
  const follow = async (): Promise<number | undefined> => (await updateFromBundle(scanner, url, { signal }))?.sources[0]?.records;
  await importRecords(folder.path, 'npm', ['A-1']);
  await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
  const first = [await follow(), await follow()];
  await importRecords(folder.path, 'npm', ['A-1', 'A-2']);
  await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
  etag = '"2"';
  expect([first, await follow(), answers, await sourcesOf(scanner)]).toEqual([[1, undefined], 2, [200, 304, 200], ['npm 2']]);
});

describe('the database in use stays, and nothing is left behind, when a bundle', () => {
  const damage: Readonly<Record<string, [(bytes: Buffer) => Buffer, string]>> = {
    'is cut off': [(bytes) => bytes.subarray(0, -20), 'bundle-damaged'],
    'has one byte changed': [(bytes) => Buffer.concat([bytes.subarray(0, -40), Buffer.from([(bytes.at(-40) ?? 0) ^ 1]), bytes.subarray(-39)]), 'bundle-damaged'],
    'promises fewer bytes than it has': [(bytes) => Buffer.from(bytes.toString('latin1').replace(/"bytes":\d/, '"bytes":0'), 'latin1'), 'bundle-damaged'],
    'promises more than any database has': [(bytes) => Buffer.from(bytes.toString('latin1').replace(/"bytes":\d+/, '"bytes":99999999999999'), 'latin1'), 'bundle-too-large'],
    'has another checksum': [(bytes) => Buffer.from(bytes.toString('latin1').replace(/"sha256":"[0-9a-f]{8}/, '"sha256":"00000000'), 'latin1'), 'bundle-damaged'],
    'is of another form': [(bytes) => Buffer.from(bytes.toString('latin1').replace('ESSCM-ADVISORIES 1', 'ESSCM-ADVISORIES 2'), 'latin1'), 'bundle-outdated'],
    'is of another version': [(bytes) => Buffer.from(bytes.toString('latin1').replace(/"databaseVersion":\d+/, '"databaseVersion":99'), 'latin1'), 'bundle-outdated'],
    'has a header that does not end': [(bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', ' ').replace(' ', '\n'), 'latin1'), 'bundle-damaged'],
    'is something else': [() => Buffer.from('PK\u0003\u0004'), 'bundle-damaged'],
    'is empty': [() => Buffer.alloc(0), 'bundle-damaged'],
  };

  test.each(Object.entries(damage))('%s', async (_what, [change, code]) => {
    await using folder = await temporaryFolder();
    await importRecords(folder.path, 'npm', ['A-1', 'A-2']);
    const file = path.join(folder.path, 'advisories.bundle');
    await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
    const before = await readdir(path.join(folder.path, 'db'));
    await copyFile(file, `${file}.damaged`);
    await writeFile(`${file}.damaged`, change(await readFile(file)));
    await expect(importBundle(path.join(folder.path, 'db'), `${file}.damaged`, { signal })).rejects.toMatchObject({ name: 'VulnerabilitiesError', code });
    expect([await readdir(path.join(folder.path, 'db')), await sourcesOf(path.join(folder.path, 'db'))]).toEqual([before, ['npm 2']]);
    expect([await isBundle(file), await isBundle(path.join(folder.path, 'npm.zip'))]).toEqual([true, false]);
  });

  test('holds no sound database', async () => {
    await using folder = await temporaryFolder();
    await importRecords(folder.path, 'npm', ['A-1']);
    const plain = Buffer.from('no database');
    const header = { databaseVersion, createdAt: now, bytes: plain.length, sha256: createHash('sha256').update(plain).digest('hex'), sources: [], leftOut: [] };
    const file = path.join(folder.path, 'rubbish.bundle');
    await writeFile(file, Buffer.concat([Buffer.from(`ESSCM-ADVISORIES 1\n${JSON.stringify(header)}\n`), zstdCompressSync(plain)]));
    await expect(importBundle(path.join(folder.path, 'db'), file, { signal })).rejects.toMatchObject({ code: 'database-damaged' });
    expect(await sourcesOf(path.join(folder.path, 'db'))).toEqual(['npm 1']);
  });

  test('lacks a source, unless that is allowed', async () => {
    await using folder = await temporaryFolder();
    await importRecords(folder.path, 'npm', ['A-1']);
    const file = path.join(folder.path, 'advisories.bundle');
    await exportBundle(path.join(folder.path, 'db'), file, { now, signal });
    await importRecords(folder.path, 'Go', ['G-1']);
    await expect(importBundle(path.join(folder.path, 'db'), file, { signal })).rejects.toMatchObject({ code: 'database-shrunk', source: 'Go' });
    await importBundle(path.join(folder.path, 'db'), file, { signal, allowShrink: true });
    expect(await sourcesOf(path.join(folder.path, 'db'))).toEqual(['npm 1']);
  });
});
