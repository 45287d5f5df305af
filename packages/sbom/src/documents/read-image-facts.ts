import { distributionSchema, imageSchema } from '../catalogue/catalogue-schema.js';
import { compareText } from '../catalogue/compare-text.js';
import type { CataloguedImage, CataloguedLayer, Component, Distribution } from '../catalogue.js';
import { osReleaseId, osReleaseVersion } from './os-release-names.js';
import { parsePackageUrl } from './parse-package-url.js';
import { fitting } from './restore-facts.js';
import type { DocumentComponent, SbomDocument } from './sbom-document.js';

const digestForm = /sha256:[0-9a-f]{64}/;

/** The image a document is about: from this program's properties, else from what syft, trivy and package URLs say. */
export function readImage(document: SbomDocument): CataloguedImage {
  const { subject } = document;
  const properties = subject?.properties ?? [];
  const value = (name: string): string | undefined => properties.find((property) => property.name === name)?.value;
  const purl = parsePackageUrl(subject?.packageUrl ?? '');
  const [, repository, tag] = /^(.+?)(?::([\w.-]+))?$/.exec(trivyValue(properties, 'RepoTag')[0] ?? '') ?? [];
  const fromVersion = digestForm.test(subject?.version ?? '') ? subject?.version : undefined;
  const digest = value('esscm:image:digest') ?? digestForm.exec(trivyValue(properties, 'RepoDigest')[0] ?? '')?.[0] ?? digestForm.exec(purl?.version ?? '')?.[0] ?? fromVersion ?? '';
  const [os = '', architecture = '', variant] = (value('esscm:image:platform') ?? `linux/${purl?.qualifiers['arch'] ?? ''}`).split('/');
  const written = value('esscm:image:tag') ?? tag ?? purl?.qualifiers['tag'];
  const created = value('esscm:image:created');
  return {
    name: value('esscm:image:name') ?? repository ?? purl?.qualifiers['repository_url'] ?? subject?.name ?? document.name ?? 'document',
    ...(written === undefined ? {} : { tag: written }),
    digest,
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    ...(created === undefined ? {} : { created }),
    labels: labelsOf(properties),
    layers: layersOf(properties),
    ...fitting(properties, 'esscm:image:', imageSchema.shape),
  };
}

type Properties = DocumentComponent['properties'];

function trivyValue(properties: Properties, name: string): readonly string[] {
  return properties.flatMap((property) => (property.name === `aquasecurity:trivy:${name}` || property.name === name ? [property.value] : []));
}

const labelPrefixes = ['esscm:image:label:', 'syft:image:labels:', 'aquasecurity:trivy:Labels:'] as const;

function labelsOf(properties: Properties): Readonly<Record<string, string>> {
  const labels = properties.flatMap(({ name, value }): readonly (readonly [string, string])[] => {
    const prefix = labelPrefixes.find((known) => name.startsWith(known));
    return prefix === undefined ? [] : [[name.slice(prefix.length), value]];
  });
  return Object.fromEntries(labels.toSorted(([left], [right]) => compareText(left, right)));
}

function layersOf(properties: Properties): readonly CataloguedLayer[] {
  const layers = new Map<number, Record<string, string>>();
  for (const { name, value } of properties) {
    const [, index, field] = /^esscm:layer:(\d{1,6}):(\w+)$/.exec(name) ?? [];
    if (index !== undefined && field !== undefined) layers.set(Number(index), { ...layers.get(Number(index)), [field]: value });
  }
  if (layers.size === 0) return trivyValue(properties, 'DiffID').flatMap((diffIds) => diffIds.split(',')).map((diffId) => ({ digest: '', diffId, mediaType: '', sizeBytes: 0 }));
  return [...layers]
    .sort(([left], [right]) => left - right)
    .map(([, { digest = '', diffId = '', mediaType = '', sizeBytes = '', createdBy }]) => ({ digest, diffId, mediaType, sizeBytes: /^\d{1,15}$/.test(sizeBytes) ? Number(sizeBytes) : 0, ...(createdBy === undefined ? {} : { createdBy }) }));
}

const operatingSystems: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/** The distribution: a component of its own, else what most packages of an operating system name in their package URLs. */
export function readDistribution(component: DocumentComponent | undefined, components: readonly Component[]): Distribution | undefined {
  if (component === undefined) return distributionOfPackages(components);
  const { name, version, description, properties } = component;
  const value = (property: string): string | undefined => properties.find((candidate) => candidate.name === property)?.value;
  const codename = value('syft:distro:versionCodename');
  return {
    id: value('syft:distro:id') ?? osReleaseId(name),
    idLike: properties.flatMap((property) => (property.name.startsWith('syft:distro:idLike') ? [property.value] : [])),
    ...(version === undefined ? {} : { versionId: osReleaseVersion(version) }),
    ...(codename === undefined ? {} : { codename }),
    ...(description === undefined ? {} : { prettyName: description }),
    ...fitting(properties, 'esscm:distribution:', distributionSchema.shape),
  };
}

function distributionOfPackages(components: readonly Component[]): Distribution | undefined {
  const named = components.filter(({ ecosystem }) => operatingSystems.has(ecosystem)).flatMap(({ packageUrl }) => parsePackageUrl(packageUrl)?.qualifiers['distro'] ?? []);
  const [most] = [...Map.groupBy(named, (distro) => distro)].toSorted(([left, one], [right, other]) => other.length - one.length || compareText(left, right));
  const [, id, versionId] = /^(.+?)-([\d.]+|[a-z]+)$/.exec(osReleaseVersion(most?.[0] ?? '')) ?? [];
  return id === undefined ? undefined : { id: osReleaseId(id), idLike: [], ...(versionId === undefined ? {} : { versionId }) };
}
