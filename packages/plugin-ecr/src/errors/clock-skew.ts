import type { FailureWords } from './failure-words.js';
import { headings } from './headings.js';

const skewPattern =
  /Signature (expired|not yet current): (\d{8}T\d{6}Z) is [a-z ]+ than \d{8}T\d{6}Z \((\d{8}T\d{6}Z) [+-] \d+ min/;

/**
 * Reads how far this server's clock is off from the two times AWS quotes: ours, and its own in parentheses.
 * Undefined for a message that speaks of no clock.
 */
export function describeClockSkew(message: string): FailureWords | undefined {
  const [, direction, ours, theirs] = skewPattern.exec(message) ?? [];
  if (direction === undefined || ours === undefined || theirs === undefined) return undefined;
  const minutes = Math.round(Math.abs(instant(ours) - instant(theirs)) / 60_000);
  return {
    kind: 'protocol',
    heading: headings.credentials,
    message: `This server's clock is ${minutes} min ${direction === 'expired' ? 'behind' : 'ahead of'} AWS.`,
    remedy: 'Correct the clock (NTP); the key may be fine.',
  };
}

/** Milliseconds of `20261123T120000Z`, the basic ISO 8601 form of Signature Version 4. */
function instant(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
