import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of which each has its own version of most programs, and the archive of each. */
const suites = [
  ['bullseye', 'debian'],
  ['bookworm', 'debian'],
  ['bookworm-security', 'debian-security'],
  ['bookworm-backports', 'debian'],
  ['trixie', 'debian'],
] as const;

interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

/**
 * Downloads packages of several suites of Debian with the machine's own apt, from the mirror it uses, without touching its lists.
 * What a suite does not have is passed over, and so is a suite that the mirror does not have.
 */
export function downloadDebianPackages(names: readonly string[], folder: string): readonly DebianPackage[] {
  const targets = execFileSync('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'], { encoding: 'utf8' });
  return suites.flatMap(([suite, archive]) => {
    const mirror = targets.split('\n').find((uri) => uri.replace(/\/$/, '').endsWith(`/${archive}`));
    if (mirror === undefined) throw new Error(`apt knows no mirror of ${archive}.`);
    const work = join(folder, suite);
    for (const name of ['lists/partial', 'packages']) mkdirSync(join(work, name), { recursive: true });
    writeFileSync(join(work, 'sources.list'), `deb [trusted=yes check-valid-until=no] ${mirror} ${suite} main\n`);
    const options = [`Dir::Etc::sourcelist=${work}/sources.list`, 'Dir::Etc::sourceparts=-', `Dir::State::lists=${work}/lists`, 'Dir::State::status=/dev/null', 'Acquire::Languages=none', `Dir::Cache=${work}`].flatMap((option) => ['-o', option]);
    if (spawnSync('apt-get', [...options, 'update', '-qq', '--error-on=any']).status !== 0) return [];
    const available = spawnSync('apt-cache', [...options, 'dumpavail'], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 }).stdout;
    const known = new Set([...available.matchAll(/^Package: (.*)$/gm)].map(([, name]) => name));
    const packages = join(work, 'packages');
    spawnSync('apt-get', [...options, 'download', '-qq', ...names.filter((name) => known.has(name))], { cwd: packages });
    return readdirSync(packages).filter((file) => bringsProgram(join(packages, file))).map((file): DebianPackage => {
      const [name = '', version = ''] = execFileSync('dpkg-deb', ['--show', '--showformat', '${Package}\t${Version}', join(packages, file)], { encoding: 'utf8' }).split('\t');
      return { name, version, file: join(packages, file) };
    });
  });
}

/** Packages that only draw in others, as their programs moved, are there for the sake of upgrades. */
function bringsProgram(file: string): boolean {
  const listing = spawnSync('dpkg-deb', ['--contents', file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout;
  return /^-\S+\s+\S+\s+\d{4,}\s.*\/(?:s?bin|lib[^/]*|lib\/.*)\/[^/\n]+$/m.test(listing);
}

/** The version of the software in that of a Debian package: without epoch, `+really`, and what Debian adds. */
export function upstreamVersion(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/^.*\+really/, '')
    .replace(/[-+~](?!rc|beta)[^-]*(?:-.*)?$/, '')
    .replace(/\.dfsg.*$/, '');
}
