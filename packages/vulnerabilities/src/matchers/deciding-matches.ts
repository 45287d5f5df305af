import type { Match } from './build-finding.js';

/**
 * Of everything said about one vulnerability in one component, what counts. Where those who build the package speak, other
 * sources only repeat or lag behind. Where the distribution itself speaks, what the one it is rebuilt from says does not
 * count; where a record judges the plain release, what it says for subscribers is no second opinion.
 */
export function decidingMatches(matches: readonly Match[]): readonly Match[] {
  const own = matches.filter((match) => match.candidate.lookUp.role !== 'disclosure');
  const spoken = own.length > 0 ? own : matches;
  const decisive = spoken.filter((match) => match.candidate.detail?.decisive === true && match.candidate.comparable);
  if (decisive.length > 0) {
    const isAffected = decisive.some((match) => match.candidate.affected);
    // Other records of the same verdict add their ratings and references.
    return isAffected ? [...decisive, ...spoken.filter((match) => match.candidate.affected && !decisive.includes(match))] : [];
  }
  const plain = new Set(spoken.filter((match) => match.candidate.lookUp.role === 'own').map((match) => match.advisory.id));
  return spoken.filter((match) => !(match.candidate.lookUp.role === 'subscription' && plain.has(match.advisory.id)));
}
