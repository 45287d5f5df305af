import { compare, parse, validRange, satisfies, type SemVer } from 'semver';
import { InvalidRuleError } from './errors.js';

const maximumRangeLength = 200;

/**
 * The version a tag names, by Semantic Versioning 2.0: `v1.4.2`, and `1.4` or `1` with zeros for what is left out.
 * Undefined for any other tag.
 */
export function tagVersion(tag: string): SemVer | undefined {
  const match = /^v?(\d{1,15})(\.\d{1,15})?(\.\d{1,15})?([-+].*)?$/.exec(tag);
  if (match === null) return undefined;
  const [, major = '', minor = '.0', patch = '.0', rest = ''] = match;
  return parse(`${major}${minor}${patch}${rest}`) ?? undefined;
}

/** Order of precedence, lower first. */
export const compareVersions: (one: SemVer, other: SemVer) => number = compare;

/**
 * Whether a version is in a range such as `^2.4`, `>=1.2 <3` or `1.x`. A pre-release only is when the range names one of the same
 * version, which also keeps `1.27.3-alpine` out.
 * @throws InvalidRuleError
 */
export function compileRange(field: string, range: string): (version: SemVer) => boolean {
  if (range.length > maximumRangeLength || validRange(range) === null) {
    throw new InvalidRuleError(field, 'This is not a version range. Write it like ^2.4, >=1.2 <3 or 1.x.');
  }
  return (version) => satisfies(version, range);
}
