import { createHash } from 'node:crypto';
import type { Catalogue, CataloguedImage, Component, Distribution, Relationship } from '../../catalogue.js';
import { distributionFacts, documentFacts, imageFacts, relationshipsFrom, type Property } from '../catalogue-facts.js';
import { documentTime, documentTool, imagePackageUrl, type DocumentOptions } from '../document-options.js';
import { annotationText } from './spdx2-annotation.js';
import { unasserted, writeSpdx2Package, type Annotate } from './spdx2-package.js';
import { freeText, oneLine } from './spdx2-text.js';
import type { Spdx2Annotation, Spdx2CreationInfo, Spdx2ExtractedLicence, Spdx2Package, Spdx2Relationship } from './spdx2-model.js';
import { SpdxLicences } from './spdx-licences.js';

export const documentId = 'SPDXRef-DOCUMENT';
const imageId = 'SPDXRef-Image';
const operatingSystemId = 'SPDXRef-OperatingSystem';

// SPDX demands a time; one before any image was built is recognisably none.
const noTime = '1970-01-01T00:00:00Z';

/** How SPDX calls the relationships of a catalogue; one without a name here is a property of the component it begins at. */
const relationshipTypes: Partial<Record<Relationship['kind'], string>> = { 'depends-on': 'DEPENDS_ON', owns: 'CONTAINS' };

/** An SPDX 2.3 document without its namespace. Long lists are made while they are read, `extracted` once the packages were. */
export interface Spdx2Document {
  readonly name: string;
  readonly creationInfo: Spdx2CreationInfo;
  readonly annotations: readonly Spdx2Annotation[];
  readonly packages: Iterable<Spdx2Package>;
  /** Complete only after all packages have been read. */
  extracted(): readonly Spdx2ExtractedLicence[];
  readonly relationships: Iterable<Spdx2Relationship>;
}

/** A catalogue as an SPDX 2.3 document. What the format has no field for is an annotation: see docs/sbom-properties.md. */
export function spdx2Document(catalogue: Catalogue, options: DocumentOptions): Spdx2Document {
  const { image } = catalogue;
  const licences = new SpdxLicences();
  const ids = new Map(catalogue.components.map(({ id, ecosystem, name }) => [id, packageId(id, ecosystem, name)]));
  const tool = documentTool(options);
  const creator = oneLine(`Tool: ${tool.name}-${tool.version}`);
  const { author } = options;
  const created = documentTime(options, image) ?? noTime;
  const annotate = (properties: readonly Property[]): { readonly annotations?: readonly Spdx2Annotation[] } =>
    properties.length === 0 ? {} : { annotations: [{ annotationDate: created, annotationType: 'OTHER', annotator: creator, comment: annotationText(properties) }] };
  return {
    name: oneLine(`${image.name}${image.tag === undefined ? '' : `:${image.tag}`}@${image.digest}`),
    creationInfo: {
      created,
      creators: [creator, ...(author === undefined ? [] : [oneLine(`Organization: ${author.name}${author.email === undefined ? '' : ` (${author.email})`}`)])],
      ...commentOf(catalogue),
    },
    annotations: annotate(documentFacts(catalogue)).annotations ?? [],
    packages: packages(catalogue, ids, licences, annotate),
    extracted: () => licences.extracted(),
    relationships: relationships(catalogue, ids),
  };
}

function* packages(catalogue: Catalogue, ids: ReadonlyMap<string, string>, licences: SpdxLicences, annotate: Annotate): Generator<Spdx2Package> {
  const edges = relationshipsFrom(catalogue);
  yield imagePackage(catalogue.image, annotate);
  if (catalogue.distribution !== undefined) yield operatingSystemPackage(catalogue.distribution, annotate);
  for (const component of catalogue.components) {
    const unrelated = (edges.get(component.id) ?? []).filter(({ kind }) => relationshipTypes[kind] === undefined);
    yield writeSpdx2Package(component, idOf(ids, component.id), unrelated, licences, annotate);
  }
}

function imagePackage(image: CataloguedImage, annotate: Annotate): Spdx2Package {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(image.digest)?.[1];
  return {
    SPDXID: imageId,
    name: oneLine(image.name),
    versionInfo: oneLine(image.tag ?? image.digest),
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    ...unasserted,
    copyrightText: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'CONTAINER',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: imagePackageUrl(image) }],
    ...annotate(imageFacts(image)),
  };
}

function operatingSystemPackage(distribution: Distribution, annotate: Annotate): Spdx2Package {
  const { id, versionId, prettyName } = distribution;
  const readBack = {
    id: oneLine(id),
    idLike: [],
    ...(versionId === undefined ? {} : { versionId: oneLine(versionId) }),
    ...(prettyName === undefined ? {} : { prettyName: freeText(prettyName) }),
  };
  return {
    SPDXID: operatingSystemId,
    name: oneLine(id),
    ...(versionId === undefined ? {} : { versionInfo: oneLine(versionId) }),
    ...(prettyName === undefined ? {} : { description: freeText(prettyName) }),
    ...unasserted,
    copyrightText: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'OPERATING-SYSTEM',
    ...annotate(distributionFacts(distribution, readBack)),
  };
}

function* relationships(catalogue: Catalogue, ids: ReadonlyMap<string, string>): Generator<Spdx2Relationship> {
  yield relationship(documentId, 'DESCRIBES', imageId);
  if (catalogue.distribution !== undefined) yield relationship(imageId, 'CONTAINS', operatingSystemId);
  for (const { id } of catalogue.components) yield relationship(imageId, 'CONTAINS', idOf(ids, id));
  for (const [from, edges] of relationshipsFrom(catalogue)) {
    for (const { to, kind } of edges) {
      const type = relationshipTypes[kind];
      if (type !== undefined) yield relationship(idOf(ids, from), type, idOf(ids, to));
    }
  }
}

function relationship(from: string, relationshipType: string, to: string): Spdx2Relationship {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}

function commentOf({ diagnostics }: Catalogue): { readonly comment?: string } {
  const incomplete = diagnostics.filter(({ severity }) => severity === 'incomplete');
  if (incomplete.length === 0) return {};
  const lines = incomplete.map(({ code, path, message }) => `${code}${path === undefined ? '' : ` (${path})`}: ${message}`);
  return { comment: freeText(`This document is incomplete. ${lines.join(' ')}`) };
}

function idOf(ids: ReadonlyMap<string, string>, id: string): string {
  return ids.get(id) ?? imageId;
}

/** Letters, digits, dots and dashes only; the digest keeps names apart that differ in anything else. */
function packageId(id: string, ecosystem: Component['ecosystem'], name: string): string {
  const readable = name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `SPDXRef-Package-${ecosystem}-${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}
