import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of which each has its own version of most programs, and the archive of each. */
const suites = [
  ['bullseye', 'debian'],
  ['bookworm', 'debian'],
  ['bookworm-security', 'debian-security'],
  ['bookworm-backports', 'debian'],
  ['trixie', 'debian'],
  ['sid', 'debian'],
] as const;

const milliseconds = { list: 120_000, packages: 600_000 } as const;

interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

/**
 * Downloads packages of several suites of Debian with the machine's own apt, from the mirror it uses, without touching its lists.
 * What a suite does not have is passed over, and so is a suite that the mirror does not have. Lists and packages that the
 * folder has already are taken as they are.
 */
export function downloadDebianPackages(names: readonly string[], folder: string): readonly DebianPackage[] {
  const targets = execFileSync('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'], { encoding: 'utf8' });
  return suites.flatMap(([suite, archive]) => {
    const mirror = targets.split('\n').find((uri) => uri.replace(/\/$/, '').endsWith(`/${archive}`));
    if (mirror === undefined) throw new Error(`apt knows no mirror of ${archive}.`);
    const work = join(folder, suite);
    const lists = join(work, 'lists');
    const packages = join(work, 'packages');
    for (const path of [join(lists, 'partial'), packages]) mkdirSync(path, { recursive: true });
    writeFileSync(join(work, 'sources.list'), `deb [trusted=yes check-valid-until=no] ${mirror} ${suite} main\n`);
    const options = [`Dir::Etc::sourcelist=${work}/sources.list`, 'Dir::Etc::sourceparts=-', `Dir::State::lists=${lists}`, 'Dir::State::status=/dev/null', 'Acquire::Languages=none', 'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false', `Dir::Cache=${work}`].flatMap((option) => ['-o', option]);
    const isListed = readdirSync(lists).some((file) => file.includes('_Packages'));
    if (!isListed && spawnSync('apt-get', [...options, 'update', '-qq', '--error-on=any'], { timeout: milliseconds.list }).status !== 0) return [];
    const listed = kept(join(work, 'available'), () => spawnSync('apt-cache', [...options, 'dumpavail'], { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 }).stdout.replaceAll(/^(?!Package:|Version:).+\n/gm, ''));
    const available = new Map([...listed.matchAll(/^Package: (?<name>.*)\n(?:.+\n)*?Version: (?<version>.*)$/gm)].map(({ groups }) => [groups?.['name'] ?? '', groups?.['version'] ?? '']));
    const wanted = [...new Set(names)].filter((name) => available.has(name));
    const missing = wanted.filter((name) => fileOf(packages, name) === undefined);
    if (missing.length > 0) spawnSync('apt-get', [...options, 'download', '-qq', ...missing], { cwd: packages, timeout: milliseconds.packages });
    return wanted.flatMap((name): readonly DebianPackage[] => {
      const file = fileOf(packages, name);
      return file === undefined || !bringsProgram(file) ? [] : [{ name, version: available.get(name) ?? '', file }];
    });
  });
}

function fileOf(folder: string, name: string): string | undefined {
  const file = existsSync(folder) ? readdirSync(folder).find((candidate) => candidate.startsWith(`${name}_`) && candidate.endsWith('.deb')) : undefined;
  return file === undefined ? undefined : join(folder, file);
}

/** Packages that only draw in others, as their programs moved, are there for the sake of upgrades. */
function bringsProgram(file: string): boolean {
  const listing = kept(`${file}.contents`, () => spawnSync('dpkg-deb', ['--contents', file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout);
  return /^-\S+\s+\S+\s+\d{4,}\s.*\/(?:s?bin|lib[^/]*|lib\/.*)\/[^/\n]+$/m.test(listing);
}

/** A text that is made once, and read from a file from then on. */
function kept(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make());
  return readFileSync(file, 'utf8');
}

/** The version of the software in that of a Debian package: without epoch, `+really`, and what Debian adds. */
export function upstreamVersion(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/^.*\+really/, '')
    .replace(/[-+~](?!rc|beta)[^-]*(?:-.*)?$/, '')
    .replace(/\.dfsg.*$/, '');
}
