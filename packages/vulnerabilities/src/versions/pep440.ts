import { isPlausibleVersion, numberKey, textKey, versionKey } from './sortable-key.js';
import type { VersionScheme } from './version-scheme.js';

/**
 * Python's version specifiers (PEP 440). Versions from before it sort ahead of all others, as old installers did, and
 * ranges say nothing about them.
 */
export const pep440: VersionScheme = {
  name: 'pep440',
  parse(text) {
    if (!isPlausibleVersion(text)) return undefined;
    const lower = text.trim().toLowerCase();
    const found = form.exec(lower);
    if (found !== null) return versionKey(currentKey(found));
    return /^[!-~]+$/.test(lower) ? versionKey(legacyKey(lower)) : undefined;
  },
  isOutsideRanges: (key) => key.startsWith(legacyMark),
};

const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const prereleases = new Map([
  ['a', '\u0002'],
  ['alpha', '\u0002'],
  ['b', '\u0003'],
  ['beta', '\u0003'],
  ['c', '\u0004'],
  ['rc', '\u0004'],
  ['pre', '\u0004'],
  ['preview', '\u0004'],
]);

const legacyMark = '\u0000';

function currentKey(found: RegExpExecArray): string {
  const [, epoch = '', release = '', prerelease, prereleaseNumber = '', implicitPost, post, development, local] = found;
  const numbers = release.split('.');
  let last = numbers.length;
  while (last > 1 && /^0*$/.test(numbers[last - 1] ?? '')) last -= 1;
  let key = `\u0001${numberKey(epoch)}`;
  for (let index = 0; index < last; index += 1) key += `\u0002${numberKey(numbers[index] ?? '')}`;
  key += '\u0001';
  const postNumber = implicitPost ?? post;
  if (prerelease !== undefined) key += (prereleases.get(prerelease) ?? '') + numberKey(prereleaseNumber);
  // A development release of the version itself comes before its alphas.
  else key += postNumber === undefined && development !== undefined ? '\u0001' : '\u0005';
  key += postNumber === undefined ? '\u0000' : `\u0001${numberKey(postNumber)}`;
  key += development === undefined ? '\u0002' : `\u0001${numberKey(development)}`;
  return key + (local === undefined ? '\u0000' : `\u0001${localKey(local)}`);
}

function localKey(local: string): string {
  let key = '';
  for (const part of local.split(/[-_.]/)) key += /^\d+$/.test(part) ? `\u0002${numberKey(part)}` : `\u0001${textKey(part)}`;
  return `${key}\u0000`;
}

function legacyKey(lower: string): string {
  let key = legacyMark;
  for (const [part] of lower.matchAll(/\d+|[^\d.-]+/g)) key += part.charCodeAt(0) <= 57 ? `\u0002${numberKey(part)}` : `\u0001${textKey(part)}`;
  return `${key}\u0000`;
}
