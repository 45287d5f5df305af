import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledScript } from './compiled-script.js';
import { ENGINE_MAJOR_VERSION } from './engine-start-parameters.js';
import { EmbeddedDatabaseError } from './errors.js';
import { syncFolder } from './sync-folder.js';

const CREATING = 'creating-';
const MAXIMUM_REPORT_BYTES = 8192;

/** The engine's data directory inside the database folder. */
export function dataDirectory(folder: string): string {
  return join(folder, 'pgdata');
}

/** Free bytes for this user on the file system that holds `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * Makes sure the folder holds a database this engine can open, creating one on first use. Call it with the folder locked.
 * Throws `EmbeddedDatabaseError`: `insufficient-space`, `wrong-major-version`, `folder-not-a-database`, `creation-failed`.
 */
export async function prepareDataDirectory(folder: string, minimumFreeBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free < minimumFreeBytes) {
    throw new EmbeddedDatabaseError(
      'insufficient-space',
      `only ${megabytes(free)} MB are free for the database folder ${folder}; ${megabytes(minimumFreeBytes)} MB are needed`,
      'Free some space or move the data folder, then start again.',
    );
  }
  for (const name of await readdir(folder)) {
    if (name.startsWith(CREATING)) await removeLeftOver(join(folder, name));
  }
  const data = dataDirectory(folder);
  if (existsSync(data)) checkVersion(data);
  else await createDatabase(folder, data);
}

/** The process that was creating it may only just be noticing that its parent is gone, and write one more file meanwhile. */
function removeLeftOver(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function checkVersion(data: string): void {
  let version: string;
  try {
    version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      'folder-not-a-database',
      `${data} exists but holds no database`,
      'Move it away, or restore a backup into the data folder.',
      { cause },
    );
  }
  if (version !== ENGINE_MAJOR_VERSION) {
    throw new EmbeddedDatabaseError(
      'wrong-major-version',
      `the database in ${data} has PostgreSQL format ${version}; this release reads format ${ENGINE_MAJOR_VERSION}`,
      'Write a portable backup with the release that made this database, and restore it with this one.',
    );
  }
}

async function createDatabase(folder: string, data: string): Promise<void> {
  const side = join(folder, `${CREATING}${process.pid}`);
  await mkdir(side, { mode: 0o700 });
  const script = fileURLToPath(compiledScript(new URL('./create-database.js', import.meta.url)));
  const { code, report } = await runScript(script, side);
  if (code !== 0) {
    throw new EmbeddedDatabaseError(
      'creation-failed',
      `creating the database in ${folder} failed: ${report || `the process ended with ${String(code)}`}`,
      'Check free memory (about 800 MB are needed for a moment) and that the folder is writable, then start again.',
    );
  }
  await rename(side, data);
  syncFolder(folder);
}

function runScript(script: string, folder: string): Promise<{ code: number | NodeJS.Signals | null; report: string }> {
  return new Promise((resolve, reject) => {
    // The open pipe to its input is how the child notices that this process was killed.
    const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'ignore', 'pipe'] });
    let report = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      report = (report + text).slice(-MAXIMUM_REPORT_BYTES);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, report: report.trim() }));
  });
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}
