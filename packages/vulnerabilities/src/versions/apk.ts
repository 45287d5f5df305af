import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/** What can stand at one place of an Alpine version, lowest first. */
const rank = {
  earlierSuffix: '\u0001',
  invalid: '\u0002',
  end: '\u0003',
  revision: '\u0004',
  commit: '\u0005',
  suffixNumber: '\u0006',
  laterSuffix: '\u0007',
  letter: '\u0008',
  fraction: '\u0009',
  number: '\u000a',
} as const;

const suffixes = new Map([
  ['alpha', `${rank.earlierSuffix}1`],
  ['beta', `${rank.earlierSuffix}2`],
  ['pre', `${rank.earlierSuffix}3`],
  ['rc', `${rank.earlierSuffix}4`],
  ['cvs', `${rank.laterSuffix}1`],
  ['svn', `${rank.laterSuffix}2`],
  ['git', `${rank.laterSuffix}3`],
  ['hg', `${rank.laterSuffix}4`],
  ['p', `${rank.laterSuffix}5`],
]);

/**
 * `digits{.digits}[letter]{_suffix[digits]}[~commit][-rN]`, the order of apk-tools 3. What is no such version is ordered
 * up to the place where it goes wrong, and sorts before the version that ends there.
 */
export const apk: VersionScheme = {
  name: 'apk',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    return versionKey(tokens(text));
  },
};

const digits = /\d*/y;
const suffix = /_([a-z]+)(\d*)/y;
const commit = /~([0-9a-f]+)/y;
const revision = /-r(\d+|$|(?=-))/y;

function tokens(text: string): string {
  const first = matchAt(digits, text, 0)?.[0] ?? '';
  let key = first === '' ? rank.invalid : rank.number + numberKey(first);
  let index = first.length;
  let afterLetter = false;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === '.') {
      const found = matchAt(digits, text, index + 1)?.[0] ?? '';
      key += componentKey(found);
      index += 1 + found.length;
      afterLetter = false;
    } else if (!afterLetter && character >= 'a' && character <= 'z') {
      key += rank.letter + character;
      index += 1;
      const found = matchAt(digits, text, index)?.[0] ?? '';
      if (found !== '') key += rank.number + numberKey(found);
      index += found.length;
      afterLetter = true;
    } else {
      return key + tail(text, index);
    }
  }
  return key + rank.end;
}

/** Parts after the first that begin with a zero compare as decimal fractions. */
function componentKey(found: string): string {
  if (found === '') return rank.invalid;
  return found.startsWith('0') ? rank.fraction + textKey(found) : rank.number + numberKey(found);
}

function tail(text: string, from: number): string {
  let key = '';
  let index = from;
  for (let found = matchAt(suffix, text, index); found !== undefined; found = matchAt(suffix, text, index)) {
    const known = suffixes.get(found[1] ?? '');
    if (known === undefined) return key + rank.invalid;
    key += known;
    if (found[2] !== '') key += rank.suffixNumber + numberKey(found[2] ?? '');
    index += found[0].length;
  }
  const hash = matchAt(commit, text, index);
  if (hash !== undefined) {
    key += rank.commit + textKey(hash[1] ?? '');
    index += hash[0].length;
  }
  const build = matchAt(revision, text, index);
  if (build !== undefined) {
    key += rank.revision + numberKey(build[1] ?? '');
    index += build[0].length;
  }
  return key + (index === text.length ? rank.end : rank.invalid);
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text) ?? undefined;
}
