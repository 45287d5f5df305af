import { assignComponentIds } from '../catalogue/component-ids.js';
import { compareText } from '../catalogue/compare-text.js';
import { sortedUnique } from '../catalogue/merge-catalogue.js';
import type { Catalogue, Component, Diagnostic, Relationship } from '../catalogue.js';
import { catalogueComponent } from './catalogue-component.js';
import { foreignFacts } from './foreign-facts.js';
import { readDistribution, readImage } from './read-image-facts.js';
import { restoreCatalogueFacts, restoreComponent } from './restore-facts.js';
import type { DocumentComponent, SbomDocument } from './sbom-document.js';

export interface DocumentCatalogue {
  readonly catalogue: Catalogue;
  /** Parts of the document that the catalogue does not have, counted by kind: `files`, `services`, `vulnerabilities`, … */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** The catalogue of what a document describes, whoever wrote it. A document that this program wrote gives the catalogue it was written from. */
export function catalogueOfDocument(document: SbomDocument): DocumentCatalogue {
  const image = readImage(document);
  const [operatingSystem] = document.components.filter(({ type }) => type === 'operating-system');
  const { packages, leftOut } = sortOut(document.components.filter((component) => component !== operatingSystem));
  const reader = document.tools[0]?.name ?? 'document';
  const drafts = packages.map((component) => ({ reference: component.reference, ...restoreComponent(component, foreignFacts(component, catalogueComponent(component), image.layers), reader) }));
  const assigned = assignComponentIds(drafts);
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const components = drafts.map((draft): Component => {
    const { reference, id: written, ...rest } = draft;
    const wanted = written ?? assigned.get(draft) ?? draft.packageUrl;
    const id = taken.has(wanted) ? `${wanted}#${reference}` : wanted;
    taken.add(id);
    ids.set(reference, id);
    return { id, ...rest };
  });
  const known = components.map(({ ownedBy, ...component }): Component => (ownedBy === undefined || !taken.has(ownedBy) ? component : { ...component, ownedBy }));
  const restored = restoreCatalogueFacts(document.properties);
  const distribution = readDistribution(operatingSystem, known);
  const catalogue: Catalogue = {
    formatVersion: 1,
    image,
    ...(distribution === undefined ? {} : { distribution }),
    components: known.toSorted((left, right) => compareText(left.packageUrl, right.packageUrl) || compareText(left.locations[0]?.path ?? '', right.locations[0]?.path ?? '') || compareText(left.id, right.id)),
    relationships: sortedUnique([...relationshipsOf(document, ids), ...propertyEdges(packages, ids, taken)]),
    diagnostics: restored.diagnostics.length > 0 ? restored.diagnostics : incompleteness(document),
    cataloguers: restored.cataloguers,
    ...restored.others,
  };
  return { catalogue, leftOut: new Map([...document.leftOut, ...leftOut]) };
}

/** What is no package: files, and the lock files and archives that trivy lists as what its packages came from. */
function sortOut(components: readonly DocumentComponent[]): { readonly packages: readonly DocumentComponent[]; readonly leftOut: ReadonlyMap<string, number> } {
  const kinds = Map.groupBy(components, (component) => {
    if (component.type === 'file' && component.packageUrl === undefined) return 'files';
    return component.packageUrl === undefined && component.properties.some(({ name }) => name === 'aquasecurity:trivy:Class' || name === 'Class') ? 'scanned files' : 'packages';
  });
  return { packages: kinds.get('packages') ?? [], leftOut: new Map([...kinds].flatMap(([kind, entries]) => (kind === 'packages' ? [] : [[kind, entries.length] as const]))) };
}

/** Edges between packages; those of the image, the distribution and files are no news. */
function relationshipsOf(document: SbomDocument, ids: ReadonlyMap<string, string>): readonly Relationship[] {
  return document.relationships.flatMap(({ from, to, kind }) => {
    const [fromId, toId] = [ids.get(from), ids.get(to)];
    return fromId === undefined || toId === undefined || fromId === toId ? [] : [{ from: fromId, to: toId, kind }];
  });
}

const edgeProperty = 'esscm:relationship:';

/** Edges that formats without a relation for them keep as properties, their ends by the ids of the catalogue they were written from. */
function propertyEdges(packages: readonly DocumentComponent[], ids: ReadonlyMap<string, string>, taken: ReadonlySet<string>): readonly Relationship[] {
  return packages.flatMap(({ reference, properties }) =>
    properties.flatMap(({ name, value }): readonly Relationship[] => {
      const from = ids.get(reference);
      const kind = name.slice(edgeProperty.length);
      return name.startsWith(edgeProperty) && isKind(kind) && from !== undefined && taken.has(value) ? [{ from, to: value, kind }] : [];
    }),
  );
}

function isKind(kind: string): kind is Relationship['kind'] {
  return kind === 'owns' || kind === 'depends-on';
}

/** A document that calls itself incomplete gives a catalogue that does. */
function incompleteness({ completeness, subject }: SbomDocument): readonly Diagnostic[] {
  const declared = completeness.get(subject?.reference ?? '');
  return declared?.startsWith('incomplete') === true ? [{ code: 'document-incomplete', severity: 'incomplete', message: `The document says of itself: ${declared}.` }] : [];
}

