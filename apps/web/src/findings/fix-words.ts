import type { SeverityNumbers } from '../ui/Severity.js';
import type { Fix } from './rank-fixes.js';

/** What to do: "Upgrade openssl to 3.0.15", "Rebuild on a newer debian:12-slim". */
export function fixTitle(fix: Fix): string {
  if ('packageKey' in fix) return `Upgrade ${fix.name}${fix.version == null ? '' : ` to ${fix.version}`}`;
  if (fix.name != null) return `Rebuild on a newer ${fix.name}`;
  return `Rebuild on a newer base image${fix.distributionName == null ? '' : ` (${fix.distributionName})`}`;
}

/** By severity; what is below low or has no rating counts as unrated, so that the numbers add up to what the fix removes. */
export function fixCounts({ critical, high, medium, low, findingCount }: Fix): SeverityNumbers {
  return { critical, high, medium, low, unknown: findingCount - critical - high - medium - low };
}
