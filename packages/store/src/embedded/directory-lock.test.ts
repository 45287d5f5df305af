import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DirectoryLock } from './directory-lock.js';
import { compiledScript } from './compiled-script.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'esscm-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A process that takes the lock, says so, and holds it until it is killed. */
async function holdElsewhere() {
  const script = compiledScript(new URL('./directory-lock.js', import.meta.url)).href;
  const program = `const { DirectoryLock } = await import(${JSON.stringify(script)});
    globalThis.lock = DirectoryLock.acquire(${JSON.stringify(folder)});
    process.stdout.write('held');
    setInterval(() => {}, 60000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

it('refuses a second process at once, naming the first, and is free as soon as that is killed', async () => {
  const holder = await holdElsewhere();
  expect(() => DirectoryLock.acquire(folder)).toThrow(
    expect.objectContaining({ code: 'folder-in-use', message: expect.stringContaining(`process ${holder.pid} on host`) }),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  DirectoryLock.acquire(folder).release();
});

it('refuses a second holder in the same process, and is free after release', () => {
  const lock = DirectoryLock.acquire(folder);
  expect(() => DirectoryLock.acquire(folder)).toThrow(`process ${process.pid}`);
  expect(() => DirectoryLock.acquire(folder)).toThrow(`process ${process.pid}`);
  lock.release();
  DirectoryLock.acquire(folder).release();
});
