import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Cost } from '../measure.js';
import { peersOf, type Peer, type PeerCommands } from './peers.js';

export interface PeerFigures extends Cost {
  readonly name: string;
  readonly version: string;
  /** CPU of a run that does nothing, which is taken off `cpuSeconds`. */
  readonly startCpuSeconds: number;
  readonly components: number | undefined;
}

/** Each peer once on a layout, its cache empty, as it ships but for its vulnerability database. */
export async function comparePeers(commands: PeerCommands, layout: string, scratch: string): Promise<readonly PeerFigures[]> {
  const folder = join(scratch, 'peers');
  const source = join(folder, 'image');
  mkdirSync(folder, { recursive: true });
  symlinkSync(layout, source);
  if (commands.snyk !== undefined) execFileSync('tar', ['-chf', `${source}.tar`, '-C', layout, 'blobs', 'index.json', 'oci-layout']);
  return measurePeers(peersOf(commands), folder, (peer, output) => peer.scan(source, output));
}

/** The same of an image in a registry, for those that take one that speaks plain HTTP. */
export async function comparePeersOnRegistry(commands: PeerCommands, reference: string, scratch: string): Promise<readonly PeerFigures[]> {
  const folder = join(scratch, 'registry-peers');
  mkdirSync(folder, { recursive: true });
  return measurePeers(peersOf(commands), folder, (peer, output) => peer.scanRegistry?.(reference, output));
}

async function measurePeers(peers: readonly Peer[], folder: string, commandOf: (peer: Peer, output: string) => readonly string[] | undefined): Promise<readonly PeerFigures[]> {
  const figures: PeerFigures[] = [];
  for (const peer of peers) {
    const output = join(folder, `${peer.name}.json`);
    const scan = commandOf(peer, output);
    if (scan === undefined) continue;
    const [startCommand = '', ...startFlags] = peer.startUp;
    const [command = '', ...flags] = scan;
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
