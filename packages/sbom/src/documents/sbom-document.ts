import type { ComponentHash } from '../catalogue.js';
import type { Property } from '../formats/catalogue-facts.js';

/** An SBOM document of any format, as far as this program understands it: what readers make and profiles judge. */
export interface SbomDocument {
  readonly specification: 'CycloneDX' | 'SPDX';
  /** Of the specification: `1.6`, `2.3`, `3.0.1`. */
  readonly version: string;
  readonly encoding: 'json' | 'xml' | 'tag-value';
  /** Serial number, document namespace or document IRI. */
  readonly identifier?: string;
  readonly name?: string;
  /** As written; ISO 8601 in a valid document. */
  readonly created?: string;
  /** People and organisations who answer for the document. */
  readonly authors: readonly DocumentParty[];
  /** Programs that made it. */
  readonly tools: readonly { readonly name: string; readonly version?: string }[];
  /** When in the software's life the data was gathered, in the format's own words: `post-build` and its like, `analyzed` and its like. */
  readonly lifecycles: readonly string[];
  /** What the document is about. */
  readonly subject?: DocumentComponent;
  readonly components: readonly DocumentComponent[];
  /** References of components; only the kinds the catalogue knows. */
  readonly relationships: readonly { readonly from: string; readonly to: string; readonly kind: 'depends-on' | 'owns' }[];
  /** References whose dependencies the document declares complete, incomplete or unknown, in the format's own words. */
  readonly completeness: ReadonlyMap<string, string>;
  readonly properties: readonly Property[];
  /** What the document also holds and a catalogue has no place for, counted by kind: `services`, `vulnerabilities`, … */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** A person or an organisation. */
export interface DocumentParty {
  readonly name?: string;
  readonly emails: readonly string[];
  readonly urls: readonly string[];
}

export interface DocumentComponent {
  /** Unique in the document. */
  readonly reference: string;
  /** In the words of CycloneDX: `library`, `application`, `operating-system`, `container`, `file`, … */
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly copyright?: string;
  readonly supplier?: DocumentParty;
  /** Who made the component, where that is told apart from who supplies it. */
  readonly creators: readonly DocumentParty[];
  readonly licences: readonly DocumentLicence[];
  readonly hashes: readonly ComponentHash[];
  readonly packageUrl?: string;
  readonly cpes: readonly string[];
  /** SWID tags, SWHIDs, OmniBOR and gitoid identifiers. */
  readonly otherIdentifiers: readonly string[];
  readonly homepage?: string;
  readonly references: readonly DocumentReference[];
  /** Where the component was found. */
  readonly paths: readonly string[];
  readonly properties: readonly Property[];
}

/** Exactly one of `expression` and `name`. */
export interface DocumentLicence {
  readonly expression?: string;
  readonly name?: string;
  readonly acknowledgement?: 'declared' | 'concluded';
}

export interface DocumentReference {
  /** In the words of CycloneDX: `website`, `distribution`, `vcs`, … */
  readonly type: string;
  readonly url: string;
  readonly hashes: readonly ComponentHash[];
}

/**
 * What an SPDX document is about: the one package it describes, if that contains the others or is an image. A document that
 * describes several is a list of them, and one that describes its only package has that package for its content.
 */
export function subjectOf(packages: readonly DocumentComponent[], described: ReadonlySet<string>): DocumentComponent | undefined {
  const found = described.size === 1 ? packages.find(({ reference }) => described.has(reference)) : undefined;
  return packages.length > 1 || found?.type === 'container' ? found : undefined;
}
