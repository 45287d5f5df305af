import { readdirSync, readFileSync } from 'node:fs';

/** Of all cores, what others may use before times on the clock are told and not judged. */
export const quietShare = 0.1;

/**
 * Begins to watch who uses the machine. What is returned tells, whenever it is called, the share of all cores that others have
 * used since: everything but this process and those it started. Load averages do not tell that: they count the benchmark itself, and its last minute.
 */
export function watchOthers(): () => number {
  const before = { machine: machineTicks(), own: ownTicks() };
  return () => {
    const machine = machineTicks();
    const total = machine.total - before.machine.total;
    const others = machine.busy - before.machine.busy - (ownTicks() - before.own);
    return total === 0 ? 0 : Math.min(1, Math.max(0, others / total));
  };
}

/** A share as a report says it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Of all cores since the start of the machine (proc(5), /proc/stat): what a hypervisor took counts as busy, waiting for disks does not. */
function machineTicks(): { readonly busy: number; readonly total: number } {
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, softInterrupts = 0, stolen = 0] = (/^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '').split(' ').map(Number);
  const busy = user + nice + system + interrupts + softInterrupts + stolen;
  return { busy, total: busy + idle + waiting };
}

/** Of this process and all it started, those that have ended included. */
function ownTicks(): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(ticksOf);
  const own = new Set([process.pid]);
  // A process may stand before its parent; each pass finds one generation at least.
  for (let found = 0; found < own.size; ) {
    found = own.size;
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid);
  }
  return processes.reduce((sum, { pid, ticks }) => sum + (own.has(pid) ? ticks : 0), 0);
}

/** User and system time of a process and of its children that have ended and been waited for. */
function ticksOf(name: string): readonly { readonly pid: number; readonly parent: number; readonly ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    // Fields from the third on, behind the command, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    return [{ pid: Number(name), parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) }];
  } catch {
    // It has ended between the list and the reading.
    return [];
  }
}
