import { z } from 'zod';
import { subjectOf, type DocumentLicence, type DocumentParty, type SbomDocument } from '../../documents/sbom-document.js';
import { readExtensions, readSpdx3Package } from './read-spdx3-package.js';

const text = z.string();
const element = z.looseObject({ type: text, spdxId: text.optional(), '@id': text.optional() });
type Element = z.infer<typeof element>;

const creationInfo = z.object({ specVersion: text.optional(), created: text.optional(), createdBy: z.array(text).default([]), createdUsing: z.array(text).default([]) });
const relationship = z.object({ from: text, relationshipType: text, to: z.array(text).default([]), completeness: text.optional() });
const agent = z.object({ name: text.optional(), externalIdentifier: z.array(z.object({ externalIdentifierType: text, identifier: text })).default([]) });
const collection = z.object({ name: text.optional(), rootElement: z.array(text).default([]), extension: z.array(z.unknown()).default([]), creationInfo: z.unknown() });
const sbomTypes = z.object({ software_sbomType: z.array(text).default([]) });
const licenceExpression = z.object({ simplelicensing_licenseExpression: text });
const licenceText = z.object({ simplelicensing_licenseText: text, name: text.optional() });

type Edge = SbomDocument['relationships'][number];

const edgeKinds: Readonly<Record<string, Edge['kind']>> = { dependsOn: 'depends-on', contains: 'owns' };
const licenceKinds: Readonly<Record<string, 'declared' | 'concluded'>> = { hasDeclaredLicense: 'declared', hasConcludedLicense: 'concluded' };
const agentTypes = new Set(['Agent', 'Person', 'Organization', 'SoftwareAgent']);
const readTypes = new Set([...agentTypes, 'Tool', 'CreationInfo', 'SpdxDocument', 'software_Sbom', 'Bom', 'software_Package', 'Relationship', 'LifecycleScopedRelationship', 'simplelicensing_LicenseExpression', 'simplelicensing_SimpleLicensingText']);

/** Reads an SPDX 3.0.1 JSON-LD document whose elements stand side by side in `@graph`. */
export function readSpdx3(source: unknown): SbomDocument {
  const graph = z.object({ '@graph': z.array(element) }).parse(source)['@graph'];
  const byId = new Map(graph.flatMap((entry): readonly [string, Element][] => [entry.spdxId, entry['@id']].flatMap((id) => (id === undefined ? [] : [[id, entry]]))));
  const ofType = (...types: readonly string[]): readonly Element[] => graph.filter(({ type }) => types.includes(type));
  const party = (id: string): DocumentParty | undefined => partyOf(byId.get(id));
  const relations = ofType('Relationship', 'LifecycleScopedRelationship').map((entry) => relationship.parse(entry));
  const licences = licencesBy(relations, byId);
  const documentElement = ofType('SpdxDocument')[0];
  const about = collection.optional().parse(documentElement);
  const creation = creationOf(about?.creationInfo, byId) ?? creationInfo.optional().parse(ofType('CreationInfo')[0]);
  const packages = ofType('software_Package').map((entry) => readSpdx3Package(entry, { party, licences: licences.get(entry.spdxId ?? '') ?? [] }));
  const boms = ofType('software_Sbom', 'Bom');
  const roots = rootsOf(documentElement, boms, relations);
  const subject = subjectOf(packages, roots);
  const unread = graph.filter(({ type }) => !readTypes.has(type));
  return {
    specification: 'SPDX',
    version: creation?.specVersion ?? '3.0.1',
    encoding: 'json',
    ...(documentElement?.spdxId === undefined ? {} : { identifier: documentElement.spdxId }),
    ...(about?.name === undefined ? {} : { name: about.name }),
    ...(creation?.created === undefined ? {} : { created: creation.created }),
    authors: (creation?.createdBy ?? []).flatMap((id) => (byId.get(id)?.type === 'SoftwareAgent' ? [] : (party(id) ?? []))),
    tools: (creation?.createdUsing ?? []).flatMap((id) => party(id)?.name ?? []).map(toolOf),
    lifecycles: boms.flatMap((bom) => sbomTypes.parse(bom).software_sbomType),
    ...(subject === undefined ? {} : { subject }),
    components: packages.filter((component) => component !== subject),
    relationships: relations.flatMap(({ from, relationshipType, to }): readonly Edge[] => {
      const kind = edgeKinds[relationshipType];
      return kind === undefined ? [] : to.map((end) => ({ from, to: end, kind }));
    }),
    completeness: new Map(relations.flatMap(({ from, relationshipType, completeness }) => (relationshipType === 'dependsOn' && completeness !== undefined ? [[from, completeness] as const] : []))),
    properties: readExtensions(about?.extension ?? []),
    leftOut: new Map([...Map.groupBy(unread, ({ type }) => type)].map(([type, entries]) => [type, entries.length])),
  };
}

function partyOf(entry: Element | undefined): DocumentParty | undefined {
  if (entry === undefined) return undefined;
  const { name, externalIdentifier } = agent.parse(entry);
  const identifiers = (type: string): readonly string[] => externalIdentifier.flatMap(({ externalIdentifierType, identifier }) => (externalIdentifierType === type ? [identifier] : []));
  return { ...(name === undefined ? {} : { name }), emails: identifiers('email'), urls: identifiers('urlScheme') };
}

function licencesBy(relations: readonly z.infer<typeof relationship>[], byId: ReadonlyMap<string, Element>): ReadonlyMap<string, readonly DocumentLicence[]> {
  const found = new Map<string, DocumentLicence[]>();
  for (const { from, relationshipType, to } of relations) {
    const acknowledgement = licenceKinds[relationshipType];
    if (acknowledgement === undefined) continue;
    const licences = to.flatMap((id): readonly DocumentLicence[] => {
      const expression = licenceExpression.safeParse(byId.get(id));
      if (expression.success) return saysNothing(expression.data.simplelicensing_licenseExpression) ? [] : [{ expression: expression.data.simplelicensing_licenseExpression, acknowledgement }];
      const written = licenceText.safeParse(byId.get(id));
      return written.success ? [{ name: written.data.name ?? written.data.simplelicensing_licenseText, acknowledgement }] : [];
    });
    found.set(from, [...(found.get(from) ?? []), ...licences]);
  }
  return found;
}

function saysNothing(expression: string): boolean {
  return expression === 'NOASSERTION' || expression === 'NONE' || expression === '';
}

/** `creationInfo` is written in place, or as the id of one that stands in the graph. */
function creationOf(written: unknown, byId: ReadonlyMap<string, Element>): z.infer<typeof creationInfo> | undefined {
  const { success, data } = creationInfo.safeParse(typeof written === 'string' ? byId.get(written) : written);
  return success ? data : undefined;
}

/** What the document, or the bill of materials in it, is about. */
function rootsOf(documentElement: Element | undefined, boms: readonly Element[], relations: readonly z.infer<typeof relationship>[]): ReadonlySet<string> {
  const bomIds = new Set(boms.map(({ spdxId }) => spdxId));
  const described = relations.flatMap(({ from, relationshipType, to }) => (relationshipType === 'describes' && from === documentElement?.spdxId ? to : []));
  const roots = [...boms, ...(documentElement === undefined ? [] : [documentElement])].flatMap((entry) => collection.parse(entry).rootElement);
  return new Set([...roots, ...described].filter((id) => !bomIds.has(id)));
}

function toolOf(written: string): SbomDocument['tools'][number] {
  const [, name = written, version] = /^(.+?)[-\s]v?(\d\S*)$/.exec(written) ?? [];
  return { name, ...(version === undefined ? {} : { version }) };
}
