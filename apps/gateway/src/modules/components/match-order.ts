import type { PackageVersionFindingsRecord, PackageVersionRecord, PackageVersionSpreadRecord } from '@esscm/store';
import { schemeOfPackageType } from '@esscm/vulnerabilities';

/** A version that was found, with its findings where it has some, and where it is as far as that was asked for. */
export interface PackageMatch extends PackageVersionRecord {
  readonly findings?: PackageVersionFindingsRecord | undefined;
  readonly spread?: PackageVersionSpreadRecord | undefined;
}

/** The whole name first, then names that begin with it, then the rest; in each what has the worst findings, and within a package the newest version first. */
function compareMatches(name: string | undefined): (one: PackageMatch, other: PackageMatch) => number {
  const searched = name?.toLowerCase();
  const rank = (row: PackageVersionRecord): number => {
    const found = row.name.toLowerCase();
    return searched === undefined || found === searched ? 0 : found.startsWith(searched) ? 1 : 2;
  };
  return (one, other) =>
    rank(one) - rank(other) || worst(one) - worst(other) || compare(one.name, other.name) || compare(one.packageKey, other.packageKey) || compareVersions(other, one);
}

/** The smaller, the worse. */
function worst({ findings }: PackageMatch): number {
  return findings?.priority ?? Number.MAX_SAFE_INTEGER;
}

/** What versions that were found can be listed by; among equals the best match first. */
export type MatchSort = 'match' | 'name' | 'version' | 'images' | 'projects' | 'findings';

/** As asked for, or the other way round. @param name what was searched for */
export function matchOrder(sort: MatchSort, reversed: boolean, name: string | undefined): (one: PackageMatch, other: PackageMatch) => number {
  const best = compareMatches(name);
  const orders: Readonly<Record<MatchSort, (one: PackageMatch, other: PackageMatch) => number>> = {
    match: best,
    name: (one, other) => compare(one.name.toLowerCase(), other.name.toLowerCase()),
    // Versions of one ecosystem in its own order; ecosystems apart, whose versions cannot be held against each other.
    version: (one, other) => compare(one.ecosystem, other.ecosystem) || compareVersions(one, other),
    images: (one, other) => (one.spread?.imageCount ?? 0) - (other.spread?.imageCount ?? 0),
    projects: (one, other) => (one.spread?.projectCount ?? 0) - (other.spread?.projectCount ?? 0),
    findings: (one, other) => worst(one) - worst(other),
  };
  const order = orders[sort];
  return (one, other) => (reversed ? order(other, one) : order(one, other)) || best(one, other);
}

/** In the order of the ecosystem; texts that are no version of it come before those that are. */
function compareVersions(one: PackageVersionRecord, other: PackageVersionRecord): number {
  const scheme = schemeOfPackageType(one.ecosystem);
  return compare(scheme?.parse(one.version) ?? '', scheme?.parse(other.version) ?? '') || compare(one.version, other.version);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
