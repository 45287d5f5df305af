// What `npm start` and `npm test` do before their own work: install, find a Node to run on, build. Runs on Node 20 and
// newer with nothing installed, so it uses Node's own modules only.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Oldest Node the product itself runs on: the first with zstd in node:zlib. */
const oldestRuntime = { major: 22, minor: 15 };
const binaries = join(root, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.esscm-installed');
const windows = process.platform === 'win32';

/** A failure the user can act on: its message is printed without a stack. */
export class SetupError extends Error {}

/** Says what is happening; on standard error, so that standard output stays the command's own. */
export function say(text) {
  process.stderr.write(`esscm: ${text}\n`);
}

/** Whether a Node version such as `v22.15.0` can run the product. */
export function canRunProduct(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldestRuntime.major || (major === oldestRuntime.major && minor >= oldestRuntime.minor);
}

/** Hash of everything that decides what is installed; a changed one means installing again. */
export function installFingerprint(directory) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} `);
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(readFileSync(join(directory, file)));
  }
  return hash.digest('hex');
}

/** Environment in which the workspace's own tools and its own Node come first. */
export function workspaceEnvironment() {
  return {
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** As in `bin/esscm`: glibc gives back what the reading threads have freed. Other systems do not know these names. */
export function allocatorEnvironment() {
  return { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '1048576', MALLOC_MMAP_THRESHOLD_: '1048576' };
}

/** Installs the dependencies, unless what is installed is what the lockfile names. */
export async function install() {
  const fingerprint = installFingerprint(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  const { pnpm } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  say('installing dependencies (about a minute the first time) …');
  const status = await run('npx', ['--yes', `pnpm@${pnpm}`, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    env: process.env,
    output: 'on-failure',
  });
  if (status !== 0) {
    throw new SetupError('the dependencies could not be installed; the lines above say why. Check the network and npm’s registry setting, then run the same command again.');
  }
  writeFileSync(stampFile, fingerprint);
}

/** The Node to run the product on: the one installed with the dependencies, else the host's if it is new enough. */
export function findRuntime() {
  const installed = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (answers(installed, ['--version'])) return installed;
  if (canRunProduct(process.version)) return process.execPath;
  throw new SetupError(`there is no Node 24 package for ${process.platform}-${process.arch}, and this Node is ${process.version}. Install Node 22.15 or newer and run the same command again.`);
}

/** Builds every package; with turbo, which skips what has not changed, or without it where it has no binary. */
export async function build() {
  say('building (about a minute the first time) …');
  const turbo = answers('turbo', ['--version']);
  if (!turbo) say(`turbo does not run on ${process.platform}-${process.arch}; building every package in order instead`);
  const status = turbo
    ? await run('turbo', ['run', 'build', '--output-logs=errors-only', '--log-order=grouped'], { output: 'on-failure' })
    : await run('pnpm', ['--recursive', '--workspace-concurrency=1', 'run', 'build'], { output: 'on-failure' });
  if (status !== 0) throw new SetupError('the build failed; the lines above say where.');
}

/** Whether a command can be started and ends well. */
function answers(command, commandArguments) {
  const result = spawnSync(command, commandArguments, { cwd: root, env: workspaceEnvironment(), stdio: 'ignore', shell: windows });
  return result.status === 0;
}

/**
 * Runs a command in the workspace and gives its exit status: 128 and its number where a signal ended it. Output goes to
 * this terminal, or is kept and printed only when the command fails. SIGINT and SIGTERM reach the command, which decides how it ends.
 */
export function run(command, commandArguments, options = {}) {
  const keep = options.output === 'on-failure';
  const child = spawn(command, commandArguments, {
    cwd: root,
    env: options.env ?? workspaceEnvironment(),
    stdio: keep ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: windows,
  });
  const kept = [];
  child.stdout?.on('data', (chunk) => kept.push(chunk));
  child.stderr?.on('data', (chunk) => kept.push(chunk));
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const stopWatching = whenParentEnds(() => forward('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new SetupError(`${command} could not be started (${error.message}). It comes with npm; check that npm works here.`));
    });
    child.once('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      stopWatching();
      if (keep && code !== 0) process.stderr.write(Buffer.concat(kept));
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** npm ends at SIGTERM without passing it on to what its shell has started; that npm is gone is the only sign of it. */
function whenParentEnds(ended) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

/** Runs one of the two commands and ends the process with its status. */
export async function main(steps) {
  try {
    process.exitCode = await steps();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
