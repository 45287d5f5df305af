import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esscm } from '../command.js';
import { layersByCompression } from '../layers-by-compression.js';
import { percent, quietShare, watchOthers } from '../machine-use.js';
import { measure, median, type Cost } from '../measure.js';
import { serverFlags } from '../server-flags.js';
import { machineLine, measureStart, startGoal } from './command-goals.js';
import { comparePeers, comparePeersOnRegistry, type ComparedScanners } from './compare-peers.js';
import { layerCount, layerMegabytes, writeLayoutOfLayers, writeZstdLayout } from './derived-layouts.js';
import { describeGrowth, growthGoal, measureGrowth } from './growth.js';
import { madeLayers } from './made-images.js';
import { madeLayout } from './made-layout.js';
import type { PeerCommands } from './peers.js';
import { pushLayout } from '../push-layout.js';
import { goalTable, markdownTable, type MeasuredGoal } from './report.js';
import type { ServiceFigures, ServiceImages } from './service-run.js';
import { startSlowRegistry } from './slow-registry.js';
import { othersDuring, ratio, takeTurns, type Contestant, type Taken } from './take-turns.js';

const bareGunzip = fileURLToPath(new URL('../bare-gunzip.js', import.meta.url));
const main = fileURLToPath(new URL('../main.js', import.meta.url));
const setNames = ['small', 'typical', 'large', 'many files'] as const;

/** The large image that is made, beside one that was given: layers of five shapes, where of a given one a single layer may be most. */
const madeLarge = 'large, made';

/** Images whose layers are compressed by zstd, too. */
const zstdNames = ['typical', 'large', madeLarge] as const;

/** A link much slower than a core reads, so that what is measured is waiting. */
const linkBytesPerSecond = 20_000_000;

/** A link as fast as this machine is, so that all bytes of an image pass the thread that answers requests while it is read. */
const loopbackBytesPerSecond = 1_000_000_000;

export interface GoalOptions {
  readonly rounds: number;
  /** OCI layouts in the place of made images. */
  readonly layouts: Partial<Record<(typeof setNames)[number], string>>;
  /** Where images are made, and kept for the next run; a temporary folder when absent. */
  readonly made: string | undefined;
  readonly peers: PeerCommands;
  /** Address of an OCI registry on this machine that may be written to, for peers that pull. */
  readonly registry: string | undefined;
}

/**
 * Every goal of the performance notes on scans (P1 to P15, P18) with its figure, and the images it was measured with. All that is
 * compared took turns on the same layers in the same run.
 */
export async function benchGoals(options: GoalOptions): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'esscm-goals-'));
  const othersShare = watchOthers();
  try {
    const folder = options.made ?? join(scratch, 'made');
    const images = new Map<string, string>();
    for (const name of setNames) images.set(name, options.layouts[name] ?? (await madeLayout(folder, name)));
    if (options.layouts.large !== undefined) images.set(madeLarge, await madeLayout(folder, 'large'));
    const layout = (name: (typeof setNames)[number] | typeof madeLarge): string => resolve(images.get(name) ?? '');

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
    for (const [name, image] of images) taken.set(name, await takeTurns(yardsticks, resolve(image), options.rounds));

    const compressions = new Map<string, Taken>();
    for (const name of zstdNames) if (images.has(name)) compressions.set(name, await zstdAgainstGzip(layout(name), scan, scratch, options.rounds));
    const [few, many] = [await madeLayout(folder, 'repeated', 1), await madeLayout(folder, 'repeated', 8)];
    const growth = await measureGrowth(few, many, document, options.rounds);
    const start = await measureStart(layout('small'), document, options.rounds);
    const service = await serviceFigures(scratch, { small: layout('small'), large: layout('large'), otherLarge: images.has(madeLarge) ? [layout(madeLarge)] : [] });
    const link = await overSlowLink(layout('typical'), scratch, options.rounds);
    const scanners = await comparePeers(options.peers, layout('large'), scratch, scan, options.rounds);
    const pulled = options.registry === undefined ? undefined : await pulledFigures(options, layout('large'), options.registry, scratch);
    const last = await scan(layout('large'));

    const given = new Set<string>(setNames.filter((name) => options.layouts[name] !== undefined));
    const peer = (name: string) => scanners.peers.find((found) => found.name === name);
    const goals: readonly MeasuredGoal[] = [
      ...['large', ...(images.has(madeLarge) ? [madeLarge] : [])].flatMap((name, index) => largeGoals(name, taken.get(name) ?? new Map(), service.wallTwoWorkersRatios[index], service.othersShare)),
      ...[...compressions].map(([name, of]): MeasuredGoal => ({ goal: 'P5', what: `CPU of zstd layers ÷ the same as gzip, ${name}`, figure: ratio(of, 'zstd', 'gzip', 'cpuSeconds'), unit: ' ×', most: 0.8, aim: 0.7 })),
      { goal: 'P6', what: 'peak memory, any image of the set', figure: Math.max(...[...taken.values()].flatMap((of) => (of.get('esscm') ?? []).map(({ peakMegabytes }) => peakMegabytes))), unit: ' MB', most: 250, aim: 180 },
      growthGoal(growth),
      { goal: 'P8', what: 'written to disk besides the document', figure: Math.max(0, last.writtenMegabytes - statSync(document).size / 1e6), unit: ' MB', most: 0.5, aim: 0 },
      { goal: 'P9', what: 'CPU, large image fully known, process warm', figure: service.cachedMilliseconds, unit: ' ms', most: 60, aim: 20 },
      { goal: 'P9', what: 'bytes of layers read for it', figure: service.cachedBytes, unit: ' bytes', most: 0, aim: 0 },
      { goal: 'P10', what: 'CPU of a second image on a known base ÷ (its own layers alone + 50 ms)', figure: service.sharedBaseRatio, unit: ' ×', most: 1.1, aim: 1.03 },
      { goal: 'P10', what: 'bytes read for it ÷ bytes of its own layers', figure: service.sharedBaseBytes / service.ownLayersBytes, unit: ' ×', most: 1, aim: 1 },
      { goal: 'P11', what: 'CPU of a small image, process warm', figure: service.smallMilliseconds, unit: ' ms', most: 80, aim: 40 },
      startGoal(start),
      { goal: 'P12', what: `pull and scan over ${linkBytesPerSecond / 1e6} MB/s a connection, wall ÷ download alone`, figure: ratio(link, 'pull', 'download', 'wallSeconds'), unit: ' ×', most: 1.1, aim: 1.03, othersShare: othersDuring(link, 'pull', 'download') },
      { goal: 'P13', what: 'CPU of trivy without its start ÷ ours', figure: peer('trivy')?.cpuByOurs, unit: ' ×', least: 1.7, aim: 2.3 },
      { goal: 'P14', what: 'peak memory of trivy ÷ ours', figure: peer('trivy')?.memoryByOurs, unit: ' ×', least: 1.6, aim: 2.2 },
      { goal: 'P14', what: 'peak memory of snyk-docker-plugin ÷ ours', figure: peer('snyk-docker-plugin')?.memoryByOurs, unit: ' ×', least: 3, aim: 4 },
      { goal: 'P15', what: 'CPU of snyk-docker-plugin without its start ÷ ours', figure: peer('snyk-docker-plugin')?.cpuByOurs, unit: ' ×', least: 2.5, aim: 3.3 },
      { goal: 'P18', what: 'event loop of the service during a scan from a registry, p99 delay', figure: service.delayMilliseconds, unit: ' ms', most: 50, aim: 10, othersShare: service.othersShare },
    ];
    console.log(`${machineLine(options.rounds)} Others used ${percent(othersShare())} of the cores in all; a time on the clock is judged where it was ${percent(quietShare)} at most.\n`);
    console.log(goalTable(goals));
    console.log(`\n${describeGrowth(growth)}`);
    console.log(`\nA scan whose python cataloguer has a new version reads the layers again for it alone: ${service.bumpedMilliseconds.toFixed(0)} ms of CPU, ${(service.bumpedMilliseconds / service.fullMilliseconds).toFixed(2)} of a full scan.\n`);
    console.log(markdownTable(['image', 'from', 'gzip -dc CPU s', 'Node gunzip CPU s', 'esscm CPU s', 'CPU ÷ gzip', 'wall s', 'peak MB'], [...images.keys()].map((name) => imageRow(name, given.has(name), taken.get(name)))));
    console.log(`\n${markdownTable(['image', 'compressed MB of its layers, base first'], [...images].map(([name, image]) => [name, describeLayers(image, given.has(name) ? [] : namesOfLayers(name))]))}`);
    console.log(`\n${scannerTable('scanner of the large image', scanners, componentsIn(document))}`);
    if (pulled !== undefined) console.log(`\n${scannerTable('the same from a registry on this machine', pulled, componentsIn(document))}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The image with its layers as zstd, in turns with itself; the copy is gone afterwards. */
async function zstdAgainstGzip(image: string, scan: Contestant, scratch: string, rounds: number): Promise<Taken> {
  const zstd = join(scratch, 'zstd');
  await writeZstdLayout(image, zstd);
  try {
    return await takeTurns({ zstd: () => scan(zstd), gzip: () => scan(image) }, zstd, rounds);
  } finally {
    rmSync(zstd, { recursive: true });
  }
}

/** Of one large image; the ratio of workers is measured in a service. */
function largeGoals(name: string, taken: Taken, wallTwoWorkersRatio: number | undefined, othersOfService: number): readonly MeasuredGoal[] {
  return [
    { goal: 'P1', what: `CPU ÷ gzip -dc, ${name}`, figure: ratio(taken, 'esscm', 'gzip', 'cpuSeconds'), unit: ' ×', most: 0.85, aim: 0.62 },
    { goal: 'P2', what: `CPU ÷ bare gunzip of Node, ${name}`, figure: ratio(taken, 'esscm', 'node', 'cpuSeconds'), unit: ' ×', most: 1.9, aim: 1.4 },
    { goal: 'P3', what: `wall of two workers ÷ one, ${name}`, figure: wallTwoWorkersRatio, unit: ' ×', most: 0.65, aim: 0.58, othersShare: othersOfService },
    { goal: 'P4', what: `wall ÷ gzip -dc, ${name}`, figure: ratio(taken, 'esscm', 'gzip', 'wallSeconds'), unit: ' ×', most: 0.5, aim: 0.32, othersShare: othersDuring(taken, 'esscm', 'gzip') },
  ];
}

function namesOfLayers(image: string): readonly string[] {
  const name = image === madeLarge ? 'large' : setNames.find((known) => known === image);
  return name === undefined ? [] : madeLayers(name).map((layer) => layer.name);
}

function describeLayers(layout: string, names: readonly string[]): string {
  return layerMegabytes(layout).map((megabytes, index) => [names[index] ?? '', megabytes.toFixed(1)].join(' ').trim()).join(', ');
}

/** Of what a service costs, measured in a process of its own; others are all but that one and this. */
async function serviceFigures(scratch: string, { small, large, otherLarge }: Pick<ServiceImages, 'small' | 'large' | 'otherLarge'>): Promise<ServiceFigures & Pick<Cost, 'othersShare'>> {
  const last = layerCount(large) - 1;
  const [base, own] = [join(scratch, 'base'), join(scratch, 'own')];
  writeLayoutOfLayers(large, base, (index) => index < last);
  writeLayoutOfLayers(large, own, (index) => index === last);
  const output = join(scratch, 'service.json');
  await using registry = await startSlowRegistry(large, loopbackBytesPerSecond);
  const images: ServiceImages = { small, large, otherLarge, base, own, pulled: registry.reference };
  const { othersShare } = await measure(process.execPath, [...serverFlags, main, 'goals-service', '--images', JSON.stringify(images), '--folder', output]);
  return { ...(JSON.parse(readFileSync(output, 'utf8')) as ServiceFigures), othersShare };
}

async function overSlowLink(layout: string, scratch: string, rounds: number): Promise<Taken> {
  await using registry = await startSlowRegistry(layout, linkBytesPerSecond);
  // As many connections as the scan opens.
  const download: Contestant = () => measure('bash', ['-c', 'printf "%s\\n" "$@" | xargs -P 2 -n 1 curl -sf -o /dev/null', 'bash', ...registry.blobAddresses]);
  return await takeTurns({ pull: () => pull(registry.reference, scratch), download }, layout, Math.min(rounds, 2));
}

/** Ours and the peers' on an image that is pushed to a registry first. */
async function pulledFigures({ peers, rounds }: GoalOptions, layout: string, registry: string, scratch: string): Promise<ComparedScanners> {
  const reference = pushLayout(layout, registry, 'goals/large:1');
  return comparePeersOnRegistry(peers, reference, scratch, () => pull(reference, scratch), rounds);
}

function pull(reference: string, scratch: string): Promise<Cost> {
  return measure(esscm, ['scan', reference, '--plain-http', '--format', 'cyclonedx-json', '--output', join(scratch, 'pulled.json')]);
}

/** CPU of the peers is told with their start. */
function scannerTable(title: string, { ours, peers }: ComparedScanners, components: number): string {
  const rows = [{ name: 'esscm', version: 'this', ...ours, start: '–', components }, ...peers.map((peer) => ({ ...peer, start: peer.startCpuSeconds.toFixed(1) }))];
  return markdownTable(
    [title, 'version', 'CPU s', 'of it start', 'wall s', 'peak MB', 'components'],
    rows.map((row) => [row.name, row.version, row.cpuSeconds.toFixed(1), row.start, row.wallSeconds.toFixed(1), row.peakMegabytes.toFixed(0), String(row.components ?? 'n/a')]),
  );
}

function imageRow(name: string, isGiven: boolean, taken: Taken = new Map()): readonly string[] {
  const of = (contestant: string, figure: keyof Cost): number => median((taken.get(contestant) ?? []).map((cost) => cost[figure]));
  return [name, isGiven ? 'given' : 'made', of('gzip', 'cpuSeconds').toFixed(2), of('node', 'cpuSeconds').toFixed(2), of('esscm', 'cpuSeconds').toFixed(2), ratio(taken, 'esscm', 'gzip', 'cpuSeconds').toFixed(2), of('esscm', 'wallSeconds').toFixed(1), of('esscm', 'peakMegabytes').toFixed(0)];
}

function componentsIn(document: string): number {
  return (JSON.parse(readFileSync(document, 'utf8')) as { components?: unknown[] }).components?.length ?? 0;
}
