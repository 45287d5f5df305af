import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esscm } from '../command.js';
import { layersByCompression } from '../layers-by-compression.js';
import { measure, median, type Cost } from '../measure.js';
import { writeStreamedLayout } from '../write-streamed-layout.js';
import { layerCount, writeLayoutOfLayers, writeZstdLayout } from './derived-layouts.js';
import { madeImage, type MadeImageName } from './made-images.js';
import { peersOf, type PeerCommands } from './peers.js';
import { goalTable, markdownTable, type MeasuredGoal } from './report.js';
import type { ServiceFigures, ServiceImages } from './service-run.js';
import { startSlowRegistry } from './slow-registry.js';

const bareGunzip = fileURLToPath(new URL('../bare-gunzip.js', import.meta.url));
const main = fileURLToPath(new URL('../main.js', import.meta.url));
const setNames = ['small', 'typical', 'large', 'many files'] as const;

/** A link much slower than a core reads, so that what is measured is waiting. */
const linkBytesPerSecond = 20_000_000;

export interface GoalOptions {
  readonly rounds: number;
  /** OCI layouts in the place of made images. */
  readonly layouts: Partial<Record<(typeof setNames)[number], string>>;
  /** Where images are made, and kept for the next run; a temporary folder when absent. */
  readonly made: string | undefined;
  readonly peers: PeerCommands;
}

type Contestant = (layout: string) => Promise<Cost>;

/**
 * Every goal of the performance notes on scans (P1 to P15, P18) with its figure, and the images it was measured with. All that is
 * compared took turns on the same layers in the same run.
 */
export async function benchGoals(options: GoalOptions): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-goals-'));
  const began = loadavg()[0] ?? 0;
  try {
    const folder = options.made ?? join(scratch, 'made');
    const images = new Map<string, string>();
    for (const name of setNames) images.set(name, options.layouts[name] ?? (await made(folder, name)));
    const layout = (name: (typeof setNames)[number]): string => resolve(images.get(name) ?? '');

    const { zstd: otherLayers, others } = layersByCompression(layout('large'));
    if (otherLayers.length + others > 0) throw new Error(`${layout('large')} has layers that are not gzip: its ratios to gzip would say nothing.`);

    const document = join(scratch, 'sbom.json');
    const scan: Contestant = (image) => measure(esscm, ['scan', `oci:${image}`, '--format', 'cyclonedx-json', '--output', document]);
    const yardsticks: Readonly<Record<string, Contestant>> = {
      gzip: (image) => measure('gzip', ['-dc', ...layersByCompression(image).gzip]),
      node: (image) => measure(process.execPath, [bareGunzip, ...layersByCompression(image).gzip]),
      esscm: scan,
    };
    const taken = new Map<string, Taken>();
    for (const name of setNames) taken.set(name, await takeTurns(yardsticks, layout(name), options.rounds));

    const zstd = join(scratch, 'zstd');
    await writeZstdLayout(layout('typical'), zstd);
    const asZstd = await takeTurns({ zstd: () => scan(zstd), gzip: () => scan(layout('typical')) }, zstd, options.rounds);
    const [few, many] = [await made(folder, 'repeated', 1), await made(folder, 'repeated', 8)];
    const growth = await takeTurns({ few: () => scan(few), many: () => scan(many) }, few, options.rounds);
    const start = await takeTurns({ node: () => measure(process.execPath, ['-e', '0']), esscm: scan }, layout('small'), options.rounds);
    const service = await serviceFigures(scratch, { small: layout('small'), large: layout('large') });
    const link = await linkRatio(layout('typical'), scratch, options.rounds);
    const peers = await comparePeers(options.peers, layout('large'), scratch);
    const last = await scan(layout('large'));
    const isBusy = Math.max(began, loadavg()[0] ?? 0) > availableParallelism() / 2;

    const large = taken.get('large') ?? new Map();
    const ours = (figure: keyof Cost): number => median((large.get('esscm') ?? []).map((cost: Cost) => cost[figure]));
    const peer = (name: string) => peers.find((found) => found.name === name);
    const goals: readonly MeasuredGoal[] = [
      { goal: 'P1', what: 'CPU ÷ gzip -dc, large image', figure: ratio(large, 'esscm', 'gzip', 'cpuSeconds'), unit: ' ×', most: 0.85, aim: 0.62 },
      { goal: 'P2', what: 'CPU ÷ bare gunzip of Node, large image', figure: ratio(large, 'esscm', 'node', 'cpuSeconds'), unit: ' ×', most: 1.9, aim: 1.4 },
      { goal: 'P3', what: 'wall of two workers ÷ one', figure: service.wallTwoWorkersSeconds / service.wallOneWorkerSeconds, unit: ' ×', most: 0.65, aim: 0.58, isWall: true },
      { goal: 'P4', what: 'wall ÷ gzip -dc, large image', figure: ratio(large, 'esscm', 'gzip', 'wallSeconds'), unit: ' ×', most: 0.5, aim: 0.32, isWall: true },
      { goal: 'P5', what: 'CPU of zstd layers ÷ the same as gzip, typical image', figure: ratio(asZstd, 'zstd', 'gzip', 'cpuSeconds'), unit: ' ×', most: 0.8, aim: 0.7 },
      { goal: 'P6', what: 'peak memory, any image of the set', figure: Math.max(...setNames.flatMap((name) => (taken.get(name)?.get('esscm') ?? []).map(({ peakMegabytes }) => peakMegabytes))), unit: ' MB', most: 250, aim: 180 },
      { goal: 'P7', what: 'peak memory of eight times as much of the same ÷ once', figure: ratio(growth, 'many', 'few', 'peakMegabytes'), unit: ' ×', most: 1.25, aim: 1.1 },
      { goal: 'P8', what: 'written to disk besides the document', figure: Math.max(0, last.writtenMegabytes - statSync(document).size / 1e6), unit: ' MB', most: 0.5, aim: 0 },
      { goal: 'P9', what: 'CPU, large image fully known, process warm', figure: service.cachedMilliseconds, unit: ' ms', most: 60, aim: 20 },
      { goal: 'P9', what: 'bytes of layers read for it', figure: service.cachedBytes, unit: ' bytes', most: 0, aim: 0 },
      { goal: 'P10', what: 'CPU of a second image on a known base ÷ (its own layers alone + 50 ms)', figure: service.sharedBaseMilliseconds / (service.ownLayersMilliseconds + 50), unit: ' ×', most: 1.1, aim: 1.03 },
      { goal: 'P10', what: 'bytes read for it ÷ bytes of its own layers', figure: service.sharedBaseBytes / service.ownLayersBytes, unit: ' ×', most: 1, aim: 1 },
      { goal: 'P11', what: 'CPU of a small image, process warm', figure: service.smallMilliseconds, unit: ' ms', most: 80, aim: 40 },
      { goal: 'P11', what: 'CPU of a small image, whole command ÷ node -e 0', figure: ratio(start, 'esscm', 'node', 'cpuSeconds'), unit: ' ×', most: 6, aim: 3 },
      { goal: 'P12', what: `pull and scan over ${linkBytesPerSecond / 1e6} MB/s a connection, wall ÷ download alone`, figure: link, unit: ' ×', most: 1.1, aim: 1.03, isWall: true },
      { goal: 'P13', what: 'CPU of trivy without its start ÷ ours', figure: quotient(peer('trivy')?.cpuSeconds, ours('cpuSeconds')), unit: ' ×', least: 1.7, aim: 2.3 },
      { goal: 'P14', what: 'peak memory of trivy ÷ ours', figure: quotient(peer('trivy')?.peakMegabytes, ours('peakMegabytes')), unit: ' ×', least: 1.6, aim: 2.2 },
      { goal: 'P14', what: 'peak memory of snyk-docker-plugin ÷ ours', figure: quotient(peer('snyk-docker-plugin')?.peakMegabytes, ours('peakMegabytes')), unit: ' ×', least: 3, aim: 4 },
      { goal: 'P15', what: 'CPU of snyk-docker-plugin without its start ÷ ours', figure: quotient(peer('snyk-docker-plugin')?.cpuSeconds, ours('cpuSeconds')), unit: ' ×', least: 2.5, aim: 3.3 },
      { goal: 'P18', what: 'event loop of the service during a scan, p99 delay', figure: service.delayMilliseconds, unit: ' ms', most: 50, aim: 10, isWall: true },
    ];
    console.log(`Node.js ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown kind'}; load ${began.toFixed(1)} at the start, ${(loadavg()[0] ?? 0).toFixed(1)} at the end; ${options.rounds} rounds after a warm-up\n`);
    console.log(goalTable(goals, isBusy));
    console.log(`\nA scan whose python cataloguer has a new version reads the layers again for it alone: ${service.bumpedMilliseconds.toFixed(0)} ms of CPU, ${(service.bumpedMilliseconds / service.fullMilliseconds).toFixed(2)} of a full scan.\n`);
    console.log(markdownTable(['image', 'from', 'gzip -dc CPU s', 'Node gunzip CPU s', 'esscm CPU s', 'CPU ÷ gzip', 'wall s', 'peak MB'], setNames.map((name) => imageRow(name, options.layouts[name], taken.get(name)))));
    console.log(`\n${markdownTable(['scanner of the large image', 'version', 'CPU s', 'of it start', 'wall s', 'peak MB', 'components'], [['esscm', 'this', ours('cpuSeconds').toFixed(1), '–', ours('wallSeconds').toFixed(1), ours('peakMegabytes').toFixed(0), String(componentsIn(document))], ...peers.map((found) => [found.name, found.version, (found.cpuSeconds + found.startCpuSeconds).toFixed(1), found.startCpuSeconds.toFixed(1), found.wallSeconds.toFixed(1), found.peakMegabytes.toFixed(0), String(found.components ?? 'n/a')])])}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Taken = ReadonlyMap<string, readonly Cost[]>;

async function made(folder: string, name: MadeImageName, copies = 1): Promise<string> {
  const target = join(folder, `${name.replace(' ', '-')}${copies === 1 ? '' : `-${copies}`}`);
  if (!existsSync(join(target, 'oci-layout'))) await writeStreamedLayout(target, madeImage(name, copies));
  return target;
}

/** One run of each to warm up, then round by round. */
async function takeTurns(contestants: Readonly<Record<string, Contestant>>, layout: string, rounds: number): Promise<Taken> {
  const costs = new Map<string, Cost[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      const cost = await run(layout);
      console.error(`${layout}, round ${round}: ${name} ${cost.cpuSeconds.toFixed(2)} s of CPU, ${cost.peakMegabytes.toFixed(0)} MB`);
      if (round > 0) costs.get(name)?.push(cost);
    }
  }
  return costs;
}

/** Median of the ratios of each round. */
function ratio(taken: Taken, one: string, other: string, figure: keyof Cost): number {
  const others = taken.get(other) ?? [];
  return median((taken.get(one) ?? []).map((cost, round) => cost[figure] / (others[round]?.[figure] ?? Number.NaN)));
}

function quotient(figure: number | undefined, ours: number): number | undefined {
  return figure === undefined ? undefined : figure / ours;
}

async function serviceFigures(scratch: string, { small, large }: Pick<ServiceImages, 'small' | 'large'>): Promise<ServiceFigures> {
  const last = layerCount(large) - 1;
  const [base, own] = [join(scratch, 'base'), join(scratch, 'own')];
  writeLayoutOfLayers(large, base, (index) => index < last);
  writeLayoutOfLayers(large, own, (index) => index === last);
  const output = join(scratch, 'service.json');
  await measure(process.execPath, [main, 'goals-service', '--images', JSON.stringify({ small, large, base, own } satisfies ServiceImages), '--folder', output]);
  return JSON.parse(readFileSync(output, 'utf8')) as ServiceFigures;
}

async function linkRatio(layout: string, scratch: string, rounds: number): Promise<number> {
  await using registry = await startSlowRegistry(layout, linkBytesPerSecond);
  // As many connections as the scan opens.
  const download: Contestant = () => measure('bash', ['-c', 'printf "%s\\n" "$@" | xargs -P 2 -n 1 curl -sf -o /dev/null', 'bash', ...registry.blobAddresses]);
  const pull: Contestant = () => measure(esscm, ['scan', registry.reference, '--plain-http', '--format', 'cyclonedx-json', '--output', join(scratch, 'pulled.json')]);
  return ratio(await takeTurns({ pull, download }, layout, Math.min(rounds, 2)), 'pull', 'download', 'wallSeconds');
}

interface PeerFigures extends Cost {
  readonly name: string;
  readonly version: string;
  readonly startCpuSeconds: number;
  readonly components: number | undefined;
}

/** Each peer once, its cache empty, as it ships but for its vulnerability database. Its start is taken off its CPU. */
async function comparePeers(commands: PeerCommands, layout: string, scratch: string): Promise<readonly PeerFigures[]> {
  const figures: PeerFigures[] = [];
  const source = join(scratch, 'peers', 'image');
  mkdirSync(join(scratch, 'peers'), { recursive: true });
  symlinkSync(layout, source);
  if (commands.snyk !== undefined) execFileSync('tar', ['-chf', `${source}.tar`, '-C', layout, 'blobs', 'index.json', 'oci-layout']);
  for (const peer of peersOf(commands)) {
    const output = join(scratch, 'peers', `${peer.name}.json`);
    const [startCommand = '', ...startFlags] = peer.startUp;
    const [command = '', ...flags] = peer.scan(source, output);
    try {
      peer.prepare?.(output);
      const start = await measure(startCommand, startFlags);
      const cost = await measure(command, flags);
      figures.push({ ...cost, name: peer.name, version: peer.version, startCpuSeconds: start.cpuSeconds, cpuSeconds: cost.cpuSeconds - start.cpuSeconds, components: peer.count(output) });
    } catch (error) {
      // A scanner that cannot read the image says nothing of ours.
      console.error(`${peer.name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return figures;
}

function imageRow(name: string, layout: string | undefined, taken: Taken = new Map()): readonly string[] {
  const of = (contestant: string, figure: keyof Cost): number => median((taken.get(contestant) ?? []).map((cost) => cost[figure]));
  return [name, layout === undefined ? 'made' : 'given', of('gzip', 'cpuSeconds').toFixed(2), of('node', 'cpuSeconds').toFixed(2), of('esscm', 'cpuSeconds').toFixed(2), ratio(taken, 'esscm', 'gzip', 'cpuSeconds').toFixed(2), of('esscm', 'wallSeconds').toFixed(1), of('esscm', 'peakMegabytes').toFixed(0)];
}

function componentsIn(document: string): number {
  return (JSON.parse(readFileSync(document, 'utf8')) as { components?: unknown[] }).components?.length ?? 0;
}
