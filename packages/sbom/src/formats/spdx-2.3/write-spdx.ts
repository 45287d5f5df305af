import { createHash } from 'node:crypto';
import type { Catalogue, CataloguedImage, Component, Distribution } from '../../catalogue.js';
import {
  contentUuid,
  documentTime,
  documentTool,
  imagePackageUrl,
  webAddress,
  type DocumentOptions,
} from '../document-options.js';
import { SpdxLicences } from './spdx-licences.js';

const documentId = 'SPDXRef-DOCUMENT';
const imageId = 'SPDXRef-Image';
const operatingSystemId = 'SPDXRef-OperatingSystem';

// SPDX demands a time; one before any image was built is recognisably none.
const noTime = '1970-01-01T00:00:00Z';

/** Fields every package has to have; nothing here was concluded or downloaded by this program. */
const unasserted = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

/**
 * Writes a catalogue as an SPDX 2.3 JSON document. The same catalogue and options give the same bytes: the namespace comes
 * from the content; `created`, which SPDX demands, is the time in the options, else that of the image, else the start of 1970.
 */
export function writeSpdx23Json(catalogue: Catalogue, options: DocumentOptions = {}): string {
  const { image, distribution, components } = catalogue;
  const licences = new SpdxLicences();
  const ids = new Map(components.map(({ id, ecosystem, name }) => [id, packageId(id, ecosystem, name)]));
  const packages = [
    imagePackage(image),
    ...(distribution === undefined ? [] : [operatingSystemPackage(distribution)]),
    ...components.map((component) => componentPackage(component, ids.get(component.id) ?? '', licences)),
  ];
  const extracted = licences.extracted();
  const tool = documentTool(options);
  const content = {
    name: `${image.name}${image.tag === undefined ? '' : `:${image.tag}`}@${image.digest}`,
    creationInfo: {
      created: documentTime(options, image) ?? noTime,
      creators: [`Tool: ${tool.name}-${tool.version}`],
      ...commentOf(catalogue),
    },
    packages,
    ...(extracted.length === 0 ? {} : { hasExtractedLicensingInfos: extracted }),
    relationships: relationships(catalogue, ids),
  };
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    documentNamespace: `urn:uuid:${contentUuid(JSON.stringify(content))}`,
    ...content,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imagePackage(image: CataloguedImage): object {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(image.digest)?.[1];
  return {
    SPDXID: imageId,
    name: image.name,
    versionInfo: image.tag ?? image.digest,
    ...unasserted,
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'CONTAINER',
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    externalRefs: [packageUrlReference(imagePackageUrl(image))],
  };
}

function operatingSystemPackage({ id, versionId, prettyName }: Distribution): object {
  return {
    SPDXID: operatingSystemId,
    name: id,
    ...(versionId === undefined ? {} : { versionInfo: versionId }),
    ...(prettyName === undefined ? {} : { description: prettyName }),
    ...unasserted,
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'OPERATING-SYSTEM',
  };
}

function componentPackage(component: Component, id: string, licences: SpdxLicences): object {
  const { name, version, supplier, description, source, locations, packageUrl } = component;
  const homepage = webAddress(component.homepage);
  const [first] = locations;
  const where = first === undefined ? '' : `Found at ${first.path}; came with layer ${first.layerIndex} (${first.layerDiffId}).`;
  return {
    SPDXID: id,
    name,
    versionInfo: version,
    supplier: supplier === undefined ? 'NOASSERTION' : `${supplierKind(component)}: ${supplier.replaceAll(/\s+/g, ' ')}`,
    ...(homepage === undefined ? {} : { homepage }),
    ...(source === undefined ? {} : { sourceInfo: `Built from source package ${source.name} ${source.version}` }),
    ...(description === undefined ? {} : { description }),
    ...unasserted,
    licenseDeclared: licences.declared(component.licences),
    primaryPackagePurpose: 'LIBRARY',
    comment: where,
    externalRefs: [packageUrlReference(packageUrl)],
  };
}

/** A distribution's packages, which have a source package, are supplied by it; authors of language packages are people first. */
function supplierKind({ source }: Component): 'Organization' | 'Person' {
  return source === undefined ? 'Person' : 'Organization';
}

function packageUrlReference(packageUrl: string): object {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: packageUrl };
}

function relationships({ components, distribution, relationships: edges }: Catalogue, ids: ReadonlyMap<string, string>): readonly object[] {
  const contained = [...(distribution === undefined ? [] : [operatingSystemId]), ...components.map(({ id }) => ids.get(id) ?? '')];
  return [
    relationship(documentId, 'DESCRIBES', imageId),
    ...contained.map((id) => relationship(imageId, 'CONTAINS', id)),
    ...edges.flatMap(({ from, to, kind }) => {
      const [fromId, toId] = [ids.get(from), ids.get(to)];
      if (fromId === undefined || toId === undefined) return [];
      return [relationship(fromId, kind === 'owns' ? 'CONTAINS' : 'DEPENDS_ON', toId)];
    }),
  ];
}

function relationship(from: string, relationshipType: string, to: string): object {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}

function commentOf({ diagnostics }: Catalogue): { readonly comment?: string } {
  const incomplete = diagnostics.filter(({ severity }) => severity === 'incomplete');
  if (incomplete.length === 0) return {};
  const lines = incomplete.map(({ code, path, message }) => `${code}${path === undefined ? '' : ` (${path})`}: ${message}`);
  return { comment: `This document is incomplete. ${lines.join(' ')}` };
}

/** Letters, digits, dots and dashes only; the digest keeps names apart that differ in anything else. */
function packageId(id: string, ecosystem: string, name: string): string {
  const readable = name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `SPDXRef-Package-${ecosystem}-${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}
