import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskFailure, makeFolder } from '../disk-failure.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** What a lock file of this process holds: its id, and when it began, as the id alone may be that of the process before it. */
const thisProcess = `${process.pid} ${performance.timeOrigin}`;

/**
 * Takes a lock file that names this process, so that two updates do not write the same downloads. One left behind by a process
 * that is gone is taken over. Dispose to release it. @throws VulnerabilitiesError `database-contended` when it is taken.
 */
export async function takeLock(file: string): Promise<AsyncDisposable> {
  await makeFolder(path.dirname(file));
  for (const mayTakeOver of [true, false]) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(thisProcess);
      await handle.close();
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw diskFailure(error, path.dirname(file));
      if (!mayTakeOver || (await isHeld(file))) break;
      await rm(file, { force: true });
    }
  }
  throw new VulnerabilitiesError('database-contended', `Another update of ${path.dirname(file)} is running.`, `Wait until it ended. If none is running, remove ${file}.`);
}

async function isHeld(file: string): Promise<boolean> {
  const content = await readFile(file, 'utf8').catch(() => '');
  const holder = Number(content.split(' ', 1)[0]);
  // In a container every start of the program has the same id.
  if (holder === process.pid) return content === thisProcess;
  try {
    process.kill(holder, 0);
    return holder > 0;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
