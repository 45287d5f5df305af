import type { DocumentComponent, SbomDocument } from '../documents/sbom-document.js';
import type { Profile } from './profile.js';
import { declaresCompleteness, hasIdentifier, hasTimestamp, hasVersion, isReachable, isRelated } from './rule-checks.js';

/** Properties in the names that the guideline's own taxonomy has for CycloneDX. */
function hasProperty(name: string): (component: DocumentComponent) => boolean {
  return ({ properties }) => properties.some((property) => property.name === `bsi:component:${name}` && property.value !== '');
}

function hasReference(...types: readonly string[]): (component: DocumentComponent) => boolean {
  return ({ references }) => references.some(({ type, url }) => types.includes(type) && url !== '');
}

/** Versions of the formats that count, as numbers of major and minor. */
function isNewEnough({ specification, version }: SbomDocument): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return specification === 'CycloneDX' ? major > 1 || minor >= 6 : major > 3 || (major === 3 && (minor > 0 || patch >= 1));
}

export const bsiTr031832: Profile = {
  id: 'bsi-tr-03183-2',
  title: 'BSI TR-03183-2',
  source: 'BSI, Technical Guideline TR-03183-2, version 2.1.0 of 20 August 2025',
  rules: [
    { id: 'format', title: 'CycloneDX 1.6 or SPDX 3.0.1, or newer', section: '4', level: 'required', holds: { document: isNewEnough } },
    { id: 'no-vulnerabilities', title: 'No vulnerability information', section: '3.1', level: 'required', holds: { document: ({ leftOut }) => ![...leftOut.keys()].some((kind) => /vulnerab/i.test(kind)) } },
    { id: 'creator', title: 'Creator of the SBOM, with an address', section: '5.2.1', level: 'required', holds: { document: ({ authors }) => authors.some(isReachable) } },
    { id: 'timestamp', title: 'Timestamp', section: '5.2.1', level: 'required', holds: { document: hasTimestamp } },
    { id: 'component-creator', title: 'Component creator, with an address', section: '5.2.2', level: 'required', holds: { component: ({ supplier, creators }) => [...creators, ...(supplier === undefined ? [] : [supplier])].some(isReachable) } },
    { id: 'name', title: 'Component name', section: '5.2.2', level: 'required', holds: { component: ({ name }) => name !== '' } },
    { id: 'version', title: 'Component version', section: '5.2.2', level: 'required', holds: { component: hasVersion } },
    { id: 'filename', title: 'Filename of the component', section: '5.2.2', level: 'required', holds: { component: hasProperty('filename') } },
    { id: 'dependencies', title: 'Dependencies on other components, and whether they are complete', section: '5.2.2', level: 'required', holds: { component: (component, document) => isRelated(component, document) && declaresCompleteness(component, document) } },
    { id: 'distribution-licences', title: 'Distribution licences', section: '5.2.2', level: 'required', holds: { component: ({ licences }) => licences.some(({ acknowledgement }) => acknowledgement === 'concluded') } },
    { id: 'hash', title: 'SHA-512 of the deployable component', section: '5.2.2', level: 'required', holds: { component: ({ hashes, references }) => [...hashes, ...references.filter(({ type }) => type === 'distribution').flatMap((reference) => reference.hashes)].some(({ algorithm }) => algorithm === 'SHA-512') } },
    { id: 'executable', title: 'Executable property', section: '5.2.2', level: 'required', holds: { component: hasProperty('executable') } },
    { id: 'archive', title: 'Archive property', section: '5.2.2', level: 'required', holds: { component: hasProperty('archive') } },
    { id: 'structured', title: 'Structured property', section: '5.2.2', level: 'required', holds: { component: hasProperty('structured') } },
    { id: 'sbom-uri', title: 'SBOM-URI', section: '5.2.3', level: 'where-it-exists', holds: { document: ({ identifier }) => identifier !== undefined } },
    { id: 'source-uri', title: 'Source code URI', section: '5.2.4', level: 'where-it-exists', holds: { component: hasReference('source-distribution', 'vcs') } },
    { id: 'deployable-uri', title: 'URI of the deployable form of the component', section: '5.2.4', level: 'where-it-exists', holds: { component: hasReference('distribution') } },
    { id: 'identifier', title: 'Other unique identifiers', section: '5.2.4', level: 'where-it-exists', holds: { component: hasIdentifier } },
    { id: 'original-licences', title: 'Original licences', section: '5.2.4', level: 'where-it-exists', holds: { component: ({ licences }) => licences.some(({ acknowledgement }) => acknowledgement === 'declared') } },
  ],
};
