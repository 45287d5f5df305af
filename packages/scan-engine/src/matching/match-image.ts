import { isEcosystem, packagesAskedFor, sourcesOfEcosystem, type MatchInput, type MatchNotice } from '@esscm/vulnerabilities';
import type { OpenAdvisories } from './advisories-at-hand.js';
import type { MatchOutcome } from './match-outcome.js';
import { matchedFinding } from './matched-finding.js';
import { matcherVersion } from './matcher-version.js';

/** Notices that leave part of an image unjudged. */
const unjudged: ReadonlySet<MatchNotice['code']> = new Set<MatchNotice['code']>(['distribution-not-covered', 'no-advisories-for-ecosystem', 'no-distribution', 'packages-from-elsewhere']);

/** Whether some of what an image asks for is not at hand. */
export function needsMore(input: MatchInput, advisories: OpenAdvisories | undefined): boolean {
  return advisories === undefined || missingFrom(advisories, askedBy(input)).length > 0;
}

function askedBy(input: MatchInput): string[] {
  return [...new Set(packagesAskedFor(input).map(({ ecosystem }) => ecosystem))].toSorted();
}

/** Ecosystems nothing is known of, and of whose sources none was fetched: a source may have nothing on a release, or a repository. */
function missingFrom(advisories: OpenAdvisories, asked: readonly string[]): string[] {
  const known = advisories.database.ecosystems();
  const fetched = new Set(advisories.database.sources().map(({ name }) => name));
  return asked.filter((pattern) => !known.some((name) => isEcosystem(pattern, name)) && !sourcesOfEcosystem(pattern).some((source) => fetched.has(source)));
}

/** Holds one image against the advisories at hand; without any, says so. */
export function matchImage(input: MatchInput, advisories: OpenAdvisories | undefined, unusable?: string): MatchOutcome {
  const asked = askedBy(input);
  if (advisories === undefined) {
    const message = unusable ?? 'There are no advisories on this server yet; nothing was judged.';
    return {
      state: 'unmatched',
      matcherVersion,
      notices: [{ code: unusable === undefined ? 'no-advisories' : 'advisories-unusable', message, componentCount: input.components.length }],
      missingEcosystems: asked,
      neededEcosystems: asked,
      suppressedCount: 0,
      findings: [],
    };
  }
  const missing = missingFrom(advisories, asked);
  const { findings, suppressed, notices } = advisories.matcher.match(input);
  const judgedNothing = input.components.length > 0 && missing.length === asked.length;
  return {
    state: judgedNothing ? 'unmatched' : notices.some((notice) => unjudged.has(notice.code)) ? 'partial' : 'matched',
    revision: advisories.revision,
    heldRevision: advisories.revision,
    ...(advisories.importedAt === '' ? {} : { advisoriesAt: advisories.importedAt }),
    matcherVersion,
    notices: notices.map(({ code, message, componentIds }) => ({ code, message, componentCount: componentIds.length })),
    missingEcosystems: missing,
    neededEcosystems: asked,
    suppressedCount: suppressed.length,
    findings: findings.map(matchedFinding),
  };
}
