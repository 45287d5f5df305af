import type { GoldenProbe } from '@esscm/vulnerabilities/quality';

/** Where the matcher rightly answers otherwise than the plain text of a record, looked up by hand: by record, or by the beginning of its id. */
const explanations: readonly (readonly [record: string, why: string])[] = [
  ['BIT-mastodon-2026-47777', 'the record begins at nightly.2026-03-10.0, which has no place among versions; nothing is said of it rather than guessed'],
  ['LSN-', 'a notice of a live patch for running kernels: its versions are those of the kernels it patches, whose packages stay as they are'],
];

/** Why a disagreement is right; undefined when nobody has looked at it. */
export function explainGolden(probe: GoldenProbe): string | undefined {
  return explanations.find(([record]) => (record.endsWith('-') ? probe.record.startsWith(record) : probe.record === record))?.[1];
}
