import { ecosystemRules } from '../ecosystems/ecosystems.js';
import { languageEcosystem } from '../matchers/look-ups.js';
import type { MatchComponent, MatchDistribution } from '../matchers/match-input.js';
import { parsePackageUrl } from '../matchers/package-url.js';
import type { PackageUrlParts } from '../matchers/package-url.js';
import { schemeOfPackageType } from '../matchers/scheme-of-package-type.js';
import { versionSchemes } from '../versions/schemes.js';
import type { VexIdentity } from './vex-document.js';
import type { VexSubject } from './vex-subject.js';
import { rangeHolds } from './version-range.js';

/** How closely a name fits: the more of a version it states, the closer. */
const versionPrecision = { any: 1, range: 2, exact: 3 } as const;
/** How closely a name fits an image. */
export const imagePrecision = { name: 1, repository: 2, tag: 3, digest: 4 } as const;

/** How well an identity names a component; undefined when it names another one. */
export function matchComponentIdentity(identity: VexIdentity, component: MatchComponent): number | undefined {
  let best: number | undefined;
  for (const text of identity.packageUrls) {
    const precision = matchPackageUrl(text, identity.versions, component);
    if (precision !== undefined && (best === undefined || precision > best)) best = precision;
  }
  return best;
}

function matchPackageUrl(text: string, versions: string | undefined, component: MatchComponent): number | undefined {
  const wanted = parsePackageUrl(text);
  const found = parsePackageUrl(component.packageUrl);
  if (wanted === undefined || found === undefined) return undefined;
  if (wanted.qualifiers.get('arch') === 'src' && wanted.type === 'rpm') return matchSourcePackage(wanted, component);
  if (packageName(wanted) !== packageName(found) || !qualifiersHold(wanted, found)) return undefined;
  if (wanted.version !== '') return comparable(wanted) === comparable(found) ? versionPrecision.exact : undefined;
  if (versions === undefined) return versionPrecision.any;
  return rangeHolds(versions, component.version, schemeOfPackageType(component.ecosystem)) ? versionPrecision.range : undefined;
}

/** A source package names what was built from it. */
function matchSourcePackage(wanted: PackageUrlParts, component: MatchComponent): number | undefined {
  const source = component.source ?? component;
  if (component.ecosystem !== 'rpm' || wanted.name !== source.name) return undefined;
  if (wanted.version === '') return versionPrecision.any;
  return wanted.version === source.version.replace(/^\d+:/, '') ? versionPrecision.exact : undefined;
}

/** Names that mean the same are made equal: of Python by PEP 503, of Red Hat's packages by either of its names. */
function packageName(parts: PackageUrlParts): string {
  const namespace = parts.type === 'rpm' && parts.namespace === 'rhel' ? 'redhat' : parts.namespace;
  const name = namespace === '' ? parts.name : `${namespace}/${parts.name}`;
  const ecosystem = languageEcosystem({ ecosystem: parts.type });
  return `${parts.type}:${ecosystem === undefined ? name : ecosystemRules(ecosystem).normaliseName(name)}`;
}

/** Go writes a `v` that other tools leave out; rpm keeps its epoch in a qualifier. */
function comparable(parts: PackageUrlParts): string {
  if (parts.type === 'golang') return parts.version.replace(/^v/, '');
  return parts.type === 'rpm' ? `${parts.qualifiers.get('epoch') ?? '0'}:${parts.version.replace(/^\d+:/, '')}` : parts.version;
}

/** Every qualifier a statement gives must hold; those that say where a package comes from, and not what it is, are left alone. */
function qualifiersHold(wanted: PackageUrlParts, found: PackageUrlParts): boolean {
  for (const [key, value] of wanted.qualifiers) {
    if (key === 'epoch' || key === 'upstream' || key.endsWith('_url')) continue;
    const own = found.qualifiers.get(key);
    if (key === 'distro' ? own === undefined || !(own === value || own.startsWith(`${value}.`)) : own !== value) return false;
  }
  return true;
}

/** How well an identity names an image; undefined when it names another one. */
export function matchImageIdentity(identity: VexIdentity, image: NonNullable<VexSubject['image']>): number | undefined {
  if (identity.digests.length > 0) return identity.digests.some((digest) => image.digests.includes(digest)) ? imagePrecision.digest : undefined;
  if (identity.versions !== undefined && (image.tag === undefined || !rangeHolds(identity.versions, image.tag, versionSchemes.semver))) return undefined;
  let best: number | undefined;
  for (const text of identity.packageUrls) {
    const precision = matchImagePackageUrl(text, image);
    if (precision !== undefined && (best === undefined || precision > best)) best = precision;
  }
  return best ?? matchReference(identity.name, image);
}

function matchImagePackageUrl(text: string, image: NonNullable<VexSubject['image']>): number | undefined {
  const parts = parsePackageUrl(text);
  if (parts === undefined || (parts.type !== 'oci' && parts.type !== 'docker')) return undefined;
  const isDigest = parts.version.startsWith('sha256:');
  if (isDigest) return image.digests.includes(parts.version) ? imagePrecision.digest : undefined;
  const tag = parts.qualifiers.get('tag') ?? (parts.version === '' ? undefined : parts.version);
  if (tag !== undefined && tag !== image.tag) return undefined;
  const repository = parts.qualifiers.get('repository_url');
  const path = parts.namespace === '' ? parts.name : `${parts.namespace}/${parts.name}`;
  const name = canonicalName(image.name);
  if (repository === undefined && parts.type === 'oci') return name.endsWith(`/${parts.name}`) || name === parts.name ? imagePrecision.name : undefined;
  const candidates = [repository ?? 'docker.io', `${repository ?? 'docker.io'}/${path}`].map(canonicalName);
  if (!candidates.includes(name)) return undefined;
  return tag === undefined ? imagePrecision.repository : imagePrecision.tag;
}

/** A name as it is typed for a pull: `registry/repository[:tag]`. */
function matchReference(text: string | undefined, image: NonNullable<VexSubject['image']>): number | undefined {
  if (text === undefined || text.startsWith('pkg:')) return undefined;
  if (canonicalName(text) === canonicalName(image.name)) return imagePrecision.repository;
  return image.tag !== undefined && canonicalName(text) === canonicalName(`${image.name}:${image.tag}`) ? imagePrecision.tag : undefined;
}

/** Docker Hub goes by several names. */
function canonicalName(name: string): string {
  const plain = name.toLowerCase().replace(/^https?:\/\//, '').replace(/\/$/, '').replace(/^(?:index|registry-1)\.docker\.io\//, 'docker.io/');
  return /^docker\.io\/[^/]+$/.test(plain) ? plain.replace('docker.io/', 'docker.io/library/') : plain;
}

/** Vendor and product of operating systems in CPE names, by the id of os-release. */
const systems: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  rhel: ['redhat:enterprise_linux'],
  debian: ['debian:debian_linux'],
  ubuntu: ['canonical:ubuntu_linux'],
  alpine: ['alpinelinux:alpine_linux'],
  amzn: ['amazon:linux', 'amazon:amazon_linux'],
  ol: ['oracle:linux'],
  rocky: ['rocky:rocky_linux', 'resf:rocky_linux'],
  almalinux: ['almalinux:almalinux'],
  sles: ['suse:sles', 'suse:linux_enterprise_server'],
  'opensuse-leap': ['opensuse:leap'],
  fedora: ['fedoraproject:fedora'],
}));

/** Whether an identity names the distribution of the image by a CPE, such as `cpe:/a:redhat:enterprise_linux:9::appstream`. */
export function matchDistributionIdentity(identity: VexIdentity, distribution: MatchDistribution): boolean {
  const names = systems.get(distribution.id) ?? [];
  return identity.cpes.some((cpe) => {
    const [, rest = ''] = /^cpe:(?:\/[aho]|2\.3:[aho]):(.+)$/i.exec(cpe) ?? [];
    const [vendor = '', product = '', version = ''] = rest.split(':');
    if (!names.includes(`${vendor}:${product}`)) return false;
    const own = distribution.versionId ?? '';
    return version === '' || version === '*' || version === '-' || own === version || own.startsWith(`${version}.`);
  });
}
