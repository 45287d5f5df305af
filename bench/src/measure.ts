import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { watchOthers } from './machine-use.js';

/** What one run of a command cost. CPU is user and system time of the process and all its children. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** High-water mark of the largest process; 0 when it ended before it could be read. */
  readonly peakMegabytes: number;
  /** Given to the system by calls that write, files and pipes alike; 0 when it ended before it could be read. */
  readonly writtenMegabytes: number;
  /** Share of all cores that others used meanwhile: what the time on the clock is worth. */
  readonly othersShare: number;
}

/** How a run ended. */
export interface Ending extends Cost {
  readonly status: number | null;
  readonly standardError: string;
}

/**
 * Runs a command to its end and measures it. Its output is thrown away.
 * @throws Error when it ends with another status than 0
 */
export async function measure(command: string, commandArguments: readonly string[]): Promise<Cost> {
  const { status, standardError, ...cost } = await measureEnding(command, commandArguments);
  if (status !== 0) throw new Error(`${command} ${commandArguments.join(' ')} ended with ${status}:\n${standardError}`);
  return cost;
}

/** Runs a command to its end, whatever that is, and measures it. Its output is thrown away. */
export async function measureEnding(command: string, commandArguments: readonly string[]): Promise<Ending> {
  const othersShare = watchOthers();
  // bash accounts the CPU of the whole process tree, which Node cannot see of a child.
  const child = spawn('bash', ['-c', 'TIMEFORMAT="cost %R %U %S"; time "$@" >/dev/null', 'bash', command, ...commandArguments], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  let peakMegabytes = 0;
  let writtenMegabytes = 0;
  const poll = setInterval(() => {
    if (child.pid === undefined) return;
    for (const pid of descendantsOf(child.pid)) {
      peakMegabytes = Math.max(peakMegabytes, highWaterMegabytes(pid));
      writtenMegabytes = Math.max(writtenMegabytes, Number(/wchar: (\d+)/.exec(readIfThere(`/proc/${pid}/io`))?.[1] ?? 0) / 1e6);
    }
  }, 10);
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(poll);
  const cost = /cost ([\d.]+) ([\d.]+) ([\d.]+)/.exec(text);
  if (cost === null) throw new Error(`${command} ${commandArguments.join(' ')} could not be measured:\n${text}`);
  const [wall, user, system] = cost.slice(1).map(Number);
  return {
    wallSeconds: wall ?? 0,
    cpuSeconds: (user ?? 0) + (system ?? 0),
    peakMegabytes,
    writtenMegabytes,
    othersShare: othersShare(),
    status,
    standardError: text.slice(0, cost.index),
  };
}

/** Peak memory of a process so far, in megabytes (10^6 bytes). */
function highWaterMegabytes(pid: number): number {
  return statusValue(pid, 'VmHWM');
}

/** Memory of a process: its peak, and what it holds now of its own and of files that are mapped, in megabytes (10^6 bytes). */
export function memoryOf(pid: number): Readonly<Record<'peak MB' | 'own MB' | 'of files MB', number>> {
  return { 'peak MB': Math.round(highWaterMegabytes(pid)), 'own MB': Math.round(statusValue(pid, 'RssAnon')), 'of files MB': Math.round(statusValue(pid, 'RssFile')) };
}

/** Memory a process holds now, in megabytes (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  return statusValue(pid, 'VmRSS');
}

function statusValue(pid: number, name: string): number {
  const match = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readIfThere(`/proc/${pid}/status`));
  return match === null ? 0 : (Number(match[1]) * 1024) / 1e6;
}

/** A command may be a script that starts what is to be measured. */
function descendantsOf(pid: number): readonly number[] {
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended between two readings.
    return '';
  }
}

/** Middle value; the lower one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Whether a command is installed here. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
