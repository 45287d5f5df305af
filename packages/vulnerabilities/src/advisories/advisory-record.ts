/** What an advisory speaks about: only vulnerabilities count by default. */
export type AdvisoryKind = 'vulnerability' | 'informational' | 'malware';

/** A rating as a source states it. */
export interface SeverityStatement {
  /** `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, `Ubuntu`, `Debian`, or `word` for a plain rating of the record's own database. */
  readonly type: string;
  /** A vector or a word. */
  readonly score: string;
}

/** One advisory, ready to be stored. */
export interface AdvisoryRecord {
  readonly id: string;
  readonly kind: AdvisoryKind;
  /** RFC 3339; empty when the source gives none. */
  readonly modified: string;
  readonly published: string | undefined;
  readonly withdrawn: string | undefined;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly related: readonly string[];
  readonly severities: readonly SeverityStatement[];
  readonly affected: readonly AffectedPackage[];
}

/** One package of an advisory in one ecosystem (and release). */
export interface AffectedPackage {
  /** With its release: `Debian:12`. */
  readonly ecosystem: string;
  /** Normalised by the rules of the ecosystem. */
  readonly name: string;
  /** Each an event list as `encodeEvents` writes it; only ranges of versions, never of commits. */
  readonly ranges: readonly string[];
  /** Exact versions, where they say more than the ranges. */
  readonly versions: readonly string[];
  readonly detail: AffectedDetail | undefined;
}

/** What only some sources say about an affected package. */
export interface AffectedDetail {
  readonly severities?: readonly SeverityStatement[];
  /** Debian's: unimportant, low, medium, high, … */
  readonly urgency?: string;
  /** The fix needs a subscription. */
  readonly availability?: string;
  /** Why there is no fix, where the source says so. */
  readonly fixState?: UnfixedState;
  /** What the source says about the state, in its words. */
  readonly fixNote?: string;
  /** The record is the word of those who build the package: where it speaks, other sources do not decide. */
  readonly decisive?: true;
  /** Only packages of these architectures, `noarch` among them; absent for all. */
  readonly architectures?: readonly string[];
  /** Only packages of this module and stream of an Enterprise Linux (`nodejs:18`). */
  readonly module?: string;
  /** Fixes for images on a stream that stays on a minor release, besides those of the ranges; Red Hat's. */
  readonly streamFixes?: readonly StreamFix[];
  /** Only installed versions of this line: `5.10` stands for 5.10 and 5.10.x. */
  readonly versionLine?: string;
  /** Not a package of the plain distribution: of a special interest group of Rocky Linux, told by its package URL, or a live patch of Ubuntu. */
  readonly specialBuild?: true;
  /** Only on these operating systems, as Go names them; absent when Linux is one of them. */
  readonly operatingSystems?: readonly string[];
  /** The advisory bounds the code by something its version ranges cannot express. */
  readonly customRanges?: true;
}

/** A fix for images that stay on a minor release of Enterprise Linux. */
export interface StreamFix {
  /** `eus:9.4`; several that got the same build. */
  readonly streams: readonly string[];
  readonly version: string;
}

/** A state of a package that is affected and has no fix: it will get none, not now, or its release gets none any more. */
export type UnfixedState = 'will-not-fix' | 'deferred' | 'end-of-life';

/** One bound of a range. */
export interface RangeEvent {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  readonly version: string;
}

const letters = { introduced: 'i', fixed: 'f', last_affected: 'l', limit: 'm' } as const;
const kinds: Readonly<Record<string, RangeEvent['kind']>> = { i: 'introduced', f: 'fixed', l: 'last_affected', m: 'limit' };

/** A range as one text: a letter and a version a line. Versions must not hold line breaks. */
export function encodeEvents(events: readonly RangeEvent[]): string {
  return events.map((event) => letters[event.kind] + event.version).join('\n');
}

/** What one more bound adds to the events before it. */
export function encodeEvent(kind: RangeEvent['kind'], version: string, before: string): string {
  return (before === '' ? '' : '\n') + letters[kind] + version;
}

/** The inverse of `encodeEvents`. */
export function decodeEvents(text: string): RangeEvent[] {
  const events: RangeEvent[] = [];
  for (const line of text.split('\n')) {
    const kind = kinds[line.charAt(0)];
    if (kind !== undefined) events.push({ kind, version: line.slice(1) });
  }
  return events;
}
