import type { Finding, MatchComponent } from '@esscm/vulnerabilities';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';
import { nameInAdvisories } from './bound-components.js';
import type { PeerFinding } from './peer-findings.js';

/** Matchers that are compared. */
export type PeerName = 'osv-scanner' | 'trivy' | 'grype';

/** A finding that one side has alone, and why; `why` is undefined when nobody knows. */
export interface Difference {
  readonly who: 'only ours' | 'only theirs';
  /** Package type of the component. */
  readonly ecosystem: string;
  readonly example: string;
  readonly why: string | undefined;
}

/** Why another matcher does not report what we do. */
export function classOfOurs(peer: PeerName, { evidence, component, class: kind }: Finding, records: ReadonlyMap<string, OsvRecord>): string | undefined {
  const { version } = component;
  const name = nameInAdvisories({ ...component, id: '', locations: [] });
  if (peer === 'trivy' && !evidence.some(({ recordId }) => /^(?:GHSA|GO)-/.test(recordId))) return 'its database can be made of GitHub and Go records only; this vulnerability is in another';
  if (component.ecosystem === 'swift') return 'records write the name of the package in two ways, and names are compared as written';
  if (peer === 'trivy' && component.ecosystem === 'golang' && !isOfGo.test(component.name) && !evidence.some(({ recordId }) => recordId.startsWith('GHSA-'))) return 'it takes records of the Go database for the standard library and golang.org/x alone, and others from GitHub, whose copy is not in the collection';
  if (peer === 'trivy' && component.ecosystem === 'golang' && isOfGo.test(component.name) && !evidence.some(({ recordId }) => recordId.startsWith('GO-'))) return 'it takes records of the Go database alone for the standard library and golang.org/x';
  if (peer === 'trivy' && /\d-/.test(version)) return 'a prerelease, which its ranges of releases do not hold';
  const ofPackage = evidence.flatMap(({ recordId, packageName }) => (records.get(recordId)?.affected ?? []).filter((entry) => normalised(entry.package?.name ?? '') === normalised(packageName)));
  if (peer === 'grype' && evidence.every(({ reason }) => reason.endsWith('one of the versions the record lists')) && ofPackage.some((entry) => entry.ranges?.some((range) => range.type !== 'GIT'))) return 'the record lists the version, which is in none of its ranges; constraints are made of ranges';
  if (ofPackage.length > 0 && ofPackage.every((entry) => entry.package?.name !== name)) return 'the record writes the name of the package otherwise, and names are compared as written';
  if (component.ecosystem === 'pypi' && ofPackage.some((entry) => entry.package?.name !== normalised(entry.package?.name ?? ''))) return 'the name of the component is normalised (PEP 503), that of the record is not';
  if (peer === 'osv-scanner' && ofPackage.some((entry) => entry.ranges?.[0]?.type === 'GIT' && entry.versions?.includes(version) !== true)) return 'a range of commits comes first in the record, and ends the look at it; the version is not listed';
  if (peer === 'osv-scanner' && ofPackage.some((entry) => entry.ranges?.some((range) => range.type !== 'GIT') !== true && entry.versions?.includes(version) !== true)) return 'the record lists the same version in another form';
  if (ofPackage.some((entry) => meetsAt(entry, version))) return 'one range ends and another begins at this version; a beginning comes after an end (OSV schema)';
  if (kind === 'informational') return 'an informational record, which it leaves out';
  return undefined;
}

/** A version at which a range of the entry ends and another begins. */
function meetsAt(entry: NonNullable<OsvRecord['affected']>[number], version: string): boolean {
  const events = (entry.ranges ?? []).flatMap((range) => range.events);
  return events.some((event) => event.introduced === version) && events.some((event) => event.fixed === version);
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Of what Go's own team keeps records in its database for. */
const isOfGo = /^(?:stdlib|golang\.org\/x\/.*)$/;

/** Why we do not report what another matcher does. */
export function classOfTheirs({ identifiers }: PeerFinding, component: MatchComponent | undefined, records: readonly OsvRecord[]): string | undefined {
  const named = records.filter((record) => identifiers.includes(record.id) || (record.aliases ?? []).some((alias) => identifiers.includes(alias)));
  if (named.length > 0 && named.every((record) => record.withdrawn != null)) return 'the record is withdrawn';
  if (component?.ecosystem === 'pypi' && /-\d|-$/.test(component.version)) return 'the version is none by PEP 440, and the record does not list it; we say that it cannot be ordered';
  if (component?.ecosystem === 'golang' && says(named, 'ecosystem_specific', '"goos":[')) return 'the code is built for other systems than Linux alone, as the record says';
  if (component?.ecosystem === 'golang' && !names(named).includes(component.name) && names(named).some((name) => name.toLowerCase() === component.name.toLowerCase())) return 'the record is about a module whose path differs in case, which is another module to Go; names are looked up without regard to case';
  if (says(named, 'database_specific', 'last_known_affected_version_range')) return 'the end of what is known to be affected stands beside the range, and is not read';
  return undefined;
}

function names(records: readonly OsvRecord[]): string[] {
  return records.flatMap((record) => record.affected ?? []).flatMap((entry) => entry.package?.name ?? []);
}

function says(records: readonly OsvRecord[], field: 'ecosystem_specific' | 'database_specific', text: string): boolean {
  return records.flatMap((record) => record.affected ?? []).some((entry) => (JSON.stringify(entry[field]) ?? '').includes(text));
}
