import type { VersionKey } from './version-scheme.js';

/** Longer texts are no versions; the limit keeps hostile input cheap. */
const maximumVersionLength = 512;

/** A finished key. Only scheme files call this, with a string whose order is the scheme's. */
export function versionKey(sortable: string): VersionKey {
  return sortable as VersionKey;
}

/**
 * A run of ASCII digits as a string that sorts by value at any length: its length without leading zeros, then the digits.
 * The empty run is zero.
 */
export function numberKey(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 48) start += 1;
  const significant = start === 0 ? digits : digits.slice(start);
  return String.fromCharCode(significant.length + 1) + significant;
}

/** A text that sorts before its own extensions, whatever follows it in the key. It must not hold NUL. */
export function textKey(text: string): string {
  return `${text}\u0000`;
}

/** True for text a scheme may look at: not empty, not oversized, without control characters (keys use them as marks). */
export function isPlausibleVersion(text: string): boolean {
  if (text.length === 0 || text.length > maximumVersionLength) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) < 32) return false;
  }
  return true;
}
