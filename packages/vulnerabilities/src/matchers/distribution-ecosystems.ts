import type { MatchDistribution } from './match-input.js';
import { streamOfContentSets, streamOfProduct } from './minor-releases.js';

/** Advisories to ask for the packages of one distribution. */
export interface EcosystemToAsk {
  /** A name that holds `*` stands for all that begin and end so. */
  readonly ecosystem: string;
  /** What its records call a package by. */
  readonly by: 'source' | 'binary' | 'source-and-binary';
  readonly role: EcosystemRole;
  /** The stream of Enterprise Linux the image stays on (`eus:9.4`). */
  readonly stream?: string;
}

/**
 * `own`: the distribution's. `subscription`: its fixes are for subscribers, asked when `own` does not know a vulnerability.
 * `disclosure`: what the distribution it is rebuilt from says of the same sources; `unannounced`: what the distribution itself says
 * beside its notices. Both count only where `own` is silent.
 */
export type EcosystemRole = 'own' | 'subscription' | 'disclosure' | 'unannounced';

/** Where advisories for the packages of one distribution are, and what their silence means. */
export interface DistributionEcosystems {
  readonly ecosystems: readonly EcosystemToAsk[];
  /** The data states unfixed and not affected too, so that silence means not affected. */
  readonly complete: boolean;
  /** The same, once the database has this ecosystem. */
  readonly completeWith?: string;
  /** The data states nothing of vulnerabilities that have no fix yet; with a name, as long as the database lacks that ecosystem. */
  readonly listsFixesOnly?: true | string;
  /** What `listsFixesOnly` names is known as far as its source was asked about each vulnerability. */
  readonly asksOneByOne?: true;
}

/** What the CVE explorer of Amazon Linux says; a release follows. */
export const amazonExplorer = 'Amazon Linux:explorer';

const debianReleases: Readonly<Record<string, string>> = {
  wheezy: '7', jessie: '8', stretch: '9', buster: '10', bullseye: '11', bookworm: '12', trixie: '13', forky: '14', duke: '15', sid: 'sid',
};

/** Undefined when no source speaks of the distribution; its packages are then not judged. */
export function distributionEcosystems(distribution: MatchDistribution): DistributionEcosystems | undefined {
  const version = distribution.versionId ?? '';
  const major = version.split('.', 1)[0] ?? '';
  switch (distribution.id) {
    case 'debian':
    case 'raspbian': {
      const release = debianRelease(distribution);
      if (release === undefined) return undefined;
      // OSV files unstable under the release that testing will become; the tracker names it.
      const releases = release === 'sid' ? ['sid', debianReleases['forky']] : [release];
      return { ecosystems: releases.map((each) => ({ ecosystem: `Debian:${each}`, by: 'source', role: 'own' })), complete: true };
    }
    case 'ubuntu': {
      const release = isLongTermSupport(version) ? `${version}:LTS` : version;
      return {
        ecosystems: [
          { ecosystem: `Ubuntu:${release}`, by: 'source', role: 'own' },
          { ecosystem: `Ubuntu:Pro:${release}`, by: 'source', role: 'subscription' },
        ],
        complete: true,
      };
    }
    case 'alpine':
    case 'postmarketos':
      return { ecosystems: [{ ecosystem: `Alpine:${alpineBranch(distribution)}`, by: 'source', role: 'own' }], complete: true, listsFixesOnly: true };
    case 'wolfi':
    case 'chainguard':
      return { ecosystems: ['Wolfi', 'Chainguard'].map((ecosystem) => ({ ecosystem, by: 'source-and-binary', role: 'own' })), complete: true };
    case 'minimos':
      return { ecosystems: [{ ecosystem: 'MinimOS', by: 'source-and-binary', role: 'own' }], complete: false };
    case 'rhel':
    case 'centos':
    case 'scientific':
      return { ecosystems: redHat(major, redHatStream(distribution)), complete: false, completeWith: `Red Hat:enterprise_linux:${major}`, listsFixesOnly: `Red Hat:enterprise_linux:${major}` };
    case 'almalinux':
      return rebuilt({ ecosystem: `AlmaLinux:${major}`, by: 'binary', role: 'own' }, major);
    case 'rocky':
      return rebuilt({ ecosystem: `Rocky Linux:${major}`, by: 'source', role: 'own' }, major);
    case 'ol':
      return fixesOnly(`Oracle Linux:${major}`, 'binary');
    case 'amzn':
      return amazon(amazonRelease(version));
    case 'opensuse-leap':
      return fixesOnly(`openSUSE:Leap ${version}`, 'binary');
    case 'opensuse-tumbleweed':
      return fixesOnly('openSUSE:Tumbleweed', 'binary');
    case 'sles':
    case 'sle_hpc':
      return fixesOnly(`SUSE:Linux Enterprise*${version.replace('.', ' SP')}`, 'binary');
    case 'azurelinux':
    case 'mariner':
      return { ecosystems: [{ ecosystem: `Azure Linux:${major}`, by: 'source', role: 'own' }], complete: false };
    case 'openEuler':
      return fixesOnly(`openEuler:${version}${openEulerEdition(distribution)}`, 'source');
    case 'mageia':
      return fixesOnly(`Mageia:${major}`, 'source');
    case 'photon':
      return { ecosystems: [{ ecosystem: `Photon OS:${version}`, by: 'source-and-binary', role: 'own' }], complete: false };
    default:
      return undefined;
  }
}

/** The number of a Debian release, or `sid`; testing and unstable name none, only their codename. */
function debianRelease(distribution: MatchDistribution): string | undefined {
  const [major = ''] = (distribution.versionId ?? '').split('.', 1);
  return major === '' ? debianReleases[distribution.codename ?? ''] : major;
}

/** The number of a Debian codename. */
export function debianReleaseOfCodename(codename: string): string | undefined {
  return debianReleases[codename];
}

/** `v3.19`, or `edge` for development snapshots. */
function alpineBranch(distribution: MatchDistribution): string {
  const version = distribution.versionId ?? '';
  const [, branch] = /^v?(\d+\.\d+)/.exec(version) ?? [];
  if (branch === undefined || version.includes('_alpha')) return 'edge';
  return `v${distribution.id === 'postmarketos' ? (postmarketBranches[branch] ?? branch) : branch}`;
}

/** Releases of postmarketOS are named by their month; each stands on one of Alpine. */
const postmarketBranches: Readonly<Record<string, string>> = {
  '22.06': '3.16', '22.12': '3.17', '23.06': '3.18', '23.12': '3.19', '24.06': '3.20', '24.12': '3.21', '25.06': '3.22', '25.12': '3.23',
};

/** `1`, `2` or `2023`: the first edition numbers its releases by month (2018.03), later ones add the day of the image. */
export function amazonRelease(version: string): string {
  const [major = ''] = version.split('.', 1);
  return /^201\d$/.test(major) ? '1' : major;
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

/** Red Hat's statements are filed under the release, by package and by source package; OSV files fixes under its repositories. */
function redHat(major: string, stream: string | undefined): EcosystemToAsk[] {
  const repositories = ['baseos', 'appstream', 'crb', 'server', 'client', 'workstation', 'computenode'];
  return [
    { ecosystem: `Red Hat:enterprise_linux:${major}`, by: 'source-and-binary', role: 'own', ...(stream === undefined ? {} : { stream }) },
    ...repositories.map((repository): EcosystemToAsk => ({ ecosystem: `Red Hat:enterprise_linux:${major}::${repository}`, by: 'binary', role: 'own' })),
    { ecosystem: `Red Hat:rhel_els:${major}`, by: 'binary', role: 'subscription' },
  ];
}

function redHatStream({ contentSets, productCpe = '', versionId = '' }: MatchDistribution): string | undefined {
  return contentSets === undefined ? streamOfProduct(productCpe) : streamOfContentSets(contentSets, versionId);
}

function rebuilt(own: EcosystemToAsk, major: string): DistributionEcosystems {
  return { ecosystems: [own, { ecosystem: `Red Hat:enterprise_linux:${major}`, by: 'source-and-binary', role: 'disclosure' }], complete: false, listsFixesOnly: `Red Hat:enterprise_linux:${major}` };
}

function fixesOnly(ecosystem: string, by: EcosystemToAsk['by']): DistributionEcosystems {
  return { ecosystems: [{ ecosystem, by, role: 'own' }], complete: false, listsFixesOnly: true };
}

/** Notices by package, what has no notice by source package; that is known only of vulnerabilities that were asked about. */
function amazon(release: string): DistributionEcosystems {
  const unannounced = `${amazonExplorer}:${release}`;
  return {
    ecosystems: [
      { ecosystem: `Amazon Linux:${release}`, by: 'binary', role: 'own' },
      { ecosystem: unannounced, by: 'source', role: 'unannounced' },
    ],
    complete: false,
    listsFixesOnly: unannounced,
    asksOneByOne: true,
  };
}

/** `-LTS-SP3`; every edition of the release where os-release names none. */
function openEulerEdition({ prettyName }: MatchDistribution): string {
  const [, edition] = /\((LTS(?:-SP\d+)?)\)/.exec(prettyName ?? '') ?? [];
  return edition === undefined ? '*' : `-${edition}`;
}

/** Ubuntu's April releases of even years. */
function isLongTermSupport(version: string): boolean {
  const [, year] = /^(\d+)\.04/.exec(version) ?? [];
  return year !== undefined && Number(year) % 2 === 0;
}
