import { decodeEvents } from '../advisories/advisory-record.js';
import type { RangeEvent } from '../advisories/advisory-record.js';
import { compareVersionKeys } from '../versions/version-scheme.js';
import type { VersionKey, VersionScheme } from '../versions/version-scheme.js';

/** What one range says about one version. */
export type RangeVerdict =
  | { readonly outcome: 'outside' }
  /** Nothing can be said: a bound is no version of the scheme. */
  | { readonly outcome: 'unreadable'; readonly bound: string }
  | {
      readonly outcome: 'inside';
      /** The bounds of the interval that holds the version. */
      readonly introduced: string;
      readonly until: RangeEvent | undefined;
      /** Fixed versions above, ascending: those after the first are of other branches. */
      readonly fixed: readonly string[];
    };

/** Turns versions of one scheme into keys; a cache is the caller's. Undefined for what is no version. */
export type ParseVersion = (text: string) => VersionKey | undefined;

interface KeyedEvent extends RangeEvent {
  /** Undefined stands for the beginning of all versions. */
  readonly key: VersionKey | undefined;
}

/** A range ready to be asked; made once for each text, since many components meet the same ranges. */
export interface ReadableRange {
  readonly events: readonly KeyedEvent[];
  readonly unreadable: string | undefined;
  /** A fix at "0": the source says that the package never had the flaw. */
  readonly neverAffected: boolean;
}

/** Reads and sorts the bounds of a range (OSV schema, "Evaluation"): at the same version a fix comes before an introduction. */
export function readRange(text: string, parse: ParseVersion): ReadableRange {
  const events: KeyedEvent[] = [];
  let unreadable: string | undefined;
  for (const event of decodeEvents(text)) {
    if (event.version === '0' || event.version === '*') {
      events.push({ ...event, key: undefined });
      continue;
    }
    const key = parse(event.version);
    if (key === undefined) unreadable ??= event.version;
    else events.push({ ...event, key });
  }
  const limits = events.filter((event) => event.kind === 'limit');
  const bounds = events.filter((event) => event.kind !== 'limit').toSorted((one, other) => compareOptionalKeys(one.key, other.key) || order[one.kind] - order[other.kind]);
  return { events: [...limits, ...bounds], unreadable, neverAffected: events.some((event) => event.kind === 'fixed' && event.version === '0') };
}

/** Asks a range about a version. */
export function evaluateRange(range: ReadableRange, version: VersionKey): RangeVerdict {
  if (range.unreadable !== undefined) return { outcome: 'unreadable', bound: range.unreadable };
  const limits = range.events.filter((event) => event.kind === 'limit');
  if (range.neverAffected || (limits.length > 0 && !limits.some((limit) => limit.key === undefined || compareVersionKeys(version, limit.key) < 0))) return { outcome: 'outside' };
  let introduced: string | undefined;
  let until: RangeEvent | undefined;
  for (const event of range.events) {
    if (event.kind === 'limit') continue;
    const place = event.key === undefined ? 1 : compareVersionKeys(version, event.key);
    if (event.kind === 'introduced' && place >= 0) {
      introduced = event.version;
      until = undefined;
    } else if (event.kind === 'fixed' && place >= 0) {
      introduced = undefined;
    } else if (event.kind === 'last_affected' && place > 0) {
      introduced = undefined;
    } else if (event.kind !== 'introduced') {
      until ??= { kind: event.kind, version: event.version };
    }
  }
  if (introduced === undefined) return { outcome: 'outside' };
  const fixed = range.events.filter((event) => event.kind === 'fixed' && event.key !== undefined && compareVersionKeys(version, event.key) < 0).map((event) => event.version);
  return { outcome: 'inside', introduced, until, fixed };
}

/** Versions read once, up to a bound; the oldest half goes when it is reached. */
export function cachedParser(scheme: VersionScheme, capacity = 50_000): ParseVersion {
  const cache = new Map<string, VersionKey | undefined>();
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined || cache.has(text)) return known;
    const key = scheme.parse(text);
    if (cache.size >= capacity) for (const old of cache.keys().take(capacity / 2)) cache.delete(old);
    cache.set(text, key);
    return key;
  };
}

const order = { fixed: 0, limit: 1, introduced: 2, last_affected: 3 } as const;

function compareOptionalKeys(one: VersionKey | undefined, other: VersionKey | undefined): number {
  if (one === undefined || other === undefined) return (one === undefined ? 0 : 1) - (other === undefined ? 0 : 1);
  return compareVersionKeys(one, other);
}
