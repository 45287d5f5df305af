import type { BaseFixRowFragment, FixRowFragment } from '../gql/graphql.js';

/** A change to make: a package to upgrade, or a base image to build anew on. */
export type Fix = FixRowFragment | BaseFixRowFragment;

/** Both kinds in the server's order: those with exploited findings first, then by critical, high and all findings. */
export function rankFixes(packages: readonly FixRowFragment[], bases: readonly BaseFixRowFragment[]): readonly Fix[] {
  const exploited = ({ exploitedCount }: Fix): number => Number(exploitedCount > 0);
  return [...packages, ...bases].toSorted((one, other) => exploited(other) - exploited(one) || other.critical - one.critical || other.high - one.high || other.findingCount - one.findingCount);
}
