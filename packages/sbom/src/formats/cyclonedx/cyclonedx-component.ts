import { catalogueComponent } from '../../documents/catalogue-component.js';
import type { DocumentComponent, DocumentLicence, DocumentParty } from '../../documents/sbom-document.js';
import { evidenceOf } from '../../catalogue/evidence.js';
import type { Component, Relationship } from '../../catalogue.js';
import { componentFacts } from '../catalogue-facts.js';
import { webAddress } from '../document-options.js';
import { cycloneDxLicences } from './cyclonedx-licences.js';
import type { CycloneDxComponent, CycloneDxContact, CycloneDxHash, CycloneDxLicenceChoice, CycloneDxOrganization, CycloneDxVersion } from './cyclonedx-model.js';

/** Algorithms that both versions have; a hash of another one is a property. */
const algorithms = new Set(['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512', 'BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'BLAKE3']);
const hashContent = /^(?:[a-f0-9]{32}|[a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$/;

/** A component of a catalogue in CycloneDX; `edges` are its relationships other than dependencies. */
export function writeCycloneDxComponent(entry: Component, edges: readonly Relationship[], version: CycloneDxVersion): CycloneDxComponent {
  const licenses = cycloneDxLicences(entry.licences, version);
  const references = (['website', 'distribution'] as const).flatMap((type) => {
    const url = webAddress(type === 'website' ? entry.homepage : entry.downloadUrl);
    return url === undefined ? [] : [{ type, url }];
  });
  const separator = groupSeparator(entry);
  const hashes = (entry.hashes ?? []).filter(({ algorithm, value }) => algorithms.has(algorithm) && hashContent.test(value));
  const cpe = entry.cpes?.find((name) => /^(?:cpe:2\.3:[aho*-](?::[^\s:]+){10}|cpe:\/[aho])/i.test(name) && !/\s/.test(name));
  const paths = [...new Set(entry.locations.map(({ path }) => path))];
  const fields: CycloneDxComponent = {
    type: entry.purpose ?? 'library',
    'bom-ref': entry.id,
    ...(entry.supplier === undefined ? {} : { supplier: { name: entry.supplier } }),
    ...(separator < 0 ? {} : { group: entry.name.slice(0, separator) }),
    name: entry.name.slice(separator + 1),
    ...versionField(entry.version),
    ...(entry.description === undefined ? {} : { description: entry.description }),
    ...(hashes.length === 0 ? {} : { hashes: hashes.map(({ algorithm, value }) => ({ alg: algorithm, content: value })) }),
    ...(licenses.length === 0 ? {} : { licenses }),
    ...(entry.copyright === undefined ? {} : { copyright: entry.copyright }),
    ...(cpe === undefined ? {} : { cpe }),
    purl: entry.packageUrl,
    ...(references.length === 0 ? {} : { externalReferences: references }),
  };
  const { technique, confidence } = evidenceOf(entry);
  const occurrences = paths.map((location) => ({ location }));
  const evidence = { evidence: { identity: [{ field: 'purl', confidence, methods: [{ technique, confidence }] }], ...(occurrences.length === 0 ? {} : { occurrences }) } };
  const readBack = catalogueComponent(readCycloneDxComponent({ ...fields, ...evidence }));
  return { ...fields, properties: componentFacts(entry, { ...readBack, id: entry.packageUrl }, edges), ...evidence };
}

/** A version as the schema takes one: 1 to 1024 characters; any other is a property. */
export function versionField(version: string | undefined): { readonly version?: string } {
  return version === undefined || version === '' || version.length > 1024 ? {} : { version };
}

/** Where the name of a component has its scope, group or vendor end; -1 where it has none. */
function groupSeparator({ ecosystem, name }: Component): number {
  if (ecosystem === 'maven') return name.indexOf(':');
  return (ecosystem === 'npm' && name.startsWith('@')) || ecosystem === 'composer' ? name.indexOf('/') : -1;
}

/** What a component of a CycloneDX document says, its nested components aside. */
export function readCycloneDxComponent(component: CycloneDxComponent): DocumentComponent {
  const { type, group, name, version, description, copyright, supplier, manufacturer, authors = [], author, publisher, licenses = [] } = component;
  const { hashes = [], purl, cpe, omniborId = [], swhid = [], swid, externalReferences = [], evidence, properties = [] } = component;
  const website = externalReferences.find((reference) => reference.type === 'website')?.url;
  const supplied = supplier === undefined ? publisher === undefined || publisher === '' ? undefined : { name: publisher, emails: [], urls: [] } : partyOf(supplier);
  return {
    reference: component['bom-ref'] ?? '',
    type,
    ...(group === undefined || group === '' ? {} : { group }),
    name,
    ...(version === undefined || version === '' ? {} : { version }),
    ...(description === undefined ? {} : { description }),
    ...(copyright === undefined ? {} : { copyright }),
    ...(supplied === undefined ? {} : { supplier: supplied }),
    creators: [
      ...(manufacturer === undefined ? [] : [partyOf(manufacturer)]),
      ...authors.map(personOf),
      ...(author === undefined || author === '' ? [] : [{ name: author, emails: [], urls: [] }]),
    ],
    licences: licenses.flatMap(readLicence),
    hashes: hashes.map(readHash),
    ...(purl === undefined || purl === '' ? {} : { packageUrl: purl }),
    cpes: cpe === undefined || cpe === '' ? [] : [cpe],
    otherIdentifiers: [...omniborId, ...swhid, ...(swid === undefined ? [] : [swid.tagId])],
    ...(website === undefined ? {} : { homepage: website }),
    references: externalReferences.map(({ type: kind, url, hashes: ofReference = [] }) => ({ type: kind, url, hashes: ofReference.map(readHash) })),
    paths: (evidence?.occurrences ?? []).map(({ location }) => location),
    properties,
  };
}

export function partyOf({ name, url = [], contact = [] }: CycloneDxOrganization): DocumentParty {
  return { ...(name === undefined || name === '' ? {} : { name }), emails: contact.flatMap(({ email }) => email ?? []), urls: url };
}

export function personOf({ name, email }: CycloneDxContact): DocumentParty {
  return { ...(name === undefined || name === '' ? {} : { name }), emails: email === undefined ? [] : [email], urls: [] };
}

function readHash({ alg, content }: CycloneDxHash): { readonly algorithm: string; readonly value: string } {
  return { algorithm: alg, value: content };
}

function readLicence({ license, expression, acknowledgement }: CycloneDxLicenceChoice): readonly DocumentLicence[] {
  const said = license?.acknowledgement ?? acknowledgement;
  const known = said === 'declared' || said === 'concluded' ? { acknowledgement: said } as const : {};
  if (expression !== undefined) return [{ expression, ...known }];
  if (license?.id !== undefined) return [{ expression: license.id, ...known }];
  return license?.name === undefined || license.name === '' ? [] : [{ name: license.name, ...known }];
}
