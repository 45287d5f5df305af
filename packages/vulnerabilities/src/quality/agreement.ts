import { ecosystemRules } from '../ecosystems/ecosystems.js';
import { evaluateRange, readRange } from '../matchers/evaluate-range.js';
import { readOsvRecord } from '../advisories/osv/read-osv-record.js';
import type { OsvRecord } from '../advisories/osv/schema.js';

/** How lists of exact versions and ranges of the same records agree. */
export interface ListAgreement {
  readonly pairs: number;
  readonly agree: number;
  /** Listed, and in no range. */
  readonly outOfRange: readonly { readonly record: string; readonly name: string; readonly version: string }[];
  /** Listed, and no version of the scheme. */
  readonly unreadable: number;
}

/** Holds every listed version against the ranges beside it, for entries that have both. */
export function listAgreement(records: Iterable<OsvRecord>): ListAgreement {
  let pairs = 0;
  let unreadable = 0;
  const outOfRange: { record: string; name: string; version: string }[] = [];
  for (const record of records) {
    for (const { ecosystem, name, ranges, versions } of readOsvRecord(record).affected) {
      const { scheme } = ecosystemRules(ecosystem);
      if (scheme === undefined || ranges.length === 0) continue;
      const readable = ranges.map((range) => readRange(range, (text) => scheme.parse(text)));
      for (const version of versions) {
        pairs += 1;
        const key = scheme.parse(version);
        if (key === undefined) unreadable += 1;
        else if (!readable.some((range) => evaluateRange(range, key).outcome === 'inside')) outOfRange.push({ record: record.id, name, version });
      }
    }
  }
  return { pairs, agree: pairs - unreadable - outOfRange.length, outOfRange, unreadable };
}
