import type { Match } from './build-finding.js';
import { minorReleaseOf } from './minor-releases.js';

/**
 * Of everything said about one vulnerability in one component, what counts. Where those who build the package speak, other
 * sources only repeat or lag behind. Where the notices of the distribution speak, what the one it is rebuilt from says does not
 * count, nor what it says beside them, which is older than its newest notice.
 */
export function decidingMatches(matches: readonly Match[]): readonly Match[] {
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return isDecisive(only) && !only.candidate.affected ? [] : matches;
  const own = matches.filter(({ candidate: { lookUp } }) => lookUp.role !== 'disclosure' && lookUp.role !== 'unannounced');
  const spoken = own.length > 0 ? own : matches;
  const decisive = spoken.filter(isDecisive);
  if (decisive.length > 0) {
    const isAffected = decisive.some((match) => match.candidate.affected);
    // Other records of the same verdict add their ratings and references.
    return isAffected ? [...decisive, ...spoken.filter((match) => match.candidate.affected && !decisive.includes(match))] : [];
  }
  return withoutRepeatedForSubscribers(withoutLaterMinorReleases(spoken));
}

function isDecisive({ candidate }: Match): boolean {
  return candidate.detail?.decisive === true && candidate.comparable;
}

/**
 * Rebuilds of Enterprise Linux publish a notice for each minor release that gets the fix. A build that has that of its own minor
 * release is not judged by one of a later release.
 */
function withoutLaterMinorReleases(matches: readonly Match[]): readonly Match[] {
  const fixedIn = matches.flatMap(({ candidate }) => (candidate.reached === undefined ? [] : (minorReleaseOf(candidate.reached) ?? [])));
  return fixedIn.length === 0
    ? matches
    : matches.filter(({ candidate }) => {
        const own = minorReleaseOf(candidate.lookUp.version);
        return !candidate.affected || own === undefined || !fixedIn.includes(own) || (minorReleaseOf(candidate.fixed ?? '') ?? own) <= own;
      });
}

/**
 * A record that judges the plain release too is not asked twice, but its row for subscribers says where the fix is when the plain
 * release gets none; and it decides about a build that only subscribers get.
 */
function withoutRepeatedForSubscribers(matches: readonly Match[]): readonly Match[] {
  const isForSubscribers = (match: Match): boolean => match.candidate.lookUp.role === 'subscription';
  const byRecord = Map.groupBy(matches, (match) => match.advisory.id);
  return [...byRecord.values()].flatMap((ofRecord) => {
    const plain = ofRecord.filter((match) => !isForSubscribers(match));
    const paid = ofRecord.filter(isForSubscribers);
    if (plain.length === 0 || paid.length === 0) return ofRecord;
    if (paid.some((match) => subscriberBuild.test(match.candidate.lookUp.version))) return paid;
    return plain.some((match) => match.candidate.affected && match.candidate.fixed === undefined) ? [...plain, ...paid.filter((match) => match.candidate.affected)] : plain;
  });
}

/** Ubuntu marks builds of its extended maintenance. */
const subscriberBuild = /[+~]esm\d/;
