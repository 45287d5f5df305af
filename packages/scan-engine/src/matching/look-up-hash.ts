import { createHash } from 'node:crypto';
import { packagesAskedFor, type AdvisoryPackage, type MatchComponent, type MatchDistribution } from '@esscm/vulnerabilities';

/**
 * Stands for a package in an advisory ecosystem where only equality matters. Two packages that share a number, one in some
 * millions, cost a look that finds nothing.
 */
function lookUpHash(ecosystem: string, name: string): number {
  return createHash('sha256').update(`${ecosystem}\n${name}`).digest().readInt32BE();
}

/** What the matcher asks the advisories for on behalf of one component. Patterns of ecosystems are kept by what they begin with. */
export function lookUpsOf(component: MatchComponent, distribution: MatchDistribution | undefined): number[] {
  const asked = packagesAskedFor({ components: [component], ...(distribution === undefined ? {} : { distribution }) });
  return [...new Set(asked.map(({ ecosystem, name }) => lookUpHash(ecosystem.includes('*') ? familyOf(ecosystem) : ecosystem, name)))];
}

/** What components may have asked that concerns a package: by its ecosystem, or by a pattern of its family. */
export function lookUpsFor({ ecosystem, name }: AdvisoryPackage): number[] {
  return [...new Set([lookUpHash(ecosystem, name), lookUpHash(familyOf(ecosystem), name)])];
}

/** `SUSE:*` of `SUSE:Linux Enterprise*15 SP5`. */
function familyOf(ecosystem: string): string {
  return `${ecosystem.split(':', 1)[0]}:*`;
}
