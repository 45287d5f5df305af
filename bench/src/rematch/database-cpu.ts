import { readFileSync } from 'node:fs';
import type { Database } from '@esscm/store';

/** Ticks of `/proc/PID/stat`. */
const ticksPerSecond = 100;

/**
 * CPU seconds that a PostgreSQL server on this machine has used so far, with all its processes; 0 for the embedded database, which is
 * part of this process, and NaN for a server elsewhere.
 */
export async function databaseCpuSeconds({ kind, pool }: Database): Promise<number> {
  if (kind === 'embedded') return 0;
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  try {
    const server = Number(fieldsOf(rows[0]?.pid ?? 0)[1]);
    const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ').filter((pid) => pid !== '');
    // Of the server also what its children used that have ended.
    return [...fieldsOf(server).slice(11, 15), ...children.flatMap((pid) => fieldsOf(Number(pid)).slice(11, 13))].reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

/** Those after the name of the program: its state first. */
function fieldsOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
