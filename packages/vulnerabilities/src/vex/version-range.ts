import { compareVersionKeys } from '../versions/version-scheme.js';
import type { VersionScheme } from '../versions/version-scheme.js';

interface Constraint {
  readonly comparator: string;
  readonly version: string;
}

/**
 * Whether a range in the vers notation (https://github.com/package-url/vers-spec), such as `vers:npm/>=1.2|<2`, holds a
 * version. Without a scheme, or for a version that has no place in it, only versions named exactly count.
 */
export function rangeHolds(range: string, version: string, scheme: VersionScheme | undefined): boolean {
  const [, text] = /^vers:[^/]*\/(.*)$/.exec(range) ?? [];
  if (text === undefined) return false;
  if (text.trim() === '*') return true;
  const constraints = text.split('|').flatMap((part) => readConstraint(part.trim()));
  if (constraints.some(({ comparator, version: bound }) => comparator === '=' && isEqual(version, bound, scheme))) return true;
  if (constraints.some(({ comparator, version: bound }) => comparator === '!=' && isEqual(version, bound, scheme))) return false;
  const bounds = constraints.filter(({ comparator }) => comparator !== '=' && comparator !== '!=');
  if (bounds.length === 0) return constraints.some(({ comparator }) => comparator === '!=');
  // The notation asks for ascending bounds; documents do not always write them so.
  return holdsBetween(bounds.toSorted((one, other) => order(one.version, other.version, scheme) ?? 0), (bound) => satisfies(version, bound, scheme));
}

/** The specification's walk: before a first upper bound, after a last lower one, or between a lower and the next upper one. */
function holdsBetween(bounds: readonly Constraint[], holds: (bound: Constraint) => boolean): boolean {
  const [first] = bounds;
  const last = bounds.at(-1);
  if (first !== undefined && isUpper(first) && holds(first)) return true;
  if (last !== undefined && !isUpper(last) && holds(last)) return true;
  return bounds.some((lower, index) => {
    const upper = bounds[index + 1];
    return upper !== undefined && !isUpper(lower) && isUpper(upper) && holds(lower) && holds(upper);
  });
}

function isUpper(constraint: Constraint): boolean {
  return constraint.comparator.startsWith('<');
}

function readConstraint(text: string): Constraint[] {
  const [, comparator, version] = /^(<=|>=|!=|<|>|=)?(.+)$/.exec(text) ?? [];
  if (version === undefined) return [];
  try {
    return [{ comparator: comparator ?? '=', version: decodeURIComponent(version.trim()) }];
  } catch {
    return [];
  }
}

function isEqual(version: string, bound: string, scheme: VersionScheme | undefined): boolean {
  return version === bound || order(version, bound, scheme) === 0;
}

function satisfies(version: string, { comparator, version: bound }: Constraint, scheme: VersionScheme | undefined): boolean {
  const place = order(version, bound, scheme);
  if (place === undefined) return false;
  if (place === 0) return comparator.endsWith('=');
  return place < 0 === comparator.startsWith('<');
}

function order(one: string, other: string, scheme: VersionScheme | undefined): number | undefined {
  const [left, right] = [scheme?.parse(one), scheme?.parse(other)];
  return left === undefined || right === undefined ? undefined : compareVersionKeys(left, right);
}
