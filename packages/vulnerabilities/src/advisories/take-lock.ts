import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/**
 * Takes a lock file that names this process, so that two updates do not write the same downloads. One left behind by a process
 * that is gone is taken over. Dispose to release it. @throws VulnerabilitiesError `database-contended` when it is taken.
 */
export async function takeLock(file: string): Promise<AsyncDisposable> {
  await mkdir(path.dirname(file), { recursive: true });
  for (const mayTakeOver of [true, false]) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (!mayTakeOver || (await isHeld(file))) break;
      await rm(file, { force: true });
    }
  }
  throw new VulnerabilitiesError('database-contended', `Another update of ${path.dirname(file)} is running.`, `Wait until it ended. If none is running, remove ${file}.`);
}

async function isHeld(file: string): Promise<boolean> {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  if (holder === process.pid) return true;
  try {
    process.kill(holder, 0);
    return holder > 0;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
