import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { measure, median, type Cost } from '../measure.js';
import { peersOf, type Peer, type PeerCommands } from './peers.js';
import { takeTurns, type Contestant, type Taken } from './take-turns.js';

type ScannerFigures = Pick<Cost, 'cpuSeconds' | 'wallSeconds' | 'peakMegabytes'>;

interface PeerFigures extends ScannerFigures {
  readonly name: string;
  readonly version: string;
  /** CPU of a run that does nothing, which is part of `cpuSeconds`. */
  readonly startCpuSeconds: number;
  readonly components: number | undefined;
  /** CPU without that of its start, and memory, by ours: the middle one of the ratios of each round. */
  readonly cpuByOurs: number;
  readonly memoryByOurs: number;
}

/** What scanners cost on one image, in turns. */
export interface ComparedScanners {
  readonly ours: ScannerFigures;
  readonly peers: readonly PeerFigures[];
}

/** Each peer on a layout by turns with ours, its cache empty, as it ships but for its vulnerability database. */
export async function comparePeers(commands: PeerCommands, layout: string, scratch: string, ours: Contestant, rounds: number): Promise<ComparedScanners> {
  const folder = join(scratch, 'peers');
  const source = join(folder, 'image');
  mkdirSync(folder, { recursive: true });
  symlinkSync(layout, source);
  if (commands.snyk !== undefined) execFileSync('tar', ['-chf', `${source}.tar`, '-C', layout, 'blobs', 'index.json', 'oci-layout']);
  return compare(peersOf(commands), folder, (peer, output) => peer.scan(source, output), layout, ours, rounds);
}

/** The same of an image in a registry, for those that take one that speaks plain HTTP. */
export async function comparePeersOnRegistry(commands: PeerCommands, reference: string, scratch: string, ours: Contestant, rounds: number): Promise<ComparedScanners> {
  const folder = join(scratch, 'registry-peers');
  mkdirSync(folder, { recursive: true });
  return compare(peersOf(commands), folder, (peer, output) => peer.scanRegistry?.(reference, output), reference, ours, rounds);
}

async function compare(peers: readonly Peer[], folder: string, commandOf: (peer: Peer, output: string) => readonly string[] | undefined, image: string, ours: Contestant, rounds: number): Promise<ComparedScanners> {
  const contestants: Record<string, Contestant> = { esscm: ours };
  const present: { readonly peer: Peer; readonly output: string }[] = [];
  for (const peer of peers) {
    const output = join(folder, `${peer.name}.json`);
    const [command, ...flags] = commandOf(peer, output) ?? [];
    const [startCommand = '', ...startFlags] = peer.startUp;
    if (command === undefined) continue;
    const scan: Contestant = () => {
      peer.prepare?.(output);
      return measure(command, flags);
    };
    try {
      await scan(image);
    } catch (error) {
      // A scanner that cannot read the image says nothing of ours.
      console.error(`${peer.name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    present.push({ peer, output });
    contestants[startOf(peer)] = () => measure(startCommand, startFlags);
    contestants[peer.name] = scan;
  }
  const taken = await takeTurns(contestants, image, rounds);
  return { ours: middle(taken, 'esscm'), peers: present.map(({ peer, output }) => figuresOf(peer, output, taken)) };
}

function figuresOf(peer: Peer, output: string, taken: Taken): PeerFigures {
  const ours = taken.get('esscm') ?? [];
  const starts = taken.get(startOf(peer)) ?? [];
  const byOurs = (judge: (scan: Cost, own: Cost, start: Cost) => number): number =>
    median((taken.get(peer.name) ?? []).flatMap((scan, round) => {
      const [own, start] = [ours[round], starts[round]];
      return own === undefined || start === undefined ? [] : [judge(scan, own, start)];
    }));
  return {
    ...middle(taken, peer.name),
    name: peer.name,
    version: peer.version,
    startCpuSeconds: middle(taken, startOf(peer)).cpuSeconds,
    components: peer.count(output),
    cpuByOurs: byOurs((scan, own, start) => (scan.cpuSeconds - start.cpuSeconds) / own.cpuSeconds),
    memoryByOurs: byOurs((scan, own) => scan.peakMegabytes / own.peakMegabytes),
  };
}

const startOf = ({ name }: Peer): string => `start of ${name}`;

function middle(taken: Taken, name: string): ScannerFigures {
  const of = (figure: keyof ScannerFigures): number => median((taken.get(name) ?? []).map((cost) => cost[figure]));
  return { cpuSeconds: of('cpuSeconds'), wallSeconds: of('wallSeconds'), peakMegabytes: of('peakMegabytes') };
}
