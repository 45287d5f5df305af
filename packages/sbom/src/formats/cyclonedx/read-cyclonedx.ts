import { z } from 'zod';
import type { DocumentComponent, DocumentParty, SbomDocument } from '../../documents/sbom-document.js';
import { partyOf, personOf, readCycloneDxComponent } from './cyclonedx-component.js';
import type { CycloneDxComponent } from './cyclonedx-model.js';

const text = z.string();
const contact = z.object({ name: text.optional(), email: text.optional() });
const organization = z.object({ name: text.optional(), url: z.array(text).optional(), contact: z.array(contact).optional() });
const hashes = z.array(z.object({ alg: text, content: text })).optional();
const properties = z.array(z.object({ name: text.default(''), value: text.default('') })).optional();
const acknowledgement = text.optional();

const component: z.ZodType<CycloneDxComponent> = z.lazy(() =>
  z.object({
    type: text.default('library'),
    'bom-ref': text.optional(),
    supplier: organization.optional(),
    manufacturer: organization.optional(),
    authors: z.array(contact).optional(),
    author: text.optional(),
    publisher: text.optional(),
    group: text.optional(),
    name: text.default(''),
    version: text.optional(),
    description: text.optional(),
    hashes,
    licenses: z.array(z.object({ license: z.object({ id: text.optional(), name: text.optional(), acknowledgement }).optional(), expression: text.optional(), acknowledgement })).optional(),
    copyright: text.optional(),
    cpe: text.optional(),
    purl: text.optional(),
    omniborId: z.array(text).optional(),
    swhid: z.array(text).optional(),
    swid: z.object({ tagId: text }).optional(),
    externalReferences: z.array(z.object({ type: text, url: text, hashes })).optional(),
    properties,
    components: z.array(component).optional(),
    evidence: z.object({ occurrences: z.array(z.object({ location: text })).optional() }).optional(),
  }),
);

/** Up to version 1.4 tools were a list of names; since 1.5 they are components. */
const tools = z.union([
  z.array(z.object({ name: text.optional(), vendor: text.optional(), version: text.optional() })),
  z.object({ components: z.array(component).default([]) }),
]);

const bom = z.object({
  specVersion: text,
  serialNumber: text.optional(),
  metadata: z
    .object({
      timestamp: text.optional(),
      lifecycles: z.array(z.object({ phase: text.optional(), name: text.optional() })).optional(),
      tools: tools.optional(),
      authors: z.array(contact).optional(),
      component: component.optional(),
      manufacture: organization.optional(),
      manufacturer: organization.optional(),
      supplier: organization.optional(),
      properties,
    })
    .default({}),
  components: z.array(component).default([]),
  dependencies: z.array(z.object({ ref: text, dependsOn: z.array(text).default([]) })).default([]),
  compositions: z.array(z.object({ aggregate: text, assemblies: z.array(text).default([]), dependencies: z.array(text).default([]) })).default([]),
  properties,
});

/** Parts of a document that a catalogue has no place for. */
const unread = ['services', 'vulnerabilities', 'annotations', 'formulation', 'declarations', 'definitions', 'citations'] as const;

/** Reads a CycloneDX document of any version, in the shape of its JSON form. */
export function readCycloneDx(document: Readonly<Record<string, unknown>>, encoding: SbomDocument['encoding']): SbomDocument {
  const { specVersion, serialNumber, metadata, components, dependencies, compositions, properties: own = [] } = bom.parse(document);
  const { timestamp, lifecycles = [], authors = [], manufacture, manufacturer, supplier, component: subject } = metadata;
  const flat = new FlatComponents();
  for (const entry of [...(subject?.components ?? []), ...components]) flat.add(entry, undefined);
  const parties = [manufacturer ?? manufacture, supplier].flatMap((party): readonly DocumentParty[] => (party === undefined ? [] : [partyOf(party)]));
  const count = (part: (typeof unread)[number]): number => {
    const value = document[part];
    return Array.isArray(value) ? value.length : value === undefined ? 0 : 1;
  };
  return {
    specification: 'CycloneDX',
    version: specVersion,
    encoding,
    ...(serialNumber === undefined ? {} : { identifier: serialNumber }),
    ...(subject === undefined ? {} : { name: subject.name, subject: readCycloneDxComponent(subject) }),
    ...(timestamp === undefined ? {} : { created: timestamp }),
    authors: [...authors.map(personOf), ...parties],
    tools: toolsOf(metadata.tools),
    lifecycles: lifecycles.flatMap(({ phase, name }) => phase ?? name ?? []),
    components: flat.components,
    relationships: [...dependencies.flatMap(({ ref, dependsOn }) => dependsOn.map((to) => ({ from: ref, to, kind: 'depends-on' as const }))), ...flat.nested],
    completeness: new Map(compositions.flatMap(({ aggregate, assemblies, dependencies: of }) => [...assemblies, ...of].map((reference) => [reference, aggregate]))),
    properties: [...(metadata.properties ?? []), ...own],
    leftOut: new Map(unread.flatMap((part) => (count(part) === 0 ? [] : [[part, count(part)] as const]))),
  };
}

/** Nested components side by side; a component includes those that were inside it. */
class FlatComponents {
  readonly components: DocumentComponent[] = [];
  readonly nested: { readonly from: string; readonly to: string; readonly kind: 'owns' }[] = [];

  add(entry: CycloneDxComponent, parent: string | undefined): void {
    // Only some versions demand a reference; one made here cannot meet another, as references do not begin with a space.
    const reference = entry['bom-ref'] ?? ` ${this.components.length}`;
    this.components.push({ ...readCycloneDxComponent(entry), reference });
    if (parent !== undefined) this.nested.push({ from: parent, to: reference, kind: 'owns' });
    for (const child of entry.components ?? []) this.add(child, reference);
  }
}

function toolsOf(written: z.infer<typeof tools> | undefined): SbomDocument['tools'] {
  if (written === undefined) return [];
  const list = Array.isArray(written) ? written : written.components;
  return list.map(({ name, version }) => ({ name: name ?? 'unnamed', ...(version === undefined ? {} : { version }) }));
}
