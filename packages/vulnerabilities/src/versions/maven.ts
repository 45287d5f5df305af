import { nullPaddedKey } from './null-padded-key.js';
import type { PaddedElement } from './null-padded-key.js';
import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/**
 * The version order of Maven's ComparableVersion, made total. Maven compares in circles when a zero is followed by a
 * qualifier older than a release (1.0.RC1 < 1 < 1-1 < 1.0.RC1); here such a version is always older than its release.
 */
export const maven: VersionScheme = {
  name: 'maven',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    const lower = text.trim().toLowerCase();
    return lower === '' ? undefined : versionKey(nullPaddedKey(elements(lower)));
  },
};

/** Qualifiers older than a release, oldest first. */
const olderQualifiers = new Map([
  ['alpha', '1'],
  ['beta', '2'],
  ['milestone', '3'],
  ['rc', '4'],
  ['cr', '4'],
  ['snapshot', '5'],
]);

const releaseQualifiers = new Set(['', 'ga', 'final', 'release']);

const abbreviations = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

function elements(version: string): PaddedElement[] {
  const result: PaddedElement[] = [];
  let hyphen = false;
  let index = 0;
  while (index <= version.length) {
    const start = index;
    const isNumber = isDigit(version.charCodeAt(index));
    while (index < version.length && !isSeparator(version, index) && isDigit(version.charCodeAt(index)) === isNumber) index += 1;
    const token = version.slice(start, index);
    const digitFollows = isDigit(version.charCodeAt(index));
    // Nulls before a hyphen, or before a change between digits and letters, count for nothing.
    if (hyphen) while (result.at(-1)?.side === 'null') result.pop();
    result.push(isNumber || token === '' ? numberElement(token, hyphen) : qualifierElement(token, hyphen, digitFollows));
    if (index >= version.length) break;
    hyphen = version.charAt(index) !== '.';
    if (isSeparator(version, index)) index += 1;
  }
  return result;
}

/** After a dot a qualifier comes before one after a hyphen, then numbers after a hyphen, then numbers after a dot. */
function numberElement(token: string, hyphen: boolean): PaddedElement {
  return { side: /^0*$/.test(token) ? 'null' : 'above', key: `${hyphen ? '\u0003' : '\u0004'}${numberKey(token)}` };
}

function qualifierElement(token: string, hyphen: boolean, digitFollows: boolean): PaddedElement {
  const name = digitFollows ? (abbreviations.get(token) ?? token) : token;
  const older = olderQualifiers.get(name);
  const place = hyphen ? '\u0002' : '\u0001';
  if (older !== undefined) return { side: 'below', key: place + older };
  if (releaseQualifiers.has(name)) return { side: 'null', key: `${place}\u0000` };
  return { side: 'above', key: `${place}${name === 'sp' ? '\u0001' : '\u0002'}${textKey(name)}` };
}

function isSeparator(version: string, index: number): boolean {
  const character = version.charAt(index);
  return character === '.' || character === '-';
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
