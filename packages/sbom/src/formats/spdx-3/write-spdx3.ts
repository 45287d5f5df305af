import { createHash } from 'node:crypto';
import type { Catalogue, CataloguedImage, Component, Distribution, Relationship } from '../../catalogue.js';
import { catalogueComponent } from '../../documents/catalogue-component.js';
import type { DocumentLicence } from '../../documents/sbom-document.js';
import { componentFacts, distributionFacts, documentFacts, imageFacts, relationshipsFrom } from '../catalogue-facts.js';
import { withContentUuid } from '../content-identifier.js';
import { documentTime, documentTool, imagePackageUrl, webAddress, type DocumentOptions } from '../document-options.js';
import { jsonChunks, JsonElements } from '../json-chunks.js';
import { readSpdx3Package } from './read-spdx3-package.js';
import { propertiesExtension, spdx3Algorithms, spdx3Purposes, type Spdx3Element } from './spdx3-model.js';

// SPDX demands a time; one before any image was built is recognisably none.
const noTime = '1970-01-01T00:00:00Z';

const creationInfo = '_:creationInfo';

/** How SPDX calls the relationships of a catalogue; one without a name here is a property of the component it begins at. */
const relationshipTypes: Partial<Record<Relationship['kind'], string>> = { 'depends-on': 'dependsOn', owns: 'contains' };

/**
 * Writes a catalogue as an SPDX 3.0.1 JSON-LD document with the profiles core, software, simpleLicensing and extension. The
 * same catalogue and options give the same bytes: every identifier begins with a UUID that comes from the content.
 */
export function writeSpdx3Json(catalogue: Catalogue, options: DocumentOptions = {}): Iterable<string> {
  return withContentUuid((uuid) =>
    jsonChunks({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': new JsonElements(new Spdx3Graph(catalogue, options, `urn:uuid:${uuid}#`).elements()),
    }),
  );
}

class Spdx3Graph {
  readonly #catalogue: Catalogue;
  readonly #options: DocumentOptions;
  readonly #prefix: string;
  readonly #ids: ReadonlyMap<string, string>;
  /** Identifiers of elements that several packages share and that stand in the graph already. */
  readonly #written = new Set<string>();

  constructor(catalogue: Catalogue, options: DocumentOptions, prefix: string) {
    this.#catalogue = catalogue;
    this.#options = options;
    this.#prefix = prefix;
    this.#ids = new Map(catalogue.components.map(({ id }) => [id, `${prefix}Package-${shortHash(id)}`]));
  }

  *elements(): Generator<Spdx3Element> {
    const { image, distribution, components } = this.#catalogue;
    yield* this.#document();
    yield this.#image(image);
    if (distribution !== undefined) yield this.#distribution(distribution);
    const edges = relationshipsFrom(this.#catalogue);
    for (const component of components) yield* this.#component(component, edges.get(component.id) ?? []);
    const contained = [...(distribution === undefined ? [] : [`${this.#prefix}OperatingSystem`]), ...this.#ids.values()];
    if (contained.length > 0) yield this.#relationship('contains', `${this.#prefix}Image`, contained);
  }

  *#document(): Generator<Spdx3Element> {
    const { name, tag, digest } = this.#catalogue.image;
    const { author } = this.#options;
    const tool = documentTool(this.#options);
    const incomplete = this.#catalogue.diagnostics.filter(({ severity }) => severity === 'incomplete');
    yield {
      type: 'CreationInfo',
      '@id': creationInfo,
      specVersion: '3.0.1',
      created: documentTime(this.#options, this.#catalogue.image) ?? noTime,
      createdBy: [author === undefined ? `${this.#prefix}Agent` : `${this.#prefix}Author`],
      createdUsing: [`${this.#prefix}Tool`],
    };
    if (author === undefined) yield this.#element('SoftwareAgent', 'Agent', { name: tool.name });
    else {
      const mail = author.email === undefined ? {} : { externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'email', identifier: author.email }] };
      yield this.#element('Organization', 'Author', { name: author.name, ...mail });
    }
    yield this.#element('Tool', 'Tool', { name: `${tool.name}-${tool.version}` });
    yield this.#element('simplelicensing_LicenseExpression', 'DataLicense', { simplelicensing_licenseExpression: 'CC0-1.0' });
    yield this.#element('SpdxDocument', 'Document', {
      name: `${name}${tag === undefined ? '' : `:${tag}`}@${digest}`,
      ...(incomplete.length === 0 ? {} : { comment: `This document is incomplete. ${incomplete.map(({ code, path, message }) => `${code}${path === undefined ? '' : ` (${path})`}: ${message}`).join(' ')}` }),
      dataLicense: `${this.#prefix}DataLicense`,
      profileConformance: ['core', 'software', 'simpleLicensing', 'extension'],
      rootElement: [`${this.#prefix}Sbom`],
      ...propertiesExtension(documentFacts(this.#catalogue)),
    });
    yield this.#element('software_Sbom', 'Sbom', {
      software_sbomType: ['analyzed'],
      profileConformance: ['core', 'software', 'simpleLicensing', 'extension'],
      rootElement: [`${this.#prefix}Image`],
    });
  }

  #image(image: CataloguedImage): Spdx3Element {
    const sha256 = /^sha256:([0-9a-f]{64})$/.exec(image.digest)?.[1];
    return this.#element('software_Package', 'Image', {
      name: image.name,
      software_packageVersion: image.tag ?? image.digest,
      software_packageUrl: imagePackageUrl(image),
      software_primaryPurpose: 'container',
      ...(sha256 === undefined ? {} : { verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: sha256 }] }),
      ...propertiesExtension(imageFacts(image)),
    });
  }

  #distribution(distribution: Distribution): Spdx3Element {
    const { id, versionId, prettyName } = distribution;
    const readBack = { id, idLike: [], ...(versionId === undefined ? {} : { versionId }), ...(prettyName === undefined ? {} : { prettyName }) };
    return this.#element('software_Package', 'OperatingSystem', {
      name: id,
      ...(versionId === undefined ? {} : { software_packageVersion: versionId }),
      ...(prettyName === undefined ? {} : { description: prettyName }),
      software_primaryPurpose: 'operatingSystem',
      ...propertiesExtension(distributionFacts(distribution, readBack)),
    });
  }

  *#component(component: Component, edges: readonly Relationship[]): Generator<Spdx3Element> {
    const id = this.#ids.get(component.id) ?? '';
    const { supplier, licences } = component;
    const supplierId = supplier === undefined ? undefined : yield* this.#supplier(component, supplier);
    const licenceIds: Record<'declared' | 'concluded', string[]> = { declared: [], concluded: [] };
    for (const { declared, spdxExpression, acknowledgement = 'declared' } of licences) {
      licenceIds[acknowledgement].push(spdxExpression === undefined ? yield* this.#licenceText(declared) : yield* this.#licenceExpression(spdxExpression));
    }
    const fields = { type: 'software_Package', spdxId: id, creationInfo, ...packageFields(component), ...(supplierId === undefined ? {} : { suppliedBy: supplierId }) };
    const readBack = catalogueComponent(
      readSpdx3Package(fields, {
        party: () => (supplier === undefined ? undefined : { name: supplier, emails: [], urls: [] }),
        licences: licences.map(
          ({ declared, spdxExpression, acknowledgement }): DocumentLicence => ({
            ...(spdxExpression === undefined ? { name: declared } : { expression: spdxExpression }),
            acknowledgement: acknowledgement ?? 'declared',
          }),
        ),
      }),
    );
    const unrelated = edges.filter(({ kind }) => relationshipTypes[kind] === undefined);
    yield { ...fields, ...propertiesExtension(componentFacts(component, { ...readBack, id: component.packageUrl }, unrelated)) };
    if (licenceIds.declared.length > 0) yield this.#relationship('hasDeclaredLicense', id, [...new Set(licenceIds.declared)]);
    if (licenceIds.concluded.length > 0) yield this.#relationship('hasConcludedLicense', id, [...new Set(licenceIds.concluded)]);
    for (const [kind, ofKind] of Map.groupBy(edges, (edge) => edge.kind)) {
      const type = relationshipTypes[kind];
      if (type !== undefined) yield this.#relationship(type, id, [...new Set(ofKind.map(({ to }) => this.#ids.get(to) ?? ''))]);
    }
  }

  /** A distribution's packages, which have a source package, are supplied by it; authors of language packages are people first. */
  *#supplier({ source }: Component, name: string): Generator<Spdx3Element, string> {
    const type = source === undefined ? 'Person' : 'Organization';
    return yield* this.#shared(type, `${type}-${shortHash(name)}`, { name });
  }

  *#licenceExpression(expression: string): Generator<Spdx3Element, string> {
    return yield* this.#shared('simplelicensing_LicenseExpression', `Licence-${shortHash(expression)}`, { simplelicensing_licenseExpression: expression });
  }

  *#licenceText(declared: string): Generator<Spdx3Element, string> {
    return yield* this.#shared('simplelicensing_SimpleLicensingText', `LicenceText-${shortHash(declared)}`, { name: declared, simplelicensing_licenseText: declared });
  }

  *#shared(type: string, name: string, properties: object): Generator<Spdx3Element, string> {
    const element = this.#element(type, name, properties);
    const id = `${this.#prefix}${name}`;
    if (!this.#written.has(id)) yield element;
    this.#written.add(id);
    return id;
  }

  #relationship(relationshipType: string, from: string, to: readonly string[]): Spdx3Element {
    return this.#element('Relationship', `Relationship-${relationshipType}-${shortHash(from.slice(this.#prefix.length))}`, { from, relationshipType, to, completeness: 'noAssertion' });
  }

  #element(type: string, name: string, properties: object): Spdx3Element {
    return { type, spdxId: `${this.#prefix}${name}`, creationInfo, ...properties };
  }
}

function packageFields({ name, version, description, packageUrl, purpose, hashes = [], cpes = [], copyright, source, homepage, downloadUrl }: Component): object {
  const website = webAddress(homepage);
  const download = webAddress(downloadUrl);
  const verified = hashes.flatMap(({ algorithm, value }) => {
    const known = Object.keys(spdx3Algorithms).find((key) => spdx3Algorithms[key] === algorithm);
    return known === undefined ? [] : [{ type: 'Hash', algorithm: known, hashValue: value }];
  });
  const identifiers = cpes.map((cpe) => ({ type: 'ExternalIdentifier', externalIdentifierType: cpe.startsWith('cpe:2.3:') ? 'cpe23' : 'cpe22', identifier: cpe }));
  return {
    name,
    ...(version === '' ? {} : { software_packageVersion: version }),
    ...(description === undefined ? {} : { description }),
    software_packageUrl: packageUrl,
    software_primaryPurpose: Object.keys(spdx3Purposes).find((key) => spdx3Purposes[key] === (purpose ?? 'library')) ?? 'other',
    ...(website === undefined ? {} : { software_homePage: website }),
    ...(download === undefined ? {} : { software_downloadLocation: download }),
    ...(copyright === undefined ? {} : { software_copyrightText: copyright }),
    ...(source === undefined ? {} : { software_sourceInfo: `Built from source package ${source.name} ${source.version}` }),
    ...(verified.length === 0 ? {} : { verifiedUsing: verified }),
    ...(identifiers.length === 0 ? {} : { externalIdentifier: identifiers }),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
