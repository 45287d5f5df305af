import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openAdvisoryDatabase } from '@esscm/vulnerabilities';
import { esscm } from '../command.js';
import { measure, median } from '../measure.js';
import { benchMatching } from './bench-matching.js';
import type { Goal } from './goal.js';
import { printGoals } from './goal.js';
import { multiplyDatabase } from './multiply-database.js';
import { yardsticks } from './yardsticks.js';

const copies = 10;
/** So many times the snapshot has about 1.5 million ranges. */
const databaseCopies = 17;

/** Import of a folder of OSV bundles and matching against what came of it, held against goals P16 and P17 of the performance notes. */
export async function benchAdvisories(options: { snapshot: string; rounds: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  try {
    const machine = yardsticks(globSync(join(options.snapshot, 'Bitnami.zip'))[0] ?? globSync(join(options.snapshot, '*.zip'))[0] ?? '');
    console.table([machine]);
    const parsedPerSecond = machine['JSON.parse MB/s'];
    const once = join(folder, 'once');
    const snapshot = await benchImport('snapshot', options.snapshot, once, options.rounds, parsedPerSecond);
    const many = join(folder, 'many');
    mkdirSync(many);
    for (const file of globSync(join(options.snapshot, '*.zip'))) for (let copy = 0; copy < copies; copy += 1) symlinkSync(file, join(many, `${copy}-${basename(file)}`));
    const large = await benchImport(`snapshot, ${copies} times`, many, join(folder, 'large'), options.rounds, parsedPerSecond);
    const small1000 = benchMatching(once, 'snapshot');
    const multiplied = await multiplyDatabase(once, databaseCopies);
    const wide1000 = benchMatching(once, `${(multiplied / 1e6).toFixed(1)} million ranges`);
    console.table([snapshot, large]);
    console.table([small1000, wide1000].map((row) => ({ ...row, 'MB of JSON parsed in the time of matching': ((Number(row['matched p50 ms']) / 1e3) * parsedPerSecond).toFixed(1) })));
    const goals: readonly Goal[] = [
      { goal: 'P17 import, records/s of CPU', figure: Number(large['records/s of CPU']), least: 25_000, aim: 45_000 },
      { goal: 'import of the snapshot, peak MB', figure: Number(snapshot['peak MB']), most: 300 },
      { goal: `import of ${copies} times the snapshot, peak MB`, figure: Number(large['peak MB']), most: 300 },
      { goal: 'P16 1,000 look-ups, p50 ms of CPU', figure: Number(wide1000['look-ups p50 ms']), most: 40, aim: 16 },
      { goal: 'P16 1,000 components matched, p50 ms of CPU', figure: Number(wide1000['matched p50 ms']), most: 100, aim: 40 },
      { goal: 'matching, peak MB, mapped file included', figure: Number(wide1000['peak MB']), most: 300 },
    ];
    printGoals(goals);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Medians of some rounds: with what the command costs before it does anything, without that, and against `parsedPerSecond`, megabytes of JSON that this machine parsed in the same run. */
async function benchImport(name: string, source: string, database: string, rounds: number, parsedPerSecond: number): Promise<Record<string, string | number>> {
  const costs = [];
  for (let round = 0; round < rounds; round += 1) costs.push(await measure(esscm, ['advisories', 'import', source, '--database', database, '--fresh', '--allow-shrink']));
  const start = await measure(esscm, ['--version']);
  using opened = await openAdvisoryDatabase(database);
  const records = opened.sources().reduce((sum, each) => sum + each.records, 0);
  const ranges = opened.sources().reduce((sum, each) => sum + each.ranges, 0);
  const cpu = median(costs.map((cost) => cost.cpuSeconds));
  return {
    import: name,
    records,
    ranges,
    'CPU s': cpu.toFixed(2),
    'records/s of CPU': Math.round(records / cpu),
    'records/s without the start': Math.round(records / (cpu - start.cpuSeconds)),
    'records in the time of a MB of JSON parsed': Math.round(records / (cpu - start.cpuSeconds) / parsedPerSecond),
    'wall s': median(costs.map((cost) => cost.wallSeconds)).toFixed(2),
    'peak MB': Math.round(Math.max(...costs.map((cost) => cost.peakMegabytes))),
    'start-up CPU s': start.cpuSeconds.toFixed(2),
  };
}
