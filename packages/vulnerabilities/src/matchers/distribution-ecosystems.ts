import type { MatchDistribution } from './match-input.js';

/** Where advisories for the packages of one distribution are, and what their silence means. */
export interface DistributionEcosystems {
  /** OSV ecosystems to ask, in this order. A name ending in `*` stands for all that begin so. */
  readonly ecosystems: readonly string[];
  /** Ecosystems whose fixes need a subscription; asked when `ecosystems` do not know a vulnerability. */
  readonly subscription: readonly string[];
  readonly lookUpBy: 'source' | 'binary' | 'source-and-binary';
  /** The data states unfixed and not affected too, so that silence means not affected. */
  readonly complete: boolean;
}

const debianReleases: Readonly<Record<string, string>> = {
  wheezy: '7', jessie: '8', stretch: '9', buster: '10', bullseye: '11', bookworm: '12', trixie: '13', forky: '14', sid: '14',
};

/** Undefined when no source in OSV speaks of the distribution; its packages are then not judged. */
export function distributionEcosystems(distribution: MatchDistribution): DistributionEcosystems | undefined {
  const version = distribution.versionId ?? '';
  const major = version.split('.', 1)[0] ?? '';
  switch (distribution.id) {
    case 'debian':
    case 'raspbian': {
      const release = major === '' ? debianReleases[distribution.codename ?? ''] : major;
      return release === undefined ? undefined : { ecosystems: [`Debian:${release}`], subscription: [], lookUpBy: 'source', complete: true };
    }
    case 'ubuntu': {
      const release = isLongTermSupport(version) ? `${version}:LTS` : version;
      return { ecosystems: [`Ubuntu:${release}`], subscription: [`Ubuntu:Pro:${release}`], lookUpBy: 'source', complete: true };
    }
    case 'alpine': {
      const [, branch] = /^(\d+\.\d+)/.exec(version) ?? [];
      const rolling = branch === undefined || version.includes('_alpha');
      return { ecosystems: [rolling ? 'Alpine:edge' : `Alpine:v${branch}`], subscription: [], lookUpBy: 'source', complete: true };
    }
    case 'wolfi':
    case 'chainguard':
      return { ecosystems: ['Wolfi', 'Chainguard'], subscription: [], lookUpBy: 'source-and-binary', complete: true };
    case 'almalinux':
      return fixesOnly([`AlmaLinux:${major}`], 'binary');
    case 'rocky':
      return fixesOnly([`Rocky Linux:${major}`], 'source');
    case 'rhel':
    case 'centos':
      return fixesOnly([`Red Hat:enterprise_linux:${major}::baseos`, `Red Hat:enterprise_linux:${major}::appstream`], 'binary');
    case 'opensuse-leap':
      return fixesOnly([`openSUSE:Leap ${version}`], 'binary');
    case 'opensuse-tumbleweed':
      return fixesOnly(['openSUSE:Tumbleweed'], 'binary');
    case 'sles':
    case 'sle_hpc':
      return fixesOnly([`SUSE:Linux Enterprise*${version.replace('.', ' SP')}`], 'binary');
    case 'azurelinux':
    case 'mariner':
      return { ecosystems: [`Azure Linux:${major}`], subscription: [], lookUpBy: 'source', complete: false };
    case 'openEuler':
      return fixesOnly([`openEuler:${version}*`], 'source');
    case 'mageia':
      return fixesOnly([`Mageia:${major}`], 'source');
    case 'photon':
      return fixesOnly([`Photon OS:${version}`], 'source');
    default:
      return undefined;
  }
}

/** The ecosystems of a database that a pattern stands for; `*` stands for any text. */
export function expandEcosystem(pattern: string, known: readonly string[]): string[] {
  return pattern.includes('*') ? known.filter((name) => isEcosystem(pattern, name)) : [pattern];
}

/** True when a pattern, in which `*` stands for any text, or a plain name stands for an ecosystem. */
export function isEcosystem(pattern: string, name: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? pattern === name : name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

function fixesOnly(ecosystems: readonly string[], lookUpBy: DistributionEcosystems['lookUpBy']): DistributionEcosystems {
  return { ecosystems, subscription: [], lookUpBy, complete: false };
}

/** Ubuntu's April releases of even years. */
function isLongTermSupport(version: string): boolean {
  const [, year] = /^(\d+)\.04/.exec(version) ?? [];
  return year !== undefined && Number(year) % 2 === 0;
}
