import type { BaseFixRowFragment, FixRowFragment } from '../gql/graphql.js';

/** A change to make: a package to upgrade, or a base image to build anew on. */
export type Fix = FixRowFragment | BaseFixRowFragment;

/** How many changes there are in all, of which these are the first of each kind. */
export function countFixes(packages: readonly FixRowFragment[], bases: readonly BaseFixRowFragment[]): number {
  return (packages[0]?.outOf ?? 0) + (bases[0]?.outOf ?? 0);
}

/** Both kinds in the server's order: those with exploited findings first, then by critical, high and all findings. */
export function rankFixes(packages: readonly FixRowFragment[], bases: readonly BaseFixRowFragment[]): readonly Fix[] {
  const exploited = ({ exploitedCount }: Fix): number => Number(exploitedCount > 0);
  return [...packages, ...bases].toSorted((one, other) => exploited(other) - exploited(one) || other.critical - one.critical || other.high - one.high || other.findingCount - one.findingCount);
}
