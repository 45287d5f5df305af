import type { PackageVersionFindingsRecord, PackageVersionRecord } from '@esscm/store';
import { schemeOfPackageType } from '@esscm/vulnerabilities';

/** A version that was found, with its findings where it has some. */
export interface PackageMatch extends PackageVersionRecord {
  readonly findings?: PackageVersionFindingsRecord | undefined;
}

/** The whole name first, then names that begin with it, then the rest; in each what has the worst findings, and within a package the newest version first. */
export function compareMatches(name: string | undefined): (one: PackageMatch, other: PackageMatch) => number {
  const searched = name?.toLowerCase();
  const rank = (row: PackageVersionRecord): number => {
    const found = row.name.toLowerCase();
    return searched === undefined || found === searched ? 0 : found.startsWith(searched) ? 1 : 2;
  };
  const worst = ({ findings }: PackageMatch): number => findings?.priority ?? Number.MAX_SAFE_INTEGER;
  return (one, other) =>
    rank(one) - rank(other) || worst(one) - worst(other) || compare(one.name, other.name) || compare(one.packageKey, other.packageKey) || compareVersions(other, one);
}

/** In the order of the ecosystem; texts that are no version of it come before those that are. */
function compareVersions(one: PackageVersionRecord, other: PackageVersionRecord): number {
  const scheme = schemeOfPackageType(one.ecosystem);
  return compare(scheme?.parse(one.version) ?? '', scheme?.parse(other.version) ?? '') || compare(one.version, other.version);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
