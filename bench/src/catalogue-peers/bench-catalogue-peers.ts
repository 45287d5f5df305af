import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { esscm } from '../command.js';
import { peersOf, type Peer } from '../goals/peers.js';
import { classOfDifference, type Difference } from './difference-classes.js';
import { readComponents, readUnidentified, type NamedComponent } from './named-component.js';

/** How many examples of a class are printed. */
const examples = 3;

/**
 * Catalogues images with other scanners and compares what each names, by package URL: both, only ours, only theirs, by
 * package type, and why. The run fails when a difference has no class. A folder for `documents` keeps what the scanners wrote,
 * and what is in it is not made again.
 */
export function benchCataloguePeers(options: { images: string; only: string | undefined; documents: string | undefined; syft: string | undefined; trivy: string | undefined }): void {
  const peers = peersOf({ ...(options.syft === undefined ? {} : { syft: options.syft }), ...(options.trivy === undefined ? {} : { trivy: options.trivy }) });
  if (peers.length === 0) throw new Error('bench catalogue-peers needs --syft COMMAND or --trivy COMMAND.');
  const names = readdirSync(options.images).filter((name) => existsSync(join(options.images, name, 'index.json')) && (options.only ?? name) === name);
  if (names.length === 0) throw new Error(`${options.images} holds no OCI layouts.`);
  const folder = options.documents ?? mkdtempSync(join(tmpdir(), 'esscm-catalogue-peers-'));
  try {
    for (const name of names) compareImage(join(options.images, name), name, folder, peers);
  } finally {
    if (options.documents === undefined) rmSync(folder, { recursive: true });
  }
}

function compareImage(layout: string, image: string, folder: string, peers: readonly Peer[]): void {
  const document = (scanner: string): string => join(folder, `${image}.${scanner}.json`);
  const ours = scanned([esscm, 'scan', `oci:${layout}`, '--format', 'cyclonedx-json', '--output', document('ours')], document('ours'));
  const unidentified = readUnidentified(document('ours'));
  for (const peer of peers) {
    const output = document(peer.name);
    if (!existsSync(output)) peer.prepare?.(output);
    report(image, peer, { ours, theirs: scanned(peer.scan(layout, output), output), unidentified });
  }
}

/** Components that a command writes to a file, or wrote earlier. */
function scanned([command = '', ...parameters]: readonly string[], output: string): readonly NamedComponent[] {
  if (!existsSync(output)) {
    const { stderr } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (!existsSync(output)) throw new Error(`${command} wrote no document: ${stderr.slice(-500)}`);
  }
  return readComponents(output);
}

interface Scans {
  readonly ours: readonly NamedComponent[];
  readonly theirs: readonly NamedComponent[];
  readonly unidentified: ReadonlySet<string>;
}

function report(image: string, peer: Peer, { ours, theirs, unidentified }: Scans): void {
  const ourKeys = Map.groupBy(ours, ({ key }) => key);
  const theirKeys = Map.groupBy(theirs, ({ key }) => key);
  const differences: Difference[] = [
    ...[...ourKeys].filter(([key]) => !theirKeys.has(key)).map(([, found]): Difference => ({ who: 'only ours', component: joined(found), all: theirs, unidentified })),
    ...[...theirKeys].filter(([key]) => !ourKeys.has(key)).map(([, found]): Difference => ({ who: 'only theirs', component: joined(found), all: ours, unidentified })),
  ];
  const count = (who: Difference['who'], ecosystem: string): number => differences.filter((difference) => difference.who === who && difference.component.ecosystem === ecosystem).length;
  const ecosystems = [...new Set([...ours, ...theirs].map(({ ecosystem }) => ecosystem))].toSorted();
  console.log(`\n${image}, ${peer.name} ${peer.version}: components ours ${ours.length}, theirs ${theirs.length}`);
  console.table(
    Object.fromEntries(
      ecosystems.map((ecosystem) => [
        ecosystem,
        {
          both: [...ourKeys].filter(([key, [first]]) => theirKeys.has(key) && first?.ecosystem === ecosystem).length,
          'only ours': count('only ours', ecosystem),
          'only theirs': count('only theirs', ecosystem),
        },
      ]),
    ),
  );
  const classes = Map.groupBy(differences, (difference) => `${difference.who}: ${classOfDifference(difference, peer.name) ?? `${difference.component.ecosystem} NOT EXPLAINED`}`);
  for (const [name, found] of [...classes].toSorted(([, one], [, other]) => other.length - one.length)) {
    const isExplained = !name.endsWith('NOT EXPLAINED');
    console.log(`  ${String(found.length).padStart(6)} ${name}`);
    for (const { component } of found.slice(0, isExplained ? examples : found.length)) console.log(`           ${component.packageUrl ?? component.name} ${component.foundBy} ${component.paths.slice(0, 2).join(' ')}`);
    if (!isExplained) process.exitCode = 1;
  }
}

/** The same package in several places, as one. */
function joined(found: readonly NamedComponent[]): NamedComponent {
  const [first] = found;
  if (first === undefined) throw new Error('A group holds at least one component.');
  return { ...first, paths: found.flatMap(({ paths }) => paths) };
}
