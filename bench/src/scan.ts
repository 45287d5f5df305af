import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { esscm } from './command.js';
import { measure, median } from './measure.js';
import type { Cost } from './measure.js';

/**
 * `esscm scan` of an OCI layout against `gzip -dc` of the same layers. The two take turns, so that both meet the same
 * machine; ratios are taken a round and their median printed.
 */
export async function benchScan(options: { layout: string; rounds: number }): Promise<void> {
  const layers = gzipLayers(options.layout);
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  const sbom = join(scratch, 'sbom.json');
  const contestants = [
    { name: 'gzip -dc of its layers', run: () => measure('gzip', ['-dc', ...layers]) },
    { name: 'esscm scan, CycloneDX', run: () => measure(esscm, ['scan', `oci:${options.layout}`, '--format', 'cyclonedx-json', '--output', sbom]) },
    { name: 'esscm scan, layers known', run: () => measure(esscm, ['scan', `oci:${options.layout}`, '--format', 'cyclonedx-json', '--output', sbom, '--cache', join(scratch, 'cache')]) },
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
    const components: unknown = JSON.parse(readFileSync(sbom, 'utf8'));
    console.log(`image ${options.layout}: ${layers.length} gzip layers; load ${loadavg()[0]?.toFixed(1)}; ${options.rounds} rounds after a warm-up`);
    console.log(`components in the document: ${countComponents(components)}`);
    console.table(
      contestants.map(({ name }, index) => {
        const costs = rounds.map((round) => round[index]).filter((cost) => cost !== undefined);
        const ratio = (of: (cost: Cost) => number) => median(rounds.map((round) => of(round[index] as Cost) / of(round[0] as Cost))).toFixed(2);
        return {
          command: name,
          'CPU s': median(costs.map((cost) => cost.cpuSeconds)).toFixed(2),
          'CPU ÷ gzip': ratio((cost) => cost.cpuSeconds),
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

/** Files of the layout's gzip layers, told by their first bytes. */
function gzipLayers(layout: string): readonly string[] {
  const read = (digest: string): { manifests?: { digest: string }[]; layers?: { digest: string }[] } => JSON.parse(readFileSync(blob(digest), 'utf8'));
  const blob = (digest: string) => join(layout, 'blobs', digest.replace(':', '/'));
  const index: { manifests: { digest: string }[] } = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const layers = index.manifests.flatMap(({ digest }) => read(digest).layers ?? []);
  const files = layers.map(({ digest }) => blob(digest)).filter((file) => existsSync(file) && readFileSync(file).subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])));
  if (files.length === 0) throw new Error(`${layout} holds no gzip layer to compare with.`);
  return files;
}

function countComponents(document: unknown): number {
  return typeof document === 'object' && document !== null && 'components' in document && Array.isArray(document.components)
    ? document.components.length
    : 0;
}
