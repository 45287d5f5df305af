import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { esscm } from '../command.js';
import { measure } from '../measure.js';
import type { GoalOptions } from './bench-goals.js';
import { describeGrowth, growthGoal, measureGrowth } from './growth.js';
import { madeLayout } from './made-layout.js';
import { goalTable, type MeasuredGoal } from './report.js';
import { ratio, takeTurns, type Taken } from './take-turns.js';

/** The goals on the command that need neither large images nor others: in minutes, P7 and P11 by name. */
export async function benchCommandGoals({ rounds, layouts, made: kept }: Pick<GoalOptions, 'rounds' | 'layouts' | 'made'>, only: readonly string[]): Promise<void> {
  const unknown = only.find((name) => name !== 'P7' && name !== 'P11');
  if (unknown !== undefined) throw new Error(`${unknown} is not measured on its own; P7 and P11 are.`);
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-goals-'));
  try {
    const folder = kept ?? join(scratch, 'made');
    const document = join(scratch, 'sbom.json');
    const growth = only.includes('P7') ? await measureGrowth(await madeLayout(folder, 'repeated', 1), await madeLayout(folder, 'repeated', 8), document, rounds) : undefined;
    const start = only.includes('P11') ? await measureStart(resolve(layouts.small ?? (await madeLayout(folder, 'small'))), document, rounds) : undefined;
    console.log(`${machineLine(rounds)}\n`);
    console.log(goalTable([...(growth === undefined ? [] : [growthGoal(growth)]), ...(start === undefined ? [] : [startGoal(start)])]));
    if (growth !== undefined) console.log(`\n${describeGrowth(growth)}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A scan of a small image as a whole command, and the start of Node.js by itself. */
export function measureStart(small: string, document: string, rounds: number): Promise<Taken> {
  const contestants = { node: () => measure(process.execPath, ['-e', '0']), esscm: () => measure(esscm, ['scan', `oci:${small}`, '--format', 'cyclonedx-json', '--output', document]) };
  return takeTurns(contestants, small, rounds);
}

export function startGoal(taken: Taken): MeasuredGoal {
  return { goal: 'P11', what: 'CPU of a small image, whole command ÷ node -e 0', figure: ratio(taken, 'esscm', 'node', 'cpuSeconds'), unit: ' ×', most: 6, aim: 3 };
}

/** What a run of goals was measured on, and how often. */
export function machineLine(rounds: number): string {
  return `Node.js ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown kind'}; ${rounds} rounds after a warm-up.`;
}
