import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-database.js';
import { takeLock } from './take-lock.js';

test('is held until it is disposed of', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'folder', 'update.lock');
  {
    await using _lock = await takeLock(file);
    await expect(takeLock(file)).rejects.toMatchObject({ code: 'database-contended' });
  }
  await expect(takeLock(file)).resolves.toBeDefined();
});

test.each<[string, string]>([
  ['a process that is gone', '2147483646 0'],
  ['an earlier process with the same id', `${process.pid} ${performance.timeOrigin - 60_000}`],
  ['an earlier process with the same id that did not say when it began', String(process.pid)],
  ['nobody', ''],
])('the lock of %s is taken over', async (_, content) => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'update.lock');
  await writeFile(file, content);
  await using _lock = await takeLock(file);
  expect(await readFile(file, 'utf8')).toBe(`${process.pid} ${performance.timeOrigin}`);
});

test('the lock of another process that runs is not taken over', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'update.lock');
  await writeFile(file, `${process.ppid} 0`);
  await expect(takeLock(file)).rejects.toMatchObject({ code: 'database-contended' });
});

test('a worker thread began when its process did', async () => {
  const began = await new Promise((resolve, reject) => {
    const worker = new Worker("require('node:worker_threads').parentPort.postMessage(performance.timeOrigin)", { eval: true });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(began).toBe(performance.timeOrigin);
});
