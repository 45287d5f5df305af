import type { Component, ComponentHash, Relationship } from '../../catalogue.js';
import { catalogueComponent } from '../../documents/catalogue-component.js';
import type { DocumentComponent, DocumentLicence, DocumentParty } from '../../documents/sbom-document.js';
import { componentFacts, type Property } from '../catalogue-facts.js';
import { webAddress } from '../document-options.js';
import { readAnnotation } from './spdx2-annotation.js';
import type { Spdx2Annotation, Spdx2Package } from './spdx2-model.js';
import { freeText, oneLine } from './spdx2-text.js';
import type { SpdxLicences } from './spdx-licences.js';

/** Fields every package has to have, where nothing is known of them. */
export const unasserted = { downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: 'NOASSERTION' } as const;

/** How SPDX 2.3 and CycloneDX call the same algorithm. */
const algorithms: Readonly<Record<string, string>> = {
  MD5: 'MD5',
  SHA1: 'SHA-1',
  SHA256: 'SHA-256',
  SHA384: 'SHA-384',
  SHA512: 'SHA-512',
  'SHA3-256': 'SHA3-256',
  'SHA3-384': 'SHA3-384',
  'SHA3-512': 'SHA3-512',
  'BLAKE2b-256': 'BLAKE2b-256',
  'BLAKE2b-384': 'BLAKE2b-384',
  'BLAKE2b-512': 'BLAKE2b-512',
  BLAKE3: 'BLAKE3',
};

/** How SPDX 2.3 (7.24) and CycloneDX call the same purpose. */
const purposes: Readonly<Record<string, string>> = {
  LIBRARY: 'library',
  APPLICATION: 'application',
  FRAMEWORK: 'framework',
  CONTAINER: 'container',
  'OPERATING-SYSTEM': 'operating-system',
  DEVICE: 'device',
  FIRMWARE: 'firmware',
  FILE: 'file',
};

/** A component of a catalogue in SPDX 2.3; `edges` are its relationships other than dependencies and ownership. */
export function writeSpdx2Package(component: Component, id: string, edges: readonly Relationship[], licences: SpdxLicences, annotate: Annotate): Spdx2Package {
  const { name, version, supplier, description, source, locations, packageUrl, purpose = 'library', hashes = [], cpes = [], copyright } = component;
  const homepage = webAddress(component.homepage);
  const checksums = hashes.flatMap(({ algorithm, value }) => {
    const known = Object.keys(algorithms).find((key) => algorithms[key] === algorithm);
    return known === undefined || !/^[0-9a-f]+$/.test(value) ? [] : [{ algorithm: known, checksumValue: value }];
  });
  const fields: Spdx2Package = {
    SPDXID: id,
    name: oneLine(name),
    ...(version === '' ? {} : { versionInfo: oneLine(version) }),
    supplier: supplier === undefined ? 'NOASSERTION' : `${supplierKind(component)}: ${oneLine(supplier)}`,
    ...(homepage === undefined ? {} : { homepage }),
    ...(source === undefined ? {} : { sourceInfo: oneLine(`Built from source package ${source.name} ${source.version}`) }),
    ...(description === undefined ? {} : { description: freeText(description) }),
    ...(checksums.length === 0 ? {} : { checksums }),
    downloadLocation: webAddress(component.downloadUrl) ?? 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: licences.expression(component.licences.filter(({ acknowledgement }) => acknowledgement === 'concluded')),
    copyrightText: copyright === undefined ? 'NOASSERTION' : freeText(copyright),
    licenseDeclared: licences.expression(component.licences.filter(({ acknowledgement }) => acknowledgement !== 'concluded')),
    primaryPackagePurpose: Object.keys(purposes).find((key) => purposes[key] === purpose) ?? 'OTHER',
    ...whereFound(locations),
    externalRefs: [
      { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: packageUrl },
      ...cpes.filter((cpe) => !/\s/.test(cpe)).map((cpe) => ({ referenceCategory: 'SECURITY', referenceType: cpe.startsWith('cpe:2.3:') ? 'cpe23Type' : 'cpe22Type', referenceLocator: cpe })),
    ],
  };
  const readBack = catalogueComponent(readSpdx2Package(fields, (reference) => licences.textOf(reference)));
  return { ...fields, ...annotate(componentFacts(component, { ...readBack, id: packageUrl }, edges)) };
}

/** Makes the annotation that keeps properties, or nothing where there are none. */
export type Annotate = (properties: readonly Property[]) => { readonly annotations?: readonly Spdx2Annotation[] };

function whereFound([first]: Component['locations']): { readonly comment?: string } {
  if (first === undefined) return {};
  const layer = first.layerDiffId === undefined ? '' : `; came with layer ${first.layerIndex ?? ''} (${first.layerDiffId})`;
  return { comment: freeText(`Found at ${first.path}${layer}.`) };
}

/** A distribution's packages, which have a source package, are supplied by it; authors of language packages are people first. */
function supplierKind({ source }: Component): 'Organization' | 'Person' {
  return source === undefined ? 'Person' : 'Organization';
}

/** What a package of an SPDX 2 document says; `textOf` gives the text of a `LicenseRef-`. */
export function readSpdx2Package(spdx: Spdx2Package, textOf: (reference: string) => string | undefined): DocumentComponent {
  const { SPDXID, name, versionInfo, description, copyrightText, supplier, originator, homepage, externalRefs = [], checksums = [], primaryPackagePurpose = '' } = spdx;
  const { downloadLocation, annotations = [], attributionTexts = [], sourceInfo = '' } = spdx;
  const supplied = partyOf(supplier);
  const made = partyOf(originator);
  const locators = (matches: RegExp): readonly string[] => externalRefs.flatMap(({ referenceType, referenceLocator }) => (matches.test(referenceType) ? [referenceLocator] : []));
  const [packageUrl] = locators(/(?:^|\/)purl$/);
  const hashes = checksums.map(({ algorithm, checksumValue }): ComponentHash => ({ algorithm: algorithms[algorithm] ?? algorithm, value: checksumValue }));
  const downloadable = asserted(downloadLocation);
  return {
    reference: SPDXID,
    type: purposes[primaryPackagePurpose] ?? 'library',
    name,
    ...(versionInfo === undefined || versionInfo === '' ? {} : { version: versionInfo }),
    ...(description === undefined ? {} : { description }),
    ...(asserted(copyrightText) === undefined ? {} : { copyright: asserted(copyrightText) ?? '' }),
    ...(supplied === undefined ? {} : { supplier: supplied }),
    creators: made === undefined ? [] : [made],
    licences: [...licenceOf(spdx.licenseDeclared, 'declared', textOf), ...licenceOf(spdx.licenseConcluded, 'concluded', textOf)],
    hashes,
    ...(packageUrl === undefined ? {} : { packageUrl }),
    cpes: locators(/cpe2[23]Type$/),
    otherIdentifiers: locators(/(?:swh|gitoid|swid)$/),
    ...(asserted(homepage) === undefined ? {} : { homepage: asserted(homepage) ?? '' }),
    references: downloadable === undefined ? [] : [{ type: 'distribution', url: downloadable, hashes }],
    paths: [],
    properties: [...annotations.map(({ comment }) => comment), ...attributionTexts].flatMap(readAnnotation).concat(sourceOf(sourceInfo)),
  };
}

/** How trivy names the source package a package was built from. */
function sourceOf(sourceInfo: string): readonly Property[] {
  const [, name, version] = /^built package from: (\S+) (\S+)$/.exec(sourceInfo) ?? [];
  return name === undefined || version === undefined ? [] : [
    { name: 'SrcName', value: name },
    { name: 'SrcVersion', value: version },
  ];
}

/** What is neither of the two words that say nothing. */
export function asserted(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === 'NOASSERTION' || text === 'NONE' ? undefined : text;
}

/** `Organization: Name (address)`, `Person: Name (address)` or `Tool: name`; an address may be missing. */
export function partyOf(text: string | undefined): DocumentParty | undefined {
  const [, name = '', , email] = /^(?:Organization|Person|Tool):\s*((?:(?!\s*\([^()]*@[^()]*\)$).)*)(\s*\(([^()]*)\))?$/s.exec(asserted(text) ?? '') ?? [];
  return name === '' ? undefined : { name, emails: email === undefined || email === '' ? [] : [email], urls: [] };
}

/** An expression; for a single `LicenseRef-` the text it stands for. */
function licenceOf(expression: string | undefined, acknowledgement: 'declared' | 'concluded', textOf: (reference: string) => string | undefined): readonly DocumentLicence[] {
  const said = asserted(expression);
  if (said === undefined) return [];
  const text = /^LicenseRef-[\w.-]+$/.test(said) ? textOf(said) : undefined;
  return [text === undefined ? { expression: said, acknowledgement } : { name: text, acknowledgement }];
}
