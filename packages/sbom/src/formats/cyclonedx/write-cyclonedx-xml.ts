import type { Catalogue } from '../../catalogue.js';
import type { Property } from '../catalogue-facts.js';
import { withContentUuidOnce } from '../content-identifier.js';
import type { DocumentOptions } from '../document-options.js';
import { xmlAttributes, xmlOf, xmlParent, xmlText, type XmlElement } from '../xml-chunks.js';
import { cycloneDxBom, type CycloneDxBom } from './cyclonedx-bom.js';
import type { CycloneDxComponent, CycloneDxHash, CycloneDxIdentity, CycloneDxLicenceChoice, CycloneDxMetadata, CycloneDxOrganization, CycloneDxVersion } from './cyclonedx-model.js';

/** Writes the document that {@link writeCycloneDxJson} writes in CycloneDX's XML form; the order of elements is that of its XML schema. */
export function writeCycloneDxXml(version: CycloneDxVersion, catalogue: Catalogue, options: DocumentOptions = {}): Iterable<string> {
  return withContentUuidOnce((uuid) => bomXml(cycloneDxBom(catalogue, options, version), version, uuid));
}

function* bomXml({ metadata, components, dependencies, compositions }: CycloneDxBom, version: CycloneDxVersion, uuid: string): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<bom${xmlAttributes({ xmlns: `http://cyclonedx.org/schema/bom/${version}`, serialNumber: `urn:uuid:${uuid}`, version: '1' })}>\n`;
  yield xmlOf(metadataElement(metadata), 1);
  yield '  <components>\n';
  for (const component of components) yield xmlOf(componentElement(component), 2);
  yield '  </components>\n  <dependencies>\n';
  for (const { ref, dependsOn = [] } of dependencies) {
    yield xmlOf({ name: 'dependency', attributes: { ref }, content: dependsOn.map((on) => ({ name: 'dependency', attributes: { ref: on }, content: '' })) }, 2);
  }
  yield '  </dependencies>\n  <compositions>\n';
  for (const { aggregate, assemblies = [] } of compositions) {
    const assembled = assemblies.map((ref): XmlElement => ({ name: 'assembly', attributes: { ref }, content: '' }));
    yield xmlOf({ name: 'composition', content: [{ name: 'aggregate', content: aggregate }, { name: 'assemblies', content: assembled }] }, 2);
  }
  yield '  </compositions>\n</bom>\n';
}

function metadataElement({ timestamp, lifecycles = [], tools, component, manufacturer, properties = [] }: CycloneDxMetadata): XmlElement {
  const content = [
    xmlText('timestamp', timestamp),
    xmlParent('lifecycles', lifecycles.map(({ phase }) => xmlParent('lifecycle', [xmlText('phase', phase)]))),
    xmlParent('tools', [xmlParent('components', (tools?.components ?? []).map(componentElement))]),
    component === undefined ? undefined : componentElement(component),
    organizationElement('manufacturer', manufacturer),
    propertiesElement(properties),
  ];
  return { name: 'metadata', content: content.filter((part) => part !== undefined) };
}

function componentElement(component: CycloneDxComponent): XmlElement {
  const { type, supplier, group, name, version, description, hashes = [], licenses = [], copyright, cpe, purl, externalReferences = [], properties = [], evidence } = component;
  const occurrences = (evidence?.occurrences ?? []).map(({ location }) => xmlParent('occurrence', [xmlText('location', location)]));
  const content = [
    organizationElement('supplier', supplier),
    xmlText('group', group),
    xmlText('name', name),
    xmlText('version', version),
    xmlText('description', description),
    xmlParent('hashes', hashes.map(hashElement)),
    xmlParent('licenses', licenses.map(licenceElement)),
    xmlText('copyright', copyright),
    xmlText('cpe', cpe),
    xmlText('purl', purl),
    xmlParent('externalReferences', externalReferences.map((reference) => xmlParent('reference', [xmlText('url', reference.url)], { type: reference.type }))),
    propertiesElement(properties),
    xmlParent('evidence', [...(evidence?.identity ?? []).map(identityElement), xmlParent('occurrences', occurrences)]),
  ];
  return { name: 'component', attributes: { type, 'bom-ref': component['bom-ref'] }, content: content.filter((part) => part !== undefined) };
}

function identityElement({ field, confidence, methods }: CycloneDxIdentity): XmlElement | undefined {
  const method = methods.map((by) => xmlParent('method', [xmlText('technique', by.technique), xmlText('confidence', String(by.confidence))]));
  return xmlParent('identity', [xmlText('field', field), xmlText('confidence', String(confidence)), xmlParent('methods', method)]);
}

function organizationElement(element: string, organization: CycloneDxOrganization | undefined): XmlElement | undefined {
  if (organization === undefined) return undefined;
  const { name, contact = [] } = organization;
  return xmlParent(element, [xmlText('name', name), ...contact.map(({ email }) => xmlParent('contact', [xmlText('email', email)]))]);
}

function hashElement({ alg, content }: CycloneDxHash): XmlElement {
  return { name: 'hash', attributes: { alg }, content };
}

function licenceElement({ license, expression, acknowledgement }: CycloneDxLicenceChoice): XmlElement | undefined {
  if (license === undefined) return xmlText('expression', expression, { acknowledgement });
  return xmlParent('license', [xmlText('id', license.id), xmlText('name', license.name)], { acknowledgement: license.acknowledgement });
}

function propertiesElement(properties: readonly Property[]): XmlElement | undefined {
  return xmlParent('properties', properties.map(({ name, value }) => ({ name: 'property', attributes: { name }, content: value })));
}
