import type { DocumentComponent, DocumentParty, SbomDocument } from '../documents/sbom-document.js';

/** A party that is named at all. */
export function isNamed(party: DocumentParty | undefined): boolean {
  return party !== undefined && (party.name !== undefined || isReachable(party));
}

/** A party with an address of mail or of the web; many write it into the name. */
export function isReachable({ name = '', emails, urls }: DocumentParty): boolean {
  return emails.length > 0 || urls.length > 0 || /\S@\S|https?:\/\//.test(name);
}

export function hasTimestamp({ created }: SbomDocument): boolean {
  return created !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(created) && !created.startsWith('1970-01-01T00:00:00');
}

export function hasVersion({ version }: DocumentComponent): boolean {
  return version !== undefined && version.trim() !== '' && version !== 'unknown';
}

export function hasIdentifier({ packageUrl, cpes, otherIdentifiers }: DocumentComponent): boolean {
  return packageUrl !== undefined || cpes.length > 0 || otherIdentifiers.length > 0;
}

/** The component takes part in a relationship, at either end; being contained in the image counts, being alone does not. */
export function isRelated({ reference }: DocumentComponent, document: SbomDocument): boolean {
  return endsOf(document).has(reference);
}

/** The document says whether it knows all dependencies of the component, or of everything through what it is about. */
export function declaresCompleteness({ reference }: DocumentComponent, { completeness, subject }: SbomDocument): boolean {
  return [reference, subject?.reference ?? ''].some((declared) => completeness.has(declared));
}

const ends = new WeakMap<SbomDocument, ReadonlySet<string>>();

function endsOf(document: SbomDocument): ReadonlySet<string> {
  const known = ends.get(document) ?? new Set(document.relationships.flatMap(({ from, to }) => [from, to]));
  ends.set(document, known);
  return known;
}
