import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { esscm } from '../command.js';
import { measure, median } from '../measure.js';
import { markdownTable } from './report.js';

/** What `esscm scan` of a small image costs as a whole command (P11), by turns: with compiled code kept, on its first run, and without. */
export async function benchStart(layout: string, rounds: number): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-start-'));
  try {
    const scan = (cache: string | undefined) => {
      const [name, value] = cache === undefined ? ['NODE_DISABLE_COMPILE_CACHE', '1'] : ['NODE_COMPILE_CACHE', cache];
      return measure('env', [`${name}=${value}`, esscm, 'scan', `oci:${layout}`, '--format', 'cyclonedx-json', '--output', join(scratch, 'sbom.json')]);
    };
    const kept = join(scratch, 'kept');
    await scan(kept);
    const contestants = {
      'node -e 0': () => measure(process.execPath, ['-e', '0']),
      'scan, compiled code kept': () => scan(kept),
      'scan, first run': (round: number) => scan(join(scratch, `first-${round}`)),
      'scan, no compiled code kept': () => scan(undefined),
    };
    const costs = new Map<string, { readonly cpuSeconds: number; readonly ratio: number }[]>();
    for (let round = 0; round < rounds; round += 1) {
      let yardstick = Number.NaN;
      for (const [name, run] of Object.entries(contestants)) {
        const { cpuSeconds } = await run(round);
        if (name === 'node -e 0') yardstick = cpuSeconds;
        costs.set(name, [...(costs.get(name) ?? []), { cpuSeconds, ratio: cpuSeconds / yardstick }]);
      }
    }
    const rows = [...costs].map(([name, taken]) => [name, (median(taken.map(({ cpuSeconds }) => cpuSeconds)) * 1000).toFixed(0), median(taken.map(({ ratio }) => ratio)).toFixed(2)]);
    console.log(markdownTable(['small image, whole command', 'CPU ms', '÷ node -e 0'], rows));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
