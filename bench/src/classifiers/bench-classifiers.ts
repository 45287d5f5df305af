import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readComponents } from '../catalogue-peers/named-component.js';
import { esscm } from '../command.js';
import { writeStreamedLayout } from '../write-streamed-layout.js';
import { downloadDebianPackages, upstreamVersion } from './debian-packages.js';
import { realPrograms } from './real-programs.js';

/** A package whose files are scanned without it, and the version of the program in it. */
interface Source {
  readonly origin: string;
  readonly version: string;
  /** The files as a tar. */
  readonly tar: readonly [command: string, ...parameters: string[]];
}

/**
 * Scans the files of real packages without their database, one image each, and compares the version that the bytes of the
 * program tell with that of the package. A wrong version, or none, makes the run fail.
 */
export async function benchClassifiers(options: { only: string | undefined }): Promise<void> {
  const chosen = realPrograms.filter(({ names }) => options.only === undefined || names.includes(options.only));
  const work = mkdtempSync(join(tmpdir(), 'esscm-classifiers-'));
  try {
    const downloaded = downloadDebianPackages(chosen.flatMap(({ debian = [] }) => debian), work);
    const rows: Record<string, string | number>[] = [];
    for (const { names, debian = [], npm = [] } of chosen) {
      const sources = [
        ...downloaded.filter(({ name }) => debian.includes(name)).map(({ name, version, file }): Source => ({ origin: `Debian ${name} ${version}`, version: upstreamVersion(version), tar: ['dpkg-deb', '--fsys-tarfile', file] })),
        ...npm.flatMap((specification) => npmSource(specification, work)),
      ];
      const unique = [...new Map(sources.map((source) => [source.origin, source])).values()];
      const found: (readonly string[])[] = [];
      for (const source of unique) found.push(await versionsFound(source, names, work));
      const wrong = unique.flatMap((source, index) => {
        const versions = found[index] ?? [];
        return versions.length > 0 && versions.every((version) => isSame(version, source.version)) ? [] : [`${source.origin}: ${versions.join(', ') || 'none'}`];
      });
      rows.push({ product: names[0] ?? '', packages: unique.length, versions: [...new Set(unique.map(({ version }) => version))].join(' '), right: unique.length - wrong.length, proven: unique.length === 0 ? 'by no package' : wrong.length === 0 ? 'yes' : 'no' });
      for (const line of wrong) console.log(`  ${names[0]}: ${line}`);
      if (wrong.length > 0) process.exitCode = 1;
    }
    console.table(rows);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function npmSource(specification: string, work: string): readonly Source[] {
  const packed = spawnSync('npm', ['pack', '--silent', specification], { cwd: work, encoding: 'utf8' });
  const version = specification.slice(specification.lastIndexOf('@') + 1);
  // Without its package.json it is no package, so that nothing but the program tells what it is.
  return packed.status === 0 ? [{ origin: `npm ${specification}`, version, tar: ['sh', '-c', `gzip -dc '${join(work, packed.stdout.trim())}' | tar --delete --wildcards '*/package.json'`] }] : [];
}

/** What the bytes of the programs tell; notes that Debian's linker puts into them name packages. */
async function versionsFound({ tar: [command, ...parameters] }: Source, names: readonly string[], work: string): Promise<readonly string[]> {
  const layout = join(work, 'layout');
  const output = join(work, 'document.json');
  rmSync(layout, { recursive: true, force: true });
  mkdirSync(layout);
  await writeStreamedLayout(layout, { layers: [() => spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] }).stdout], compress: () => new PassThrough() });
  try {
    execFileSync(esscm, ['scan', `oci:${layout}`, '--format', 'cyclonedx-json', '--output', output], { stdio: 'ignore' });
  } catch (error) {
    // 3: written, and incomplete by its own word.
    if ((error as { readonly status?: number }).status !== 3) throw error;
  }
  return [...new Set(readComponents(output).filter(({ name, ecosystem }) => ecosystem !== 'deb' && names.some((wanted) => name === wanted || name.endsWith(`/${wanted}`))).map(({ version }) => version.replace(/^v/, '')))];
}

/** What programs add to the version that packages have: a patch level of Ruby, a build of Java. */
function isSame(found: string, version: string): boolean {
  return found === version || (found.startsWith(version) && /^(?:p\d|\+\d)/.test(found.slice(version.length)));
}
