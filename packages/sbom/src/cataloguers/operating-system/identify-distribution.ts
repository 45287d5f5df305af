import { compareText } from '../../catalogue/compare-text.js';
import type { Distribution } from '../../catalogue.js';
import type { CatalogueView } from '../cataloguer.js';
import type { BuildInformation } from './build-information.js';

/** The assignments of an os-release file, the one line of a release file, or what the build of the image says. */
export type ReleaseFact =
  | BuildInformation
  | { readonly kind: 'os-release'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'line'; readonly text: string };

/** Release files that hold nothing but a version, for images without os-release. */
const versionFiles = [
  { path: 'etc/alpine-release', id: 'alpine', pattern: /^[0-9][0-9A-Za-z._]*$/ },
  { path: 'etc/debian_version', id: 'debian', pattern: /^[0-9]+(?:\.[0-9]+)*$/ },
] as const;

/** Release files of rpm distributions, the specific before those that several ship, for images without os-release. */
export const releaseFiles = ['oracle', 'centos', 'almalinux', 'rocky', 'fedora', 'redhat', 'system'].map((name) => `etc/${name}-release`);

/** What they call themselves, as `CentOS release 6.10 (Final)`; the ids are those of os-release. */
const releaseNames = [
  { id: 'rhel', pattern: /^Red Hat Enterprise Linux/ },
  { id: 'centos', pattern: /^CentOS/ },
  { id: 'ol', pattern: /^Oracle Linux/ },
  { id: 'almalinux', pattern: /^AlmaLinux/ },
  { id: 'rocky', pattern: /^Rocky Linux/ },
  { id: 'fedora', pattern: /^Fedora/ },
  { id: 'amzn', pattern: /^Amazon Linux/ },
  { id: 'scientific', pattern: /^Scientific Linux/ },
] as const;

/** The distribution of the final view, with the repositories its packages are from where the image says them. */
export function identifyDistribution(view: CatalogueView<ReleaseFact>): Distribution | undefined {
  const distribution = releaseOf(view);
  const builds = view.files.flatMap(({ fact }) => (fact.kind === 'build' ? [fact] : []));
  const contentSets = [...new Set(builds.flatMap((build) => build.contentSets))].sort(compareText);
  const productCpe = builds.find((build) => build.productCpe !== undefined)?.productCpe;
  if (distribution === undefined) return undefined;
  return { ...distribution, ...(contentSets.length === 0 ? {} : { contentSets }), ...(productCpe === undefined ? {} : { productCpe }) };
}

/**
 * Tells the distribution: `/etc/os-release`, else `/usr/lib/os-release` (os-release(5) in that order),
 * else a release file: one that only one distribution has, or one that names it.
 */
function releaseOf(view: CatalogueView<ReleaseFact>): Distribution | undefined {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    const fact = view.file(path)?.fact;
    if (fact?.kind === 'os-release') return fromOsRelease(fact.fields);
  }
  for (const { path, id, pattern } of versionFiles) {
    const fact = view.file(path)?.fact;
    if (fact?.kind === 'line' && pattern.test(fact.text)) {
      // Debian counts point releases that os-release leaves out of VERSION_ID.
      const versionId = id === 'debian' ? (fact.text.split('.')[0] ?? fact.text) : fact.text;
      return { id, idLike: [], versionId };
    }
  }
  for (const path of releaseFiles) {
    const fact = view.file(path)?.fact;
    const found = fact?.kind === 'line' ? fromReleaseLine(fact.text) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromReleaseLine(line: string): Distribution | undefined {
  const id = releaseNames.find(({ pattern }) => pattern.test(line))?.id;
  const [, versionId] = / release ([0-9]+(?:\.[0-9]+)*)/.exec(line) ?? [];
  return id === undefined || versionId === undefined ? undefined : { id, idLike: [], versionId, prettyName: line.split('\n', 1)[0] ?? line };
}

/** The facts of an os-release file; a missing ID is `linux`, as os-release(5) says. */
export function fromOsRelease(fields: Readonly<Record<string, string>>): Distribution {
  const optional = {
    versionId: fields['VERSION_ID'],
    codename: fields['VERSION_CODENAME'] ?? fields['UBUNTU_CODENAME'],
    prettyName: fields['PRETTY_NAME'],
  };
  return {
    id: (fields['ID'] || 'linux').toLowerCase(),
    idLike: (fields['ID_LIKE'] ?? '').split(/\s+/).filter((id) => id !== ''),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== '')),
  };
}
