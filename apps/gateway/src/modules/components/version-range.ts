import type { VersionKey, VersionScheme } from '@esscm/vulnerabilities';

type Operator = '<' | '<=' | '=' | '>=' | '>';

interface Bound {
  readonly operator: Operator;
  readonly version: string;
}

/** Bounds that must all hold: `>= 2.0, < 2.17.1`. */
export type VersionRange = readonly Bound[];

const maximumLength = 200;
const boundPattern = /^(<=|>=|<|>|==?)?\s*([^\s<>=,]+)$/;

/** Reads bounds separated by commas or blanks; a version alone is that version. Undefined for what is no range. */
export function parseVersionRange(text: string): VersionRange | undefined {
  if (text.length > maximumLength) return undefined;
  const parts = text.trim().replaceAll(/(<=|>=|<|>|==?)\s+/g, '$1').split(/[\s,]+/).filter((part) => part !== '');
  const bounds = parts.map((part): Bound | undefined => {
    const [, operator, version] = boundPattern.exec(part) ?? [];
    return version === undefined ? undefined : { operator: operator === undefined || operator === '==' ? '=' : (operator as Operator), version };
  });
  return bounds.length === 0 || bounds.includes(undefined) ? undefined : bounds.filter((bound) => bound !== undefined);
}

/**
 * Whether a version lies in the range, in the order of its ecosystem. Without an order, or when the version or a bound is none of the
 * scheme, only the same text counts as equal, and nothing as more or less.
 */
export function isInRange(range: VersionRange, version: string, scheme: VersionScheme | undefined): boolean {
  const key = keyOf(scheme, version);
  return range.every((bound) => {
    if (bound.version === version) return bound.operator.includes('=');
    const other = keyOf(scheme, bound.version);
    return key !== undefined && other !== undefined && holds(bound.operator, key, other);
  });
}

function keyOf(scheme: VersionScheme | undefined, version: string): VersionKey | undefined {
  const key = scheme?.parse(version);
  return key === undefined || scheme?.isOutsideRanges?.(key) === true ? undefined : key;
}

function holds(operator: Operator, one: VersionKey, other: VersionKey): boolean {
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '=':
      return one === other;
    case '>=':
      return one >= other;
    case '>':
      return one > other;
  }
}
