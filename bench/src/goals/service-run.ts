import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { anonymousAuthentication, createDialPolicy, createOciLayoutImageSource, createRegistryImageSource, parseReference, type ImageSource } from '@esscm/oci-client';
import type { FactStore } from '@esscm/sbom';
import { createScanEngine, type ScanEngine, type ScanEngineProgress } from '@esscm/scan-engine';
import { median } from '../measure.js';

/** Layouts of the images a service is measured with. */
export interface ServiceImages {
  readonly small: string;
  readonly large: string;
  /** More of which only the time by workers is told. */
  readonly otherLarge: readonly string[];
  /** All layers of the large image but its last, and its last alone. */
  readonly base: string;
  readonly own: string;
  /** Reference of the large image in a registry that speaks plain HTTP. */
  readonly pulled: string;
}

/** CPU is of the whole process, its threads included. */
export interface ServiceFigures {
  readonly smallMilliseconds: number;
  readonly fullMilliseconds: number;
  readonly cachedMilliseconds: number;
  readonly cachedBytes: number;
  readonly bumpedMilliseconds: number;
  /** CPU of a second image on a known base by that of its own layers alone and 50 ms: the middle one of several rounds. */
  readonly sharedBaseRatio: number;
  /** Compressed bytes of the two. */
  readonly sharedBaseBytes: number;
  readonly ownLayersBytes: number;
  /** Time on the clock of each large image with two workers by that with one. */
  readonly wallTwoWorkersRatios: readonly number[];
  /** 99th percentile of how late the thread that answers requests was while a large image was pulled and read. */
  readonly delayMilliseconds: number;
}

const rounds = 7;
const wallRounds = 3;
const sharedRounds = 9;
/** Its version is taken to have been raised: facts of it are asked for again, of every layer. */
const bumped = 'python@';

/** What a service that has been up for a while costs, measured in one process. Run as a program by {@link benchGoals}. */
export async function runService(images: ServiceImages, output: string): Promise<void> {
  await using engine = createScanEngine({ facts: memoryFacts(), workers: 2 });
  for (let round = 0; round < rounds; round += 1) await scan(engine, images.small);

  await using forgetful = createScanEngine({ workers: 2, inlineBelowBytes: 20_000_000 });
  const small = await repeated(() => scan(forgetful, images.small));

  await using pulling = createScanEngine({ workers: 2 });
  await scan(pulling, images.small);
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  await scanSource(pulling, openRegistry(images.pulled));
  delay.disable();

  const full = await scan(engine, images.large);
  const cached = await repeated(() => scan(engine, images.large));

  const shared = await sharedBase(images);

  const wallTwoWorkersRatios: number[] = [];
  for (const large of [images.large, ...images.otherLarge]) wallTwoWorkersRatios.push(await ratioOfWorkers(images.small, large));

  const figures: ServiceFigures = {
    smallMilliseconds: small.milliseconds,
    fullMilliseconds: full.milliseconds,
    cachedMilliseconds: cached.milliseconds,
    cachedBytes: cached.bytes,
    bumpedMilliseconds: shared.bumped.milliseconds,
    sharedBaseRatio: shared.ratio,
    sharedBaseBytes: shared.bytes,
    ownLayersBytes: shared.ownBytes,
    wallTwoWorkersRatios,
    delayMilliseconds: delay.percentile(99) / 1e6,
  };
  writeFileSync(output, JSON.stringify(figures));
}

/** The middle one of the ratios of several rounds, in engines that have read before. */
async function ratioOfWorkers(small: string, large: string): Promise<number> {
  await using two = createScanEngine({ workers: 2 });
  await using one = createScanEngine({ workers: 1 });
  for (const engine of [two, one]) await scan(engine, small);
  const ratios: number[] = [];
  for (let round = 0; round < wallRounds; round += 1) ratios.push((await scan(two, large)).wallSeconds / (await scan(one, large)).wallSeconds);
  return median(ratios);
}

/** What an image costs whose base is known, by turns with its own layers alone, and once more when a cataloguer has a new version. */
async function sharedBase({ small, large, base, own }: ServiceImages): Promise<{ readonly ratio: number; readonly bytes: number; readonly ownBytes: number; readonly bumped: ScanCost }> {
  const facts = memoryFacts();
  await using second = createScanEngine({ facts, workers: 2 });
  await scan(second, base);
  const ofBase = facts.copy();
  const ofOwn = memoryFacts();
  await using third = createScanEngine({ facts: ofOwn, workers: 2 });
  await scan(third, small);
  const ratios: number[] = [];
  let [bytes, ownBytes] = [0, 0];
  for (let round = 0; round < sharedRounds; round += 1) {
    facts.restore(ofBase);
    const ofImage = await scan(second, large);
    ofOwn.restore(new Map());
    const alone = await scan(third, own);
    console.error(`round ${round}: ${ofImage.milliseconds.toFixed(0)} ms of CPU on a known base, ${alone.milliseconds.toFixed(0)} ms alone`);
    ratios.push(ofImage.milliseconds / (alone.milliseconds + 50));
    [bytes, ownBytes] = [ofImage.bytes, alone.bytes];
  }
  facts.forget(bumped);
  return { ratio: median(ratios), bytes, ownBytes, bumped: await scan(second, large) };
}

interface ScanCost {
  readonly milliseconds: number;
  readonly wallSeconds: number;
  /** Compressed bytes that had to be read. */
  readonly bytes: number;
}

async function repeated(run: () => Promise<ScanCost>): Promise<ScanCost> {
  const costs: ScanCost[] = [];
  for (let round = 0; round < rounds; round += 1) costs.push(await run());
  return { milliseconds: median(costs.map(({ milliseconds }) => milliseconds)), wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)), bytes: Math.max(...costs.map(({ bytes }) => bytes)) };
}

async function scan(engine: ScanEngine, folder: string): Promise<ScanCost> {
  return scanSource(engine, createOciLayoutImageSource({ folder }));
}

function openRegistry(text: string): ImageSource {
  const { host, repository, tag = 'latest' } = parseReference(text);
  const dialer = createDialPolicy({ allowLoopback: true, allowPrivateNetworks: [] });
  return createRegistryImageSource({ options: { host, plainHttp: true, authentication: anonymousAuthentication, dialer }, repository, reference: tag });
}

/** @param source closed when this ends */
async function scanSource(engine: ScanEngine, source: ImageSource): Promise<ScanCost> {
  let bytes = 0;
  const before = process.cpuUsage();
  const began = performance.now();
  await using open = source;
  await engine.scan({
    source: open,
    image: { name: 'bench' },
    signal: new AbortController().signal,
    onProgress: ({ bytesTotal }: ScanEngineProgress) => {
      bytes = Math.max(bytes, bytesTotal);
    },
  });
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: (user + system) / 1000, wallSeconds: (performance.now() - began) / 1000, bytes };
}

type KeptFacts = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

function memoryFacts(): FactStore & { forget(prefix: string): void; copy(): KeptFacts; restore(facts: KeptFacts): void } {
  let kept = new Map<string, Map<string, Uint8Array>>();
  const copyOf = (facts: KeptFacts) => new Map([...facts].map(([diffId, ofLayer]) => [diffId, new Map(ofLayer)]));
  return {
    read: (diffId, keys) => Promise.resolve(new Map([...(kept.get(diffId) ?? [])].filter(([key]) => keys.includes(key)))),
    write: (diffId, facts) => {
      kept.set(diffId, new Map([...(kept.get(diffId) ?? []), ...facts]));
      return Promise.resolve();
    },
    forget: (prefix) => {
      // What was put together with the cataloguer's old version goes with it.
      for (const facts of kept.values()) for (const key of facts.keys()) if (key.startsWith(prefix) || key.startsWith('contents-')) facts.delete(key);
    },
    copy: () => copyOf(kept),
    restore: (facts) => {
      kept = copyOf(facts);
    },
  };
}
