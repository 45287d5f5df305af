import { isPlausibleVersion, numberKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/** Stability words in the order PHP looks for them; a word counts by how it begins (`patch` and `post` are `p`). */
const ranks: readonly (readonly [string, string])[] = [
  ['dev', '\u0002'],
  ['a', '\u0003'],
  ['b', '\u0004'],
  ['rc', '\u0005'],
  ['p', '\u0009'],
];

/** Words PHP does not know sort first, all alike. */
const unknownWord = '\u0001';
const end = '\u0006';
const number = '\u0007';

/**
 * PHP's version_compare, as Composer uses it. The `#` that PHP accepts for any number has no place in an order, and no
 * package has it: such text is no version here. Words ignore case, as Composer's own normalisation has it.
 */
export const composer: VersionScheme = {
  name: 'composer',
  parse(text) {
    const lower = text.trim().toLowerCase().replace(/^v(?=\d)/, '');
    if (!isPlausibleVersion(lower) || !/^[0-9a-z][0-9a-z._+/@-]*$/.test(lower)) return undefined;
    let key = '';
    for (const [part] of lower.matchAll(/\d+|[a-z]+/g)) {
      key += part.charCodeAt(0) <= 57 ? number + numberKey(part) : (ranks.find(([word]) => part.startsWith(word))?.[1] ?? unknownWord);
    }
    return versionKey(key + end);
  },
  isOutsideRanges: (key) => !key.startsWith(number),
};
