import { createHash } from 'node:crypto';
import type { Catalogue, CataloguedLayer, Component, Relationship } from '@esscm/sbom';

const layerCount = 60;
const licences = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'GPL-2.0-or-later WITH Classpath-exception-2.0', '(MIT OR Apache-2.0) AND BSD-2-Clause', 'LGPL-2.1-only', 'MPL-2.0'];
/** The libraries that every image of the fleet has, with what the demonstration's advisories say about them. */
const fleetLibraries = [
  ['org.apache.logging.log4j', 'log4j-core', '2.14.1'],
  ['org.apache.logging.log4j', 'log4j-api', '2.14.1'],
  ['org.springframework', 'spring-beans', '5.3.17'],
] as const;

/**
 * An image of as many components as asked for: those of a real catalogue, filled up with libraries named after them, four levels deep, in sixty layers.
 * Another `release` has every tenth library in another version.
 */
export function monolithCatalogue(real: Catalogue, components: number, release: number): Catalogue {
  const layers = Array.from({ length: layerCount }, (_, index) => layerOf(`monolith ${index < layerCount / 2 ? 0 : release} ${index}`, instruction(index), 1_000_000 + index * 230_000));
  const at = (index: number) => ({ layerIndex: index, layerDiffId: layers[index]?.diffId ?? '' });
  const installed = real.components.map((component, index): Component => ({ ...component, locations: [{ path: component.locations[0]?.path ?? '/var/lib/dpkg/status', ...at(index % (layerCount / 2)) }] }));
  const packages = real.components.filter(({ source }) => source !== undefined).map(({ name }) => name);
  const libraries = Array.from({ length: components - installed.length - 1 }, (_, index): Component => {
    const name = `${index % 3 === 0 ? `@${packages[index % 97] ?? 'scope'}/` : ''}${packages[index % packages.length] ?? 'library'}-${index}`;
    const version = `${1 + (index % 9)}.${index % 40}.${index % 10 === 0 ? release : 0}`;
    const licence = licences[index % licences.length] ?? 'MIT';
    return libraryOf(name, version, licence, `/srv/monolith/packages/service-${index % 40}/node_modules/${name}/package.json`, at(layerCount / 2 + (index % (layerCount / 2))));
  });
  const own = libraryOf('monolith', `${release}.0.0`, 'UNLICENSED', '/srv/monolith/package.json', at(layerCount - 1));
  return {
    ...real,
    image: { ...real.image, name: 'fleet/monolith', tag: `${release}.0.0`, digest: digestOf(`monolith ${release}`), layers },
    components: [...installed, ...libraries, own].toSorted(byPackageUrl),
    relationships: dependencies(own, libraries),
  };
}

/**
 * An image whose relations are hard to draw: a service that needs six hundred libraries itself, five hundred of which need one and the same; a ring of
 * four, one of which needs itself, too; and a chain of forty.
 */
export function hubCatalogue(real: Catalogue): Catalogue {
  const layers = ['base', 'hub'].map((text, index) => layerOf(`hub ${text}`, instruction(index), 9_000_000));
  const at = { layerIndex: 1, layerDiffId: layers[1]?.diffId ?? '' };
  const made = (names: readonly string[]): readonly Component[] => names.map((name) => libraryOf(name, '1.0.0', 'MIT', `/srv/hub/node_modules/${name}/package.json`, at));
  const numbered = (name: string, count: number): readonly Component[] => made(Array.from({ length: count }, (_, index) => `${name}-${index}`));
  const own = libraryOf('hub', '1.0.0', 'UNLICENSED', '/srv/hub/package.json', at);
  const [direct, ring, chain, shared] = [numbered('direct', 598), numbered('ring', 4), numbered('chain-of-components-with-a-long-name', 40), made(['@company/needed-by-everybody'])];
  const pairs = (from: readonly Component[], to: readonly Component[]): readonly Relationship[] => from.flatMap((one) => to.map((other): Relationship => ({ from: one.id, to: other.id, kind: 'depends-on' })));
  const inRow = (row: readonly Component[]): readonly Relationship[] => row.flatMap((one, index) => pairs([one], row.slice(index + 1, index + 2)));
  return {
    ...real,
    image: { ...real.image, name: 'fleet/hub', tag: '1.0.0', digest: digestOf('hub'), layers },
    components: [own, ...direct, ...ring, ...chain, ...shared].toSorted(byPackageUrl),
    relationships: [...pairs([own], [...direct, ...ring.slice(0, 1), ...chain.slice(0, 1)]), ...pairs(direct.slice(0, 500), shared), ...inRow([...ring, ...ring.slice(0, 1)]), ...pairs(ring.slice(2, 3), ring.slice(2, 3)), ...inRow(chain)].toSorted(byEnds),
    diagnostics: [],
    unknowns: [],
  };
}

/** One of many small services: three libraries that all have, and one of its own. */
export function fleetCatalogue(real: Catalogue, number: number): Catalogue {
  const layers = ['base', 'libraries', `service ${number}`].map((text, index) => layerOf(`fleet ${text}`, instruction(index), 2_000_000));
  const at = { layerIndex: 1, layerDiffId: layers[1]?.diffId ?? '' };
  const shared = fleetLibraries.map(([group, name, version]): Component => {
    const packageUrl = `pkg:maven/${group}/${name}@${version}`;
    return { id: packageUrl, ecosystem: 'maven', name, version, packageUrl, licences: [{ declared: 'Apache-2.0', spdxExpression: 'Apache-2.0' }], locations: [{ path: `/app/lib/${name}-${version}.jar`, ...at }], cataloguer: 'maven' };
  });
  const own = libraryOf(`service-${number}`, '1.0.0', 'UNLICENSED', '/app/package.json', at);
  return {
    ...real,
    image: { ...real.image, name: `fleet/service-${number}`, tag: '1.0.0', digest: digestOf(`fleet ${number}`), layers },
    components: [...shared, own].toSorted(byPackageUrl),
    relationships: shared.map(({ id }): Relationship => ({ from: own.id, to: id, kind: 'depends-on' })).toSorted(byEnds),
    diagnostics: [],
    unknowns: [],
  };
}

/** The service needs forty libraries itself; each library needs up to six others, and some need one that others need too. */
function dependencies(own: Component, libraries: readonly Component[]): readonly Relationship[] {
  const edge = (from: Component | undefined, to: Component): Relationship => ({ from: from?.id ?? own.id, to: to.id, kind: 'depends-on' });
  const direct = 40;
  return [
    ...libraries.map((library, index) => edge(index < direct ? own : libraries[Math.floor((index - direct) / 6)], library)),
    ...libraries.flatMap((library, index) => (index % 50 === 7 ? [edge(libraries[index % direct], library)] : [])),
  ].toSorted(byEnds);
}

function libraryOf(name: string, version: string, licence: string, path: string, at: { readonly layerIndex: number; readonly layerDiffId: string }): Component {
  const packageUrl = `pkg:npm/${name.replace('@', '%40').replaceAll('+', '%2B')}@${version}`;
  return { id: packageUrl, ecosystem: 'npm', name, version, packageUrl, licences: [{ declared: licence, spdxExpression: licence }], locations: [{ path, ...at }], cataloguer: 'npm' };
}

function layerOf(text: string, createdBy: string, sizeBytes: number): CataloguedLayer {
  return { digest: digestOf(`blob ${text}`), diffId: digestOf(`layer ${text}`), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', sizeBytes, createdBy };
}

/** Some are as long as people write them. */
function instruction(index: number): string {
  if (index === 0) return 'ADD rootfs.tar.xz / # buildkit';
  return index % 7 === 0 ? `RUN set -eux; ${Array.from({ length: 12 }, (_, step) => `apt-get install --yes --no-install-recommends package-${index}-${step}`).join(' && ')}` : `COPY packages/service-${index} /srv/monolith/packages/service-${index}`;
}

function digestOf(text: string): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(`scale ${text}`).digest('hex')}`;
}

function byPackageUrl(one: Component, other: Component): number {
  return one.packageUrl < other.packageUrl ? -1 : 1;
}

function byEnds(one: Relationship, other: Relationship): number {
  return `${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1;
}
