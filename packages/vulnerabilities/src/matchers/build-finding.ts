import type { SeverityStatement } from '../advisories/advisory-record.js';
import type { StoredAdvisory, Enrichment } from '../database/advisory-database.js';
import { ecosystemRules } from '../ecosystems/ecosystems.js';
import type { Candidate } from './candidate.js';
import type { Confidence, Evidence, Finding, FindingClass, Fix } from './finding.js';
import { canonicalIdentifier } from './identity.js';
import { isOperatingSystemPackage } from './look-ups.js';
import type { MatchComponent } from './match-input.js';
import { compareVersionKeys } from '../versions/version-scheme.js';
import type { VersionKey } from '../versions/version-scheme.js';
import { levelOfWord, readStatement, statementRank } from './severity.js';
import type { Rating } from './severity.js';

/** An advisory that says the component is affected by the vulnerability of a group. */
export interface Match {
  readonly advisory: StoredAdvisory;
  readonly candidate: Candidate;
}

/** A component, and what all its findings say of it. */
export interface MatchedComponent {
  readonly component: MatchComponent;
  readonly described: Finding['component'];
  /** A package of an operating system. */
  readonly isPackage: boolean;
}

/** Made once for all findings of a component, of which there may be thousands. */
export function matchedComponent(component: MatchComponent): MatchedComponent {
  const { name, version, ecosystem, packageUrl, locations } = component;
  return { component, described: { name, version, ecosystem, packageUrl, paths: locations.map((location) => location.path) }, isPackage: isOperatingSystemPackage(component) };
}

/** One finding from everything that says so; `dissent` are ids of records of the same vulnerability that say otherwise. */
export function buildFinding(matched: MatchedComponent, matches: readonly Match[], identifiers: readonly string[], dissent: readonly string[], enrichmentOf: (cve: string) => Enrichment | undefined): Finding {
  const { component } = matched;
  const ratings = rankedRatings(matched.isPackage, matches);
  const records = matches.map((match) => match.advisory.id);
  const id = canonicalIdentifier(identifiers, records);
  const severity = ratings[0] ?? unrated;
  const fix = chooseFix(matches);
  const kind = classOf(matched, matches, severity);
  return {
    id,
    identifiers: [...new Set([...identifiers, ...records])].toSorted(),
    componentId: component.id,
    component: matched.described,
    summary: matches.find((match) => match.advisory.summary !== '')?.advisory.summary ?? '',
    severity,
    ratings,
    fix,
    class: kind,
    hidden: kind !== 'vulnerability' && kind !== 'malware',
    confidence: confidenceOf(matches, dissent),
    evidence: matches.map(evidence),
    notes: notesOf(matches, fix, dissent),
    enrichment: enrichmentOf(id),
    published: earliest(matches),
    ownedBy: component.ownedBy,
  };
}

const unrated: Rating = { level: 'unknown', source: 'no rating found' };

function earliest(matches: readonly Match[]): string | undefined {
  let first: string | undefined;
  for (const { published } of matches.map((match) => match.advisory)) if (published !== undefined && (first === undefined || published < first)) first = published;
  return first;
}

interface RankedRating {
  readonly rank: number;
  readonly rating: Rating;
}

/** The distribution's own word first for its packages, then ratings of the affected package, then of the record. */
function rankedRatings(isPackage: boolean, matches: readonly Match[]): readonly Rating[] {
  const ranked: RankedRating[] = [];
  for (const { advisory, candidate } of matches) {
    const { urgency, severities } = candidate.detail ?? {};
    if (urgency !== undefined && levelOfWord(urgency) !== 'unknown') addRating(ranked, { level: levelOfWord(urgency), source: 'Debian urgency' }, 0);
    for (const statement of severities ?? []) addRating(ranked, readStatement(statement, advisory.id), isWord(statement) && isPackage ? 0 : 1);
    for (const { statement, rating } of ratingsOf(advisory)) addRating(ranked, rating, isWord(statement) ? (isPackage ? 0 : 3) : 2);
  }
  if (ranked.length > 1) ranked.sort((one, other) => one.rank - other.rank || (other.rating.score ?? 0) - (one.rating.score ?? 0));
  return ranked.map((entry) => entry.rating);
}

function addRating(ranked: RankedRating[], rating: Rating | undefined, group: number): void {
  if (rating !== undefined) ranked.push({ rank: group * 10 + statementRank(rating), rating });
}

function isWord({ type }: SeverityStatement): boolean {
  return !type.startsWith('CVSS');
}

interface StatedRating {
  readonly statement: SeverityStatement;
  readonly rating: Rating | undefined;
}

/** Of advisories that somebody still holds: each is in many components. */
const readRatings = new WeakMap<StoredAdvisory, readonly StatedRating[]>();

function ratingsOf(advisory: StoredAdvisory): readonly StatedRating[] {
  let ratings = readRatings.get(advisory);
  if (ratings === undefined) readRatings.set(advisory, (ratings = advisory.severities.map((statement) => ({ statement, rating: readStatement(statement, advisory.id) }))));
  return ratings;
}

function chooseFix(matches: readonly Match[]): Fix {
  const open = matches.filter((match) => match.candidate.lookUp.role === 'own');
  const [first] = [...open, ...matches].filter((match) => match.candidate.fixed !== undefined);
  const fixed = first && smallestFix(first, open);
  if (fixed === undefined) return { state: matches.flatMap((match) => match.candidate.detail?.fixState ?? [])[0] ?? 'unfixed', version: undefined, alsoFixedIn: [...new Set(matches.flatMap((match) => match.candidate.alsoFixedIn))] };
  const versions = new Set(matches.flatMap((match) => [...(match.candidate.fixed === undefined ? [] : [match.candidate.fixed]), ...match.candidate.alsoFixedIn]));
  versions.delete(fixed.candidate.fixed ?? '');
  const paid = fixed.candidate.lookUp.role === 'subscription' || fixed.candidate.detail?.availability !== undefined || fixed.candidate.isFixedOnStreamsOnly === true;
  return { state: paid ? 'subscription' : 'fixed', version: fixed.candidate.fixed, alsoFixedIn: [...versions] };
}

/** A distribution may fix one vulnerability by several notices: the smallest version is enough. Other sources may disagree, and the first one counts. */
function smallestFix(first: Match, open: readonly Match[]): Match {
  const { scheme, kind } = ecosystemRules(first.candidate.lookUp.ecosystem);
  if (scheme === undefined || kind !== 'distribution') return first;
  const others = open.filter(({ candidate }) => candidate.fixed !== undefined && candidate.fixed !== first.candidate.fixed && candidate.lookUp.ecosystem === first.candidate.lookUp.ecosystem);
  const keyOf = (match: Match): VersionKey | undefined => scheme.parse(match.candidate.fixed ?? '');
  return others.reduce((smallest, match) => {
    const [key, other] = [keyOf(match), keyOf(smallest)];
    return key !== undefined && other !== undefined && compareVersionKeys(key, other) < 0 ? match : smallest;
  }, first);
}

const kernelHeaders = /^(?:linux-libc-dev|kernel-headers|linux-(?:.+-)?headers(?:-.+)?|linux-kbuild-.+|linux-doc.*)$/;

function classOf({ component, isPackage }: MatchedComponent, matches: readonly Match[], severity: Rating): FindingClass {
  if (matches.some((match) => match.advisory.kind === 'malware')) return 'malware';
  if (matches.every((match) => match.advisory.kind === 'informational')) return 'informational';
  if (isPackage && kernelHeaders.test(component.name)) return 'kernel-headers';
  if (severity.level === 'negligible') return 'negligible';
  return matches.every((match) => match.candidate.pseudoVersion) ? 'uncertain' : 'vulnerability';
}

function confidenceOf(matches: readonly Match[], dissent: readonly string[]): Confidence {
  const sure = matches.filter(({ candidate }) => candidate.comparable && !candidate.pseudoVersion && candidate.detail?.customRanges !== true && !isVendorRebuild(candidate));
  if (sure.length === 0) return 'low';
  return dissent.length > 0 || sure.every(({ candidate }) => candidate.lookUp.role === 'disclosure') ? 'medium' : 'high';
}

function notesOf(matches: readonly Match[], fix: Fix, dissent: readonly string[]): string[] {
  const notes: string[] = [];
  if (fix.state === 'subscription') notes.push('The fix needs a subscription of the distribution.');
  for (const note of new Set(matches.flatMap(({ candidate }) => [candidate.fixNote, candidate.detail?.fixNote]).filter((note) => note !== undefined))) notes.push(note);
  if (matches.every((match) => match.candidate.lookUp.role === 'disclosure')) notes.push('Stated for the distribution this one is rebuilt from; its own advisories do not name it.');
  if (dissent.length > 0) notes.push(`Sources disagree: by ${dissent.join(', ')} this version is not affected.`);
  if (matches.some((match) => match.candidate.pseudoVersion)) notes.push('The version is a commit without a release; it sorts below every release.');
  if (matches.some((match) => match.candidate.detail?.customRanges === true)) notes.push('The record bounds the code by versions its range cannot express.');
  if (matches.some((match) => isVendorRebuild(match.candidate))) notes.push('The package is a rebuild by its vendor, who may have fixed it without changing the upstream version.');
  if (matches.every((match) => !match.candidate.comparable)) notes.push('The version has no place in the order of its ecosystem; it was found in a list.');
  return notes;
}

/** Red Hat rebuilds Java packages with its own fixes (`4.1.63.Final-redhat-00001`). */
function isVendorRebuild({ lookUp }: Candidate): boolean {
  return lookUp.ecosystem === 'Maven' && /[.-]redhat-\d/.test(lookUp.version);
}

function evidence({ advisory, candidate }: Match): Evidence {
  return {
    recordId: advisory.id,
    source: advisory.source,
    recordKind: advisory.kind,
    ecosystem: candidate.lookUp.ecosystem,
    packageName: ecosystemRules(candidate.lookUp.ecosystem).normaliseName(candidate.lookUp.name),
    lookedUpBy: candidate.lookUp.by,
    comparedVersion: candidate.lookUp.version,
    reason: candidate.reason,
  };
}
