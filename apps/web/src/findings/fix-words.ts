import { formatEcosystem } from '../formats/format-ecosystem.js';
import { formatQuantity } from '../formats/format-count.js';
import type { Fix } from './rank-fixes.js';

/** What to do: "Upgrade openssl to 3.0.15", "Rebuild on a newer debian:12-slim". */
export function fixTitle(fix: Fix): string {
  if ('packageKey' in fix) return `Upgrade ${fix.name}${fix.version == null ? '' : ` to ${fix.version}`}`;
  if (fix.name != null) return `Rebuild on a newer ${fix.name}`;
  return `Rebuild on a newer base image${fix.distributionName == null ? '' : ` (${fix.distributionName})`}`;
}

/** Where it is: in one image that goes without saying, and the type is told instead. */
export function fixPlace(fix: Fix, ofOneImage: boolean): string {
  const { imageCount, projectCount } = fix;
  if (!('packageKey' in fix)) return `Base of ${formatQuantity(imageCount, 'image')} in ${formatQuantity(projectCount, 'project')}, fixes in ${formatQuantity(fix.packageCount, 'package')}`;
  return ofOneImage ? formatEcosystem(fix.ecosystem) : `${formatQuantity(imageCount, 'image')} in ${formatQuantity(projectCount, 'project')}`;
}
