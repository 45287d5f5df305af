import { createHash } from 'node:crypto';
import type { Catalogue, CataloguedLayer, Component, Diagnostic, Relationship } from '@esscm/sbom';
import type { DemoPackages } from './demo-packages.js';
import type { DemoImage } from './demo-plan.js';

type System = DemoPackages['systems'][string];

interface Layer extends CataloguedLayer {
  readonly createdBy: string;
}

/** The catalogue of an image: the packages of its system below, its libraries above. The same image always gives the same. */
export function demoCatalogue(packages: DemoPackages, image: DemoImage, host: string): Catalogue {
  const system = packages.systems[image.system];
  if (system === undefined) throw new Error(`There is no system ${image.system}.`);
  const layers = layersOf(image, system.distribution.prettyName ?? image.system);
  const [base, libraries, application] = layers.map(({ diffId }, layerIndex) => ({ layerDiffId: diffId, layerIndex }));
  if (base === undefined || libraries === undefined || application === undefined) throw new Error('A demonstration image has three layers.');
  const installed = system.packages.map(([name, version, source, sourceVersion]): Component => {
    const packageUrl = systemPackageUrl(system, name, version);
    return { id: packageUrl, ecosystem: system.ecosystem, name, version, packageUrl, ...(source !== undefined && sourceVersion !== undefined && { source: { name: source, version: sourceVersion } }), licences: [], locations: [{ path: databaseOf(system), ...base }], cataloguer: cataloguers[system.ecosystem] ?? system.ecosystem };
  });
  const chosen = (packages.applications[image.application] ?? []).map((library, index): Component => {
    // Every third library is one version ahead in images of odd number, so that two images of one age still differ.
    const generation = Math.min(3, image.generation + (index % 3 === 0 && image.number % 2 === 1 ? 1 : 0));
    const version = library.versions[generation] ?? library.versions[0] ?? '';
    const [group, artifact] = library.ecosystem === 'maven' ? library.name.split(':') : [undefined, library.name];
    const path = library.name.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', '/');
    const packageUrl = `pkg:${library.ecosystem}/${path}@${encodeURIComponent(version)}`;
    return {
      id: packageUrl,
      ecosystem: library.ecosystem,
      name: group === undefined ? library.name : (artifact ?? library.name),
      version,
      packageUrl,
      licences: [{ declared: library.licence, spdxExpression: library.licence }],
      locations: [{ path: fileOf(library.ecosystem, library.name, version, image.repository), ...libraries }],
      cataloguer: library.ecosystem,
    };
  });
  const own = ownComponent(image, application);
  // A base image is built on nothing.
  const baseName = image.application === 'none' ? undefined : `public.ecr.aws/base/${image.system}:${system.distribution.versionId ?? 'latest'}`;
  const components = [...installed, ...chosen, ...(image.application === 'none' ? [] : [own])];
  return {
    formatVersion: 1,
    image: {
      name: `${host}/${image.repository}`,
      tag: image.tag,
      digest: demoDigest(image, host),
      platform: { os: 'linux', architecture: 'amd64' },
      created: new Date(Date.UTC(2026, 5 + image.generation, 1 + (image.number % 27), 9, 12)).toISOString(),
      labels: baseName === undefined ? {} : { 'org.opencontainers.image.base.name': baseName },
      layers,
      ...(baseName !== undefined && { base: { layerCount: 1, name: baseName, knownBy: 'history' } }),
    },
    distribution: withoutUndefined(system.distribution),
    components: components.toSorted((one, other) => (one.packageUrl < other.packageUrl ? -1 : 1)),
    relationships: image.application === 'none' ? [] : relationshipsOf(own, chosen),
    diagnostics: image.outcome === 'partial' ? unreadable : [],
    cataloguers: [{ name: cataloguers[system.ecosystem] ?? system.ecosystem, version: 1 }],
  };
}

const cataloguers: Readonly<Record<string, string>> = { deb: 'dpkg' };

function databaseOf({ ecosystem, distribution }: System): string {
  if (ecosystem === 'rpm') return distribution.versionId?.startsWith('8') === true ? '/var/lib/rpm/Packages' : '/var/lib/rpm/rpmdb.sqlite';
  return ecosystem === 'apk' ? '/lib/apk/db/installed' : '/var/lib/dpkg/status';
}

/** With the epoch where its type has it: in a qualifier for rpm. */
function systemPackageUrl({ ecosystem, distribution }: System, name: string, version: string): string {
  const [, epoch, plain = version] = (ecosystem === 'rpm' && /^(\d+):(.+)$/.exec(version)) || [];
  const qualifiers = [`arch=${ecosystem === 'rpm' ? 'x86_64' : 'amd64'}`, `distro=${distribution.id}-${distribution.versionId ?? ''}`, ...(epoch === undefined ? [] : [`epoch=${epoch}`])];
  return `pkg:${ecosystem}/${distribution.id}/${encodeURIComponent(name)}@${encodeURIComponent(plain)}?${qualifiers.join('&')}`;
}

/** Of the image's manifest: another when it was built anew. */
export function demoDigest({ repository, tag, generation }: DemoImage, host: string): `sha256:${string}` {
  return digestOf(`manifest ${host} ${repository}:${tag} ${generation}`);
}

const unreadable: readonly Diagnostic[] = [
  { code: 'time-limit', severity: 'incomplete', message: 'Go binaries not read: time limit of 60 s reached', path: '/usr/local/bin/agent' },
  { code: 'archive-truncated', severity: 'incomplete', message: 'A Java archive ends early; archives inside it were not read', path: '/app/lib/vendor-bundle.jar' },
];

function layersOf(image: DemoImage, system: string): readonly Layer[] {
  const layer = (text: string, createdBy: string, sizeBytes: number): Layer => ({
    digest: digestOf(`blob ${text}`),
    diffId: digestOf(`layer ${text}`),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    sizeBytes,
    createdBy,
  });
  const steps: Readonly<Record<string, string>> = { spring: 'COPY target/dependency /app/lib', 'java-legacy': 'COPY lib /opt/app/lib', node: 'RUN npm ci --omit=dev', go: 'COPY server /usr/local/bin/server', platform: 'COPY bin /usr/local/bin' };
  return [
    layer(`base ${image.system}`, `ADD rootfs.tar.xz / # ${system}`, 28_200_000),
    layer(`libraries ${image.application} ${image.generation} ${image.number % 2}`, steps[image.application] ?? 'RUN pip install -r requirements.txt', 31_600_000 + image.generation * 4_100_000),
    layer(`application ${image.repository}:${image.tag}`, 'COPY . /app', 2_400_000 + (image.number % 40) * 110_000),
  ];
}

/** The service itself, which needs all its libraries. */
function ownComponent(image: DemoImage, at: { readonly layerDiffId: string; readonly layerIndex: number }): Component {
  const name = image.repository.split('/').at(-1) ?? image.repository;
  const packageUrl = `pkg:npm/${name}@${image.tag}`;
  return { id: packageUrl, ecosystem: 'npm', name, version: image.tag, packageUrl, licences: [], locations: [{ path: '/app/package.json', ...at }], cataloguer: 'npm' };
}

/** The service needs every third library itself; these need the two that follow. */
function relationshipsOf(own: Component, libraries: readonly Component[]): readonly Relationship[] {
  const edges = libraries.map((library, index): Relationship => ({ from: index % 3 === 0 ? own.id : (libraries[index - (index % 3)]?.id ?? own.id), to: library.id, kind: 'depends-on' }));
  return edges.toSorted((one, other) => (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1));
}

function fileOf(ecosystem: string, name: string, version: string, repository: string): string {
  const last = name.split(/[:/]/).at(-1) ?? name;
  if (ecosystem === 'maven') return repository.startsWith('legacy/') ? `/opt/app/app.war!/WEB-INF/lib/${last}-${version}.jar` : `/app/lib/${last}-${version}.jar`;
  if (ecosystem === 'pypi') return `/usr/local/lib/python3.12/site-packages/${name}-${version}.dist-info/METADATA`;
  return ecosystem === 'npm' ? `/app/node_modules/${name}/package.json` : '/usr/local/bin/server';
}

function digestOf(text: string): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(`demo ${text}`).digest('hex')}`;
}

function withoutUndefined(distribution: System['distribution']): NonNullable<Catalogue['distribution']> {
  const { id, idLike, versionId, codename, prettyName } = distribution;
  return { id, idLike, ...(versionId !== undefined && { versionId }), ...(codename !== undefined && { codename }), ...(prettyName !== undefined && { prettyName }) };
}
