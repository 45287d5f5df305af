import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esscm } from './command.js';
import { layersByCompression } from './layers-by-compression.js';
import { percent, quietShare } from './machine-use.js';
import { isInstalled, measure, median } from './measure.js';
import type { Cost } from './measure.js';

const bareGunzip = fileURLToPath(new URL('bare-gunzip.js', import.meta.url));

/**
 * `esscm scan` of an OCI layout against yardsticks that unpack the same layers to nothing. All take turns, so that they
 * meet the same machine; ratios are taken a round and their median printed. CPU decides: wall time says nothing of a
 * round in which others used the machine.
 */
export async function benchScan(options: { layout: string; rounds: number }): Promise<void> {
  const { gzip, zstd, others } = layersByCompression(options.layout);
  if (gzip.length === 0) throw new Error(`${options.layout} holds no gzip layer to compare with.`);
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  const sbom = join(scratch, 'sbom.json');
  const scan = (...more: readonly string[]) => measure(esscm, ['scan', `oci:${options.layout}`, '--format', 'cyclonedx-json', '--output', sbom, ...more]);
  const contestants = [
    { name: 'gzip -dc of its gzip layers', run: () => measure('gzip', ['-dc', ...gzip]) },
    { name: 'node:zlib of its gzip layers', run: () => measure(process.execPath, [bareGunzip, ...gzip]) },
    ...(isInstalled('igzip') ? [{ name: 'igzip -dc of its gzip layers', run: () => measure('igzip', ['-dc', ...gzip]) }] : []),
    ...(zstd.length > 0 && isInstalled('zstd') ? [{ name: 'zstd -dc of its zstd layers', run: () => measure('zstd', ['-dc', ...zstd]) }] : []),
    { name: 'esscm scan, CycloneDX', run: () => scan() },
    { name: 'esscm scan, layers known', run: () => scan('--cache', join(scratch, 'cache')) },
    { name: 'node -e 0', run: () => measure(process.execPath, ['-e', '0']) },
  ];
  try {
    for (const contestant of contestants) await contestant.run();
    const rounds: Cost[][] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const costs: Cost[] = [];
      for (const contestant of contestants) costs.push(await contestant.run());
      rounds.push(costs);
    }
    const othersShares = rounds.map((round) => Math.max(...round.map((cost) => cost.othersShare)));
    const components: unknown = JSON.parse(readFileSync(sbom, 'utf8'));
    console.log(`image ${options.layout}: ${gzip.length} gzip, ${zstd.length} zstd, ${others} other layers; ${options.rounds} rounds after a warm-up`);
    console.log(`Node.js ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown kind'}; others used ${percent(Math.max(...othersShares))} of it at most`);
    const busyRounds = othersShares.filter((share) => share > quietShare).length;
    if (busyRounds > 0) console.log(`wall times are not to be used: in ${busyRounds} rounds others used more than ${percent(quietShare)} of the machine`);
    if (zstd.length + others > 0) console.log('ratios to gzip say little of this image: not all of its layers are gzip');
    console.log(`components in the document: ${countComponents(components)}`);
    console.table(
      contestants.map(({ name }, index) => {
        const costs = rounds.map((round) => round[index]).filter((cost) => cost !== undefined);
        const ratio = (of: (cost: Cost) => number, to = 0) => median(rounds.map((round) => of(round[index] as Cost) / of(round[to] as Cost))).toFixed(2);
        const cpuSeconds = costs.map((cost) => cost.cpuSeconds);
        return {
          command: name,
          'CPU s (min, max)': `${median(cpuSeconds).toFixed(2)} (${Math.min(...cpuSeconds).toFixed(2)}, ${Math.max(...cpuSeconds).toFixed(2)})`,
          'CPU ÷ gzip': ratio((cost) => cost.cpuSeconds),
          'CPU ÷ node': ratio((cost) => cost.cpuSeconds, 1),
          'wall s': median(costs.map((cost) => cost.wallSeconds)).toFixed(2),
          'wall ÷ gzip': ratio((cost) => cost.wallSeconds),
          'peak MB': Math.max(...costs.map((cost) => cost.peakMegabytes)).toFixed(0),
        };
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function countComponents(document: unknown): number {
  return typeof document === 'object' && document !== null && 'components' in document && Array.isArray(document.components)
    ? document.components.length
    : 0;
}
