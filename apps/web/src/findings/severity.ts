import type { Severity } from '../gql/graphql.js';
import type { SeverityLevel, SeverityNumbers } from '../ui/Severity.js';

const levels: Readonly<Record<Severity, SeverityLevel>> = { CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low', NEGLIGIBLE: 'negligible', NONE: 'none', UNKNOWN: 'unknown' };

/** The API's severity as the parts that draw it know it. */
export function severityLevel(severity: Severity): SeverityLevel {
  return levels[severity];
}

/** Counts of the API without what is no severity. */
export function severityNumbers({ critical, high, medium, low, negligible, none, unknown }: Readonly<Record<SeverityLevel, number>>): SeverityNumbers {
  return { critical, high, medium, low, negligible, none, unknown };
}
