import { z } from 'zod';
import { subjectOf, type SbomDocument } from '../../documents/sbom-document.js';
import { asserted, partyOf, readSpdx2Package } from './spdx2-package.js';
import { readAnnotation } from './spdx2-annotation.js';

const text = z.string();
const annotations = z.array(z.object({ annotationDate: text.default(''), annotationType: text.default(''), annotator: text.default(''), comment: text.default('') })).optional();

const spdxPackage = z.object({
  SPDXID: text,
  name: text.default(''),
  versionInfo: text.optional(),
  packageFileName: text.optional(),
  supplier: text.optional(),
  originator: text.optional(),
  downloadLocation: text.optional(),
  filesAnalyzed: z.boolean().optional(),
  checksums: z.array(z.object({ algorithm: text, checksumValue: text })).optional(),
  homepage: text.optional(),
  sourceInfo: text.optional(),
  licenseConcluded: text.optional(),
  licenseDeclared: text.optional(),
  copyrightText: text.optional(),
  description: text.optional(),
  comment: text.optional(),
  externalRefs: z.array(z.object({ referenceCategory: text.default(''), referenceType: text, referenceLocator: text })).optional(),
  primaryPackagePurpose: text.optional(),
  annotations,
  attributionTexts: z.array(text).optional(),
});

const document = z.object({
  spdxVersion: text,
  name: text.optional(),
  documentNamespace: text.optional(),
  creationInfo: z.object({ created: text.optional(), creators: z.array(text).default([]) }).default({ creators: [] }),
  documentDescribes: z.array(text).default([]),
  packages: z.array(spdxPackage).default([]),
  files: z.array(z.unknown()).default([]),
  snippets: z.array(z.unknown()).default([]),
  hasExtractedLicensingInfos: z.array(z.object({ licenseId: text, name: text.optional(), extractedText: text.optional() })).default([]),
  relationships: z.array(z.object({ spdxElementId: text, relationshipType: text, relatedSpdxElement: text })).default([]),
  annotations,
});

type Edge = SbomDocument['relationships'][number];

/** Relationship types that say what a catalogue knows; `swap` where SPDX names them from the other end. */
const edgeTypes: Readonly<Record<string, { readonly kind: Edge['kind']; readonly swap: boolean }>> = {
  DEPENDS_ON: { kind: 'depends-on', swap: false },
  DEPENDENCY_OF: { kind: 'depends-on', swap: true },
  RUNTIME_DEPENDENCY_OF: { kind: 'depends-on', swap: true },
  CONTAINS: { kind: 'owns', swap: false },
  CONTAINED_BY: { kind: 'owns', swap: true },
};

/** Reads an SPDX 2.2 or 2.3 document, in the shape of its JSON form. */
export function readSpdx2(source: unknown, encoding: SbomDocument['encoding']): SbomDocument {
  const read = document.parse(source);
  const texts = new Map(read.hasExtractedLicensingInfos.map(({ licenseId, extractedText, name }) => [licenseId, licenceName(name, extractedText)]));
  const packages = read.packages.map((entry) => readSpdx2Package(entry, (reference) => texts.get(reference)));
  const described = new Set([
    ...read.documentDescribes,
    ...read.relationships.flatMap(({ spdxElementId, relationshipType, relatedSpdxElement }) => (relationshipType === 'DESCRIBES' && spdxElementId === 'SPDXRef-DOCUMENT' ? [relatedSpdxElement] : relationshipType === 'DESCRIBED_BY' && relatedSpdxElement === 'SPDXRef-DOCUMENT' ? [spdxElementId] : [])),
  ]);
  const subject = subjectOf(packages, described);
  const { created, creators } = read.creationInfo;
  const tools = creators.filter((creator) => creator.startsWith('Tool:'));
  const leftOut = new Map([...countOf('files', read.files), ...countOf('snippets', read.snippets)]);
  return {
    specification: 'SPDX',
    version: read.spdxVersion.replace(/^SPDX-/, ''),
    encoding,
    ...(read.documentNamespace === undefined ? {} : { identifier: read.documentNamespace }),
    ...(read.name === undefined ? {} : { name: read.name }),
    ...(created === undefined ? {} : { created }),
    authors: creators.flatMap((creator) => (creator.startsWith('Tool:') ? [] : (partyOf(creator) ?? []))),
    tools: tools.flatMap((creator) => toolOf(asserted(creator.slice('Tool:'.length).trim()))),
    lifecycles: [],
    ...(subject === undefined ? {} : { subject }),
    components: packages.filter((component) => component !== subject),
    relationships: read.relationships.flatMap(({ spdxElementId, relationshipType, relatedSpdxElement }): readonly Edge[] => {
      const type = edgeTypes[relationshipType];
      if (type === undefined) return [];
      const [from, to] = type.swap ? [relatedSpdxElement, spdxElementId] : [spdxElementId, relatedSpdxElement];
      return [{ from, to, kind: type.kind }];
    }),
    completeness: new Map(),
    properties: (read.annotations ?? []).flatMap(({ comment }) => readAnnotation(comment)),
    leftOut,
  };
}

/** The text of a licence that has no better name; texts of several lines are told by their name. */
function licenceName(name: string | undefined, extractedText = ''): string {
  const named = asserted(name);
  return named !== undefined && extractedText.includes('\n') ? named : extractedText === '' ? (named ?? '') : extractedText;
}

/** `syft-1.20.0`, `name 1.2`: the version is what follows the last dash or space and begins with a digit or `v` and a digit. */
function toolOf(text: string | undefined): SbomDocument['tools'] {
  if (text === undefined) return [];
  const [, name = text, version] = /^(.+?)[-\s]v?(\d\S*)$/.exec(text) ?? [];
  return [{ name, ...(version === undefined ? {} : { version }) }];
}

function countOf(name: string, items: readonly unknown[]): readonly (readonly [string, number])[] {
  return items.length === 0 ? [] : [[name, items.length]];
}
