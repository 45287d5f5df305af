import { decodeEvents, encodeEvents } from '../advisories/advisory-record.js';
import type { AffectedDetail } from '../advisories/advisory-record.js';
import type { AdvisoryDatabase, AffectedRange } from '../database/advisory-database.js';
import { baseEcosystem, ecosystemRules } from '../ecosystems/ecosystems.js';
import { cachedParser, evaluateRange, readRange } from './evaluate-range.js';
import type { ParseVersion, RangeVerdict, ReadableRange } from './evaluate-range.js';
import type { LookUp } from './look-ups.js';
import { minorReleaseFixes } from './minor-releases.js';
import type { MinorReleaseFixes } from './minor-releases.js';
import { boundsAsWritten, isOfLine, rpmComparison } from './rpm-rules.js';
import type { VersionKey, VersionScheme } from '../versions/version-scheme.js';

/** One advisory that names the package of a look-up, judged. */
export interface Candidate {
  readonly advisory: number;
  readonly lookUp: LookUp;
  readonly affected: boolean;
  readonly reason: string;
  readonly fixed: string | undefined;
  readonly alsoFixedIn: readonly string[];
  readonly detail: AffectedDetail | undefined;
  /** The range could be ordered against the installed version. */
  readonly comparable: boolean;
  /** Matched although the module base is a pseudo-version without a release, which sorts below every release. */
  readonly pseudoVersion: boolean;
  /** The fix a build is at or above; of rpm packages alone. */
  readonly reached?: string;
  /** The fix is for images on a stream that this one is not known to be on. */
  readonly isFixedOnStreamsOnly?: boolean;
  /** What the reader should know of the fix. */
  readonly fixNote?: string;
}

/** Candidates and parsed ranges kept, each; all are forgotten when it is reached. A candidate has about 300 bytes. */
const remembersAtMost = 50_000;

/** What is kept of one scheme between look-ups. */
interface SchemeMemory {
  readonly parse: ParseVersion;
  readonly ranges: Map<string, ReadableRange>;
}

/**
 * Judges look-ups against one database, which does not change. Keeps what it judged, and parsed versions and ranges, since images share
 * most of their packages; not shared between databases.
 */
export class CandidateFinder {
  readonly #database: AdvisoryDatabase;
  readonly #schemes = new Map<VersionScheme, SchemeMemory>();
  readonly #judged = new Map<string, { readonly lookUp: LookUp; readonly candidates: readonly Candidate[] }>();
  #candidatesJudged = 0;

  constructor(database: AdvisoryDatabase) {
    this.#database = database;
  }

  /** Every advisory for the package; one entry an advisory, affected if any of its ranges or listed versions is. */
  find(lookUp: LookUp, table: 'affected' | 'malware'): readonly Candidate[] {
    const question = `${table}\n${lookUp.ecosystem}\n${lookUp.name}\n${lookUp.version}`;
    const known = this.#judged.get(question);
    // Names and versions are of images, and may hold the line breaks between them.
    if (known !== undefined && isSameLookUp(known.lookUp, lookUp)) return known.candidates;
    const candidates = this.#find(lookUp, table);
    this.#candidatesJudged += candidates.length + 1;
    if (this.#candidatesJudged > remembersAtMost) {
      this.#judged.clear();
      this.#candidatesJudged = candidates.length + 1;
    }
    this.#judged.set(question, { lookUp, candidates });
    return candidates;
  }

  #find(lookUp: LookUp, table: 'affected' | 'malware'): Candidate[] {
    const rows = this.#database.ranges(table, lookUp.ecosystem, lookUp.name);
    const byAdvisory = new Map<number, Candidate>();
    for (const row of rows) {
      const known = byAdvisory.get(row.advisory);
      if (known?.affected === true) continue;
      const candidate = this.#judge(lookUp, row);
      if (candidate !== undefined && (known === undefined || candidate.affected)) byAdvisory.set(row.advisory, candidate);
    }
    return [...byAdvisory.values()];
  }

  /** True when the version has a place in the order of its ecosystem. */
  isComparable(lookUp: LookUp): boolean {
    const { scheme } = ecosystemRules(lookUp.ecosystem);
    return scheme !== undefined && this.#key(scheme, lookUp.version) !== undefined;
  }

  #judge(lookUp: LookUp, row: AffectedRange): Candidate | undefined {
    const { scheme } = ecosystemRules(lookUp.ecosystem);
    if (row.detail !== undefined && !isAbout(row.detail, lookUp)) return undefined;
    const base = { advisory: row.advisory, lookUp, detail: row.detail, fixed: undefined, alsoFixedIn: [], comparable: true, pseudoVersion: false };
    const { operatingSystems } = row.detail ?? {};
    // Images are of Linux.
    if (operatingSystems !== undefined) return { ...base, affected: false, reason: `The record is about ${operatingSystems.join(', ')} only` };
    const fixes = scheme?.name === 'rpm' ? this.#minorReleaseFixes(scheme, lookUp, row) : undefined;
    const events = fixes?.bound === undefined ? row.events : encodeEvents([{ kind: 'introduced', version: '0' }, { kind: 'fixed', version: fixes.bound }]);
    // Only streams speak of the package, and of none of its minor release.
    if (fixes !== undefined && events === '') return undefined;
    let comparison: { version: string; events: string } | undefined = { version: lookUp.version, events };
    if (scheme?.name === 'rpm') {
      comparison = rpmComparison({ version: lookUp.version, bySource: lookUp.by === 'source package', module: lookUp.module }, { events, module: row.detail?.module });
      if (comparison === undefined) return undefined;
    }
    const key = scheme === undefined ? undefined : this.#key(scheme, comparison.version);
    if (scheme !== undefined && key !== undefined && comparison.events !== '') {
      const verdict = evaluateRange(this.#range(scheme, comparison.events), key);
      if (verdict.outcome === 'inside') {
        const pseudoVersion = baseEcosystem(lookUp.ecosystem) === 'Go' && isBarePseudoVersion(lookUp.version) && !comparison.events.includes('0.0.0-');
        const [fixed, ...alsoFixedIn] = comparison.events === events ? verdict.fixed : boundsAsWritten(verdict.fixed, events);
        return { ...base, affected: true, reason: inWords(comparison.version, verdict, scheme), fixed, alsoFixedIn, pseudoVersion, ...(fixes === undefined ? {} : fixOf(fixes, lookUp)) };
      }
      if (verdict.outcome === 'unreadable' && !this.#isListed(lookUp, row)) {
        return { ...base, affected: false, comparable: false, reason: `The bound ${verdict.bound} is no ${scheme.name} version` };
      }
    }
    if (this.#isListed(lookUp, row) || (row.events === '' && scheme !== undefined && key !== undefined && this.#isListedAs(key, row, scheme))) {
      return { ...base, affected: true, comparable: key !== undefined, reason: `${lookUp.version} is one of the versions the record lists` };
    }
    const reached = scheme?.name === 'rpm' ? decodeEvents(comparison.events).findLast((event) => event.kind === 'fixed')?.version : undefined;
    return { ...base, affected: false, comparable: key !== undefined, reason: `${lookUp.version} is outside the range`, ...(reached === undefined ? {} : { reached }) };
  }

  /** Undefined for packages that are fixed in one build at most, and for no stream. */
  #minorReleaseFixes(scheme: VersionScheme, lookUp: LookUp, row: AffectedRange): MinorReleaseFixes | undefined {
    const streamFixes = row.detail?.streamFixes ?? [];
    if (baseEcosystem(lookUp.ecosystem) !== 'Red Hat' || (streamFixes.length === 0 && row.events.indexOf('\nf') === row.events.lastIndexOf('\nf') && lookUp.stream === undefined)) return undefined;
    const main = decodeEvents(row.events).flatMap(({ kind, version }) => (kind === 'fixed' && version !== '0' ? [version] : []));
    // The file name of a source package has no epoch.
    const withoutEpoch = lookUp.by === 'source package' && !/^\d+:/.test(lookUp.version);
    const { parse } = this.#memoryOf(scheme);
    return minorReleaseFixes(lookUp, main, streamFixes, withoutEpoch ? (text) => parse(text.replace(/^\d+:/, '')) : parse);
  }

  #isListed(lookUp: LookUp, row: AffectedRange): boolean {
    return row.hasVersions && this.#database.listedVersions(row.advisory, row.sequence).includes(lookUp.version.replace(/^v(?=\d)/, ''));
  }

  /** The same version may be written otherwise (`1.0` and `1.0.0`); asked where a list is all a record states. */
  #isListedAs(key: VersionKey, row: AffectedRange, scheme: VersionScheme): boolean {
    return row.hasVersions && this.#database.listedVersions(row.advisory, row.sequence).some((version) => this.#key(scheme, version) === key);
  }

  #key(scheme: VersionScheme, version: string): ReturnType<ParseVersion> {
    const key = this.#memoryOf(scheme).parse(version);
    return key === undefined || scheme.isOutsideRanges?.(key) === true ? undefined : key;
  }

  #range(scheme: VersionScheme, events: string): ReadableRange {
    const { parse, ranges } = this.#memoryOf(scheme);
    let range = ranges.get(events);
    if (range === undefined) {
      range = readRange(events, parse);
      if (ranges.size >= remembersAtMost) ranges.clear();
      ranges.set(events, range);
    }
    return range;
  }

  #memoryOf(scheme: VersionScheme): SchemeMemory {
    let memory = this.#schemes.get(scheme);
    if (memory === undefined) this.#schemes.set(scheme, (memory = { parse: cachedParser(scheme), ranges: new Map() }));
    return memory;
  }
}

function isSameLookUp(one: LookUp, other: LookUp): boolean {
  return (
    one.ecosystem === other.ecosystem && one.name === other.name && one.version === other.version && one.by === other.by && one.role === other.role &&
    one.architecture === other.architecture && one.module === other.module && one.stream === other.stream
  );
}

/** Where the image of a build gets its fix. */
function fixOf({ reachable, onStreams, later }: MinorReleaseFixes, { role, stream }: LookUp): Pick<Candidate, 'fixed' | 'alsoFixedIn' | 'isFixedOnStreamsOnly' | 'fixNote'> {
  const [fixed, ...others] = reachable;
  if (fixed !== undefined) return { fixed, alsoFixedIn: [...others, ...later] };
  const [nextMinorRelease] = later;
  if (nextMinorRelease !== undefined) return { fixed: undefined, alsoFixedIn: later, fixNote: `Fixed in ${nextMinorRelease}, of a later minor release than the stream of the image (${stream ?? ''}).` };
  const [onStream] = role === 'disclosure' ? [] : onStreams;
  if (onStream !== undefined) return { fixed: onStream.version, alsoFixedIn: [], isFixedOnStreamsOnly: true, fixNote: `Fixed for images on ${onStream.streams.join(', ')}.` };
  return { fixed: undefined, alsoFixedIn: [] };
}

/** Conditions of a record besides the version. */
function isAbout(detail: AffectedDetail, lookUp: LookUp): boolean {
  if (detail.specialBuild === true) return false;
  if (detail.versionLine !== undefined && !isOfLine(lookUp.version, detail.versionLine)) return false;
  const { architectures } = detail;
  return architectures === undefined || lookUp.architecture === undefined || lookUp.architecture === 'noarch' || architectures.includes(lookUp.architecture) || architectures.includes('noarch');
}

function isBarePseudoVersion(version: string): boolean {
  return /^v?0\.0\.0-(?:.*\.)?\d{14}-[0-9a-f]{12}/.test(version);
}

function inWords(version: string, verdict: Extract<RangeVerdict, { outcome: 'inside' }>, scheme: VersionScheme): string {
  const from = verdict.introduced === '0' ? 'every version' : `at or above ${verdict.introduced} (introduced)`;
  const { until } = verdict;
  const to = until === undefined ? 'with no fix known' : until.kind === 'last_affected' ? `at or below ${until.version} (last affected)` : `below ${until.version} (fixed)`;
  const reach = verdict.introduced === '0' ? (until === undefined ? 'affected in every version, with no fix known' : to) : `${from} and ${to}`;
  return `${version} is ${reach}; compared as ${scheme.name}`;
}
