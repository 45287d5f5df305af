import { isEcosystem, packagesAskedFor, type MatchInput, type MatchNotice } from '@esscm/vulnerabilities';
import type { OpenAdvisories } from './advisories-at-hand.js';
import type { MatchOutcome } from './match-outcome.js';
import { matchedFinding } from './matched-finding.js';

/** Of the rules; another value has every stored result made again. */
export const matcherVersion = '1';

/** Notices that leave part of an image unjudged. */
const unjudged: ReadonlySet<MatchNotice['code']> = new Set<MatchNotice['code']>(['distribution-not-covered', 'no-advisories-for-ecosystem', 'no-distribution']);

/** Holds one image against the advisories at hand; without any, says so. */
export function matchImage(input: MatchInput, advisories: OpenAdvisories | undefined, unusable?: string): MatchOutcome {
  const asked = [...new Set(packagesAskedFor(input).map(({ ecosystem }) => ecosystem))].toSorted();
  if (advisories === undefined) {
    const message = unusable ?? 'There are no advisories on this server yet; nothing was judged.';
    return {
      state: 'unmatched',
      matcherVersion,
      notices: [{ code: unusable === undefined ? 'no-advisories' : 'advisories-unusable', message, componentCount: input.components.length }],
      missingEcosystems: asked,
      suppressedCount: 0,
      findings: [],
    };
  }
  const known = advisories.database.ecosystems();
  const missing = asked.filter((pattern) => !known.some((name) => isEcosystem(pattern, name)));
  const { findings, suppressed, notices } = advisories.matcher.match(input);
  const judgedNothing = input.components.length > 0 && missing.length === asked.length;
  return {
    state: judgedNothing ? 'unmatched' : notices.some((notice) => unjudged.has(notice.code)) ? 'partial' : 'matched',
    revision: advisories.revision,
    ...(advisories.importedAt === '' ? {} : { advisoriesAt: advisories.importedAt }),
    matcherVersion,
    notices: notices.map(({ code, message, componentIds }) => ({ code, message, componentCount: componentIds.length })),
    missingEcosystems: missing,
    suppressedCount: suppressed.length,
    findings: findings.map(matchedFinding),
  };
}
