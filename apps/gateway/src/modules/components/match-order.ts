import type { PackageVersionRecord } from '@esscm/store';
import { schemeOfPackageType } from '@esscm/vulnerabilities';

/** The whole name first, then names that begin with it, then the rest; within a package the newest version first. */
export function compareMatches(name: string | undefined): (one: PackageVersionRecord, other: PackageVersionRecord) => number {
  const searched = name?.toLowerCase();
  const rank = (row: PackageVersionRecord): number => {
    const found = row.name.toLowerCase();
    return searched === undefined || found === searched ? 0 : found.startsWith(searched) ? 1 : 2;
  };
  return (one, other) =>
    rank(one) - rank(other) || compare(one.name, other.name) || compare(one.packageKey, other.packageKey) || compareVersions(other, one);
}

/** In the order of the ecosystem; texts that are no version of it come before those that are. */
function compareVersions(one: PackageVersionRecord, other: PackageVersionRecord): number {
  const scheme = schemeOfPackageType(one.ecosystem);
  return compare(scheme?.parse(one.version) ?? '', scheme?.parse(other.version) ?? '') || compare(one.version, other.version);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
