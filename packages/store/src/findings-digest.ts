import { createHash } from 'node:crypto';
import type { FindingInput } from './finding-records.js';

/** Of the findings of one component: the same digest as the database makes of what it has. */
export function findingsDigest(findings: readonly Pick<FindingInput, 'vulnerability' | 'fingerprint'>[]): string {
  const parts = findings.map(({ vulnerability, fingerprint }) => `${vulnerability} ${fingerprint}`).toSorted((one, other) => (one < other ? -1 : 1));
  return createHash('md5').update(parts.join('\n')).digest('hex');
}
