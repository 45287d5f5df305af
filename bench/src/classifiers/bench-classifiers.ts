import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readComponents } from '../catalogue-peers/named-component.js';
import { esscm } from '../command.js';
import { peersOf, type Peer } from '../goals/peers.js';
import { writeStreamedLayout } from '../write-streamed-layout.js';
import { downloadDebianPackages, upstreamVersion } from './debian-packages.js';
import { realPrograms } from './real-programs.js';
import { unpackPackages } from './registry-packages.js';

/** A package whose files are scanned without it, and the version of the program in it. */
interface Source {
  readonly origin: string;
  readonly version: string;
  /** The files as a tar. */
  readonly tar: readonly [command: string, ...parameters: string[]];
}

/** Longest time for a scan of one package. */
const milliseconds = 600_000;

/**
 * Scans the files of real packages without their database, one image each, and compares the version that the bytes of the
 * program tell with that of the package. A wrong version, or none, makes the run fail.
 * @param options `only`: names of products; `downloads`: keeps packages for the next run; `syft`: asked about the same images
 */
export async function benchClassifiers(options: { only: string | undefined; downloads: string | undefined; syft: string | undefined }): Promise<void> {
  const asked = options.only?.split(',');
  const chosen = realPrograms.filter(({ names }) => asked === undefined || names.some((name) => asked.includes(name)));
  const work = mkdtempSync(join(tmpdir(), 'esscm-classifiers-'));
  const downloads = options.downloads ?? work;
  const peer = options.syft === undefined ? undefined : peersOf({ syft: options.syft })[0];
  try {
    const debianPackages = downloadDebianPackages(chosen.flatMap(({ debian = [] }) => debian), downloads);
    const rows: Record<string, string | number>[] = [];
    for (const { names, debian = [], npm = [], pypi = [], says = {}, silent = [] } of chosen) {
      const sources = [
        ...debianPackages.filter(({ name }) => debian.includes(name)).map(({ name, version, file }): Source => ({ origin: `Debian ${name} ${version}`, version: upstreamVersion(version), tar: ['dpkg-deb', '--fsys-tarfile', file] })),
        ...unpackPackages('npm', npm, downloads).map(({ specification, version, folder }) => folderSource(`npm ${specification}`, version, folder)),
        ...unpackPackages('pypi', pypi, downloads).map(({ specification, version, folder }) => folderSource(`PyPI ${specification}`, version, folder)),
      ];
      const unique = [...new Map(sources.map((source) => [source.origin, source])).values()];
      let right = 0;
      let untold = 0;
      let rightOfPeer = 0;
      for (const source of unique) {
        const layout = await layoutOf(source, work);
        const ours = versionsIn([esscm, 'scan', `oci:${layout}`, '--format', 'cyclonedx-json', '--output', join(work, 'ours.json')], join(work, 'ours.json'), names);
        const theirs = peer === undefined ? [] : askPeer(peer, layout, join(work, 'theirs.json'), names);
        const expected = says[source.version] ?? source.version;
        const [isRight, isRightOfPeer] = [ours, theirs].map((versions) => versions.length > 0 && versions.every((version) => isSame(version, expected)));
        const isUntold = ours.length === 0 && silent.some((beginning) => source.origin.startsWith(beginning));
        if (isRight === true) right += 1;
        if (isUntold) untold += 1;
        if (isRightOfPeer === true) rightOfPeer += 1;
        if ((isRight !== true && !isUntold) || (peer !== undefined && isRightOfPeer !== true)) console.log(`  ${source.origin}, ${source.version}: ${told(ours)}${peer === undefined ? '' : `; syft ${told(theirs)}`}`);
      }
      rows.push({
        product: names[0] ?? '',
        packages: unique.length,
        versions: [...new Set(unique.map(({ version }) => version))].join(' '),
        right,
        'say none': untold,
        ...(peer === undefined ? {} : { 'right by syft': rightOfPeer }),
        proven: unique.length === 0 ? 'by no package' : right + untold < unique.length ? 'no' : right > 0 ? 'yes' : 'by no package',
      });
      console.log(`${names[0]}: ${right} of ${unique.length - untold}`);
      if (right + untold < unique.length) process.exitCode = 1;
    }
    console.table(rows);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function folderSource(origin: string, version: string, folder: string): Source {
  // Without these records it is no package, so that nothing but the program tells what it is.
  return { origin, version, tar: ['tar', '--exclude=package.json', '--exclude=*.dist-info', '-C', folder, '-cf', '-', '.'] };
}

async function layoutOf({ tar: [command, ...parameters] }: Source, work: string): Promise<string> {
  const layout = join(work, 'layout');
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(layout);
  await writeStreamedLayout(layout, { layers: [() => spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] }).stdout], compress: () => new PassThrough() });
  return layout;
}

function askPeer(peer: Peer, layout: string, output: string, names: readonly string[]): readonly string[] {
  peer.prepare?.(output);
  return versionsIn(peer.scan(layout, output), output, names);
}

/** What the bytes of the programs tell, by a scanner that writes a document; notes that Debian's linker puts into them name packages. */
function versionsIn([command = '', ...parameters]: readonly string[], output: string, names: readonly string[]): readonly string[] {
  rmSync(output, { force: true });
  const { status } = spawnSync(command, parameters, { stdio: 'ignore', timeout: milliseconds });
  // That nothing was told would be another finding.
  if (!existsSync(output)) throw new Error(`${command} wrote no document (${status === null ? `within ${milliseconds / 1000} s` : `status ${status}`}).`);
  return [...new Set(readComponents(output).filter(({ name, ecosystem, version }) => ecosystem !== 'deb' && version !== '' && version !== '(devel)' && names.some((wanted) => name === wanted || name.endsWith(`/${wanted}`))).map(({ version }) => version.replace(/^v/, '')))];
}

function told(versions: readonly string[]): string {
  return versions.join(', ') || 'none';
}

/** What programs add to the version that packages have: a patch level of Ruby or Bash, a build of Java. */
function isSame(found: string, version: string): boolean {
  const added = found.startsWith(version) ? found.slice(version.length) : undefined;
  return added !== undefined && (added === '' || /^(?:p\d|\+\d|-ea\+\d)/.test(added) || (/^\d+\.\d+$/.test(version) && /^\.\d+$/.test(added)));
}
