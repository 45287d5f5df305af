import type { XmlNode } from '../../documents/xml-document.js';

type Json = Readonly<Record<string, unknown>>;

/** Puts the XML form of a CycloneDX document into the shape of its JSON form, as far as that is read. */
export function cycloneDxFromXml(root: XmlNode, version: string): Json {
  const metadata = child(root, 'metadata');
  return compact({
    bomFormat: 'CycloneDX',
    specVersion: version,
    serialNumber: root.attributes['serialNumber'],
    metadata: metadata === undefined ? undefined : metadataOf(metadata),
    components: list(root, 'components', 'component', componentOf),
    dependencies: list(root, 'dependencies', 'dependency', (dependency) => ({ ref: dependency.attributes['ref'], dependsOn: children(dependency, 'dependency').map(({ attributes }) => attributes['ref']) })),
    compositions: list(root, 'compositions', 'composition', (composition) => ({
      aggregate: textOf(composition, 'aggregate'),
      assemblies: list(composition, 'assemblies', 'assembly', ({ attributes }) => attributes['ref']),
      dependencies: list(composition, 'dependencies', 'dependency', ({ attributes }) => attributes['ref']),
    })),
    properties: propertiesOf(root),
    services: list(root, 'services', 'service', counted),
    vulnerabilities: list(root, 'vulnerabilities', 'vulnerability', counted),
    annotations: list(root, 'annotations', 'annotation', counted),
    formulation: list(root, 'formulation', 'formula', counted),
    declarations: child(root, 'declarations') === undefined ? undefined : {},
    definitions: child(root, 'definitions') === undefined ? undefined : {},
    citations: list(root, 'citations', 'citation', counted),
  });
}

function metadataOf(metadata: XmlNode): Json {
  const tools = child(metadata, 'tools');
  const component = child(metadata, 'component');
  return compact({
    timestamp: textOf(metadata, 'timestamp'),
    lifecycles: list(metadata, 'lifecycles', 'lifecycle', (lifecycle) => compact({ phase: textOf(lifecycle, 'phase'), name: textOf(lifecycle, 'name') })),
    tools: tools === undefined ? undefined : toolsOf(tools),
    authors: list(metadata, 'authors', 'author', contactOf),
    component: component === undefined ? undefined : componentOf(component),
    manufacture: organizationOf(child(metadata, 'manufacture')),
    manufacturer: organizationOf(child(metadata, 'manufacturer')),
    supplier: organizationOf(child(metadata, 'supplier')),
    properties: propertiesOf(metadata),
  });
}

function toolsOf(tools: XmlNode): unknown {
  const components = list(tools, 'components', 'component', componentOf);
  return components === undefined ? children(tools, 'tool').map((tool) => compact({ vendor: textOf(tool, 'vendor'), name: textOf(tool, 'name'), version: textOf(tool, 'version') })) : { components };
}

function componentOf(component: XmlNode): Json {
  const swid = child(component, 'swid');
  const evidence = child(component, 'evidence');
  const identifiers = (name: string): readonly string[] | undefined => some(children(component, name).map(({ text }) => text));
  return compact({
    type: component.attributes['type'],
    'bom-ref': component.attributes['bom-ref'],
    supplier: organizationOf(child(component, 'supplier')),
    manufacturer: organizationOf(child(component, 'manufacturer')),
    authors: list(component, 'authors', 'author', contactOf),
    author: textOf(component, 'author'),
    publisher: textOf(component, 'publisher'),
    group: textOf(component, 'group'),
    name: textOf(component, 'name'),
    version: textOf(component, 'version'),
    description: textOf(component, 'description'),
    hashes: hashesOf(component),
    licenses: licencesOf(child(component, 'licenses')),
    copyright: textOf(component, 'copyright'),
    cpe: textOf(component, 'cpe'),
    purl: textOf(component, 'purl'),
    omniborId: identifiers('omniborId'),
    swhid: identifiers('swhid'),
    swid: swid === undefined ? undefined : { tagId: swid.attributes['tagId'] },
    externalReferences: list(component, 'externalReferences', 'reference', (reference) => compact({ type: reference.attributes['type'], url: textOf(reference, 'url'), hashes: hashesOf(reference) })),
    properties: propertiesOf(component),
    components: list(component, 'components', 'component', componentOf),
    evidence: evidence === undefined ? undefined : compact({ occurrences: list(evidence, 'occurrences', 'occurrence', (occurrence) => ({ location: textOf(occurrence, 'location') })) }),
  });
}

function licencesOf(licences: XmlNode | undefined): unknown {
  return licences?.children.flatMap((choice): readonly Json[] => {
    const { acknowledgement } = choice.attributes;
    if (choice.name === 'license') return [{ license: compact({ id: textOf(choice, 'id'), name: textOf(choice, 'name'), acknowledgement }) }];
    if (choice.name === 'expression') return [compact({ expression: choice.text, acknowledgement })];
    return choice.name === 'expression-detailed' ? [compact({ expression: choice.attributes['expression'], acknowledgement })] : [];
  });
}

function organizationOf(organization: XmlNode | undefined): Json | undefined {
  if (organization === undefined) return undefined;
  return compact({ name: textOf(organization, 'name'), url: some(children(organization, 'url').map(({ text }) => text)), contact: some(children(organization, 'contact').map(contactOf)) });
}

function contactOf(contact: XmlNode): Json {
  return compact({ name: textOf(contact, 'name'), email: textOf(contact, 'email') });
}

function hashesOf(parent: XmlNode): unknown {
  return list(parent, 'hashes', 'hash', ({ attributes, text }) => ({ alg: attributes['alg'], content: text }));
}

function propertiesOf(parent: XmlNode): unknown {
  return list(parent, 'properties', 'property', ({ attributes, text }) => ({ name: attributes['name'], value: text }));
}

function counted(): Json {
  return {};
}

function child({ children: all }: XmlNode, name: string): XmlNode | undefined {
  return all.find((candidate) => candidate.name === name);
}

function children({ children: all }: XmlNode, name: string): readonly XmlNode[] {
  return all.filter((candidate) => candidate.name === name);
}

function textOf(parent: XmlNode, name: string): string | undefined {
  return child(parent, name)?.text;
}

function list<Item>(parent: XmlNode, wrapper: string, name: string, read: (node: XmlNode) => Item): readonly Item[] | undefined {
  const found = child(parent, wrapper);
  return found === undefined ? undefined : children(found, name).map(read);
}

function some<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function compact(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
