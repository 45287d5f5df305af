import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/** Semantic Versioning 2.0 precedence, as npm, crates.io, Swift, Julia, GitHub Actions and others use it. */
export const semver: VersionScheme = {
  name: 'semver',
  parse: (text) => semanticKey(text, { prereleaseIgnoresCase: false, buildCounts: false }),
};

interface SemanticRules {
  readonly prereleaseIgnoresCase: boolean;
  /** Build metadata takes part in the order, as in Pub. */
  readonly buildCounts: boolean;
}

const form = /^[v=]?(\d+(?:\.\d+)*)(?:\.?-|(?=[A-Za-z]))?([0-9A-Za-z.-]*)(?:\+(.*))?$/i;

/**
 * Lenient towards what registries hold: a `v` in front, fewer than three numbers (the rest is 0), more than three
 * (compared as numbers), a prerelease without its dash.
 */
export function semanticKey(text: string, rules: SemanticRules): ReturnType<VersionScheme['parse']> {
  if (!isPlausibleVersion(text)) return undefined;
  const [, numbers, prerelease = '', build] = form.exec(text.trim()) ?? [];
  if (numbers === undefined) return undefined;
  const parts = numbers.split('.');
  let key = '';
  for (let index = 0; index < 3; index += 1) key += numberKey(parts[index] ?? '');
  let last = parts.length;
  while (last > 3 && /^0*$/.test(parts[last - 1] ?? '')) last -= 1;
  for (let index = 3; index < last; index += 1) key += `\u0004${numberKey(parts[index] ?? '')}`;
  key += prerelease === '' ? '\u0003' : `\u0002${identifiersKey(rules.prereleaseIgnoresCase ? prerelease.toLowerCase() : prerelease)}`;
  if (rules.buildCounts) key += build === undefined ? '\u0000' : `\u0001${identifiersKey(build)}`;
  return versionKey(key);
}

/** Numbers before texts, and fewer identifiers before more. */
function identifiersKey(identifiers: string): string {
  let key = '';
  for (const identifier of identifiers.split('.')) {
    key += /^\d+$/.test(identifier) ? `\u0001${numberKey(identifier)}` : `\u0002${textKey(identifier)}`;
  }
  return `${key}\u0000`;
}
