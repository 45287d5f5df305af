import { isEcosystem, packagesAskedFor, sourcesOfEcosystem, type AdvisoryDatabase, type MatchInput, type MatchNotice, type MatchResult } from '@esscm/vulnerabilities';
import type { OpenAdvisories } from './advisories-at-hand.js';
import type { MatchOutcome } from './match-outcome.js';
import { matchedFinding } from './matched-finding.js';
import { matcherVersion } from './matcher-version.js';
import { whyResolved, type EarlierFindings } from './why-resolved.js';

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

/** What else a result depends on. */
interface MatchCircumstances {
  /** Why there are advisories that cannot be used. */
  readonly unusable?: string | undefined;
  readonly earlier?: EarlierFindings | undefined;
}

/** Holds one image against the advisories at hand; without any, says so. */
export function matchImage(input: MatchInput, advisories: OpenAdvisories | undefined, { unusable, earlier }: MatchCircumstances = {}): MatchOutcome {
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
  const resolvedBecause = earlier === undefined ? [] : resolved(earlier, { findings, suppressed }, advisories.database);
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
    ...(resolvedBecause.length === 0 ? {} : { resolvedBecause }),
  };
}

/** Those of the earlier findings that are there no longer, each with why. */
function resolved(earlier: EarlierFindings, { findings, suppressed }: Pick<MatchResult, 'findings' | 'suppressed'>, database: AdvisoryDatabase): NonNullable<MatchOutcome['resolvedBecause']> {
  const keyOf = (componentId: string, vulnerability: string): string => `${componentId}\n${vulnerability}`;
  const found = new Set(findings.map(({ componentId, id }) => keyOf(componentId, id)));
  const left = new Map(suppressed.map(({ finding, reason }) => [keyOf(finding.componentId, finding.id), reason]));
  return earlier.findings
    .filter(({ componentId, vulnerability }) => !found.has(keyOf(componentId, vulnerability)))
    .map(({ componentId, vulnerability, evidence }) => ({
      componentId,
      vulnerability,
      reason: left.get(keyOf(componentId, vulnerability)) ?? whyResolved(evidence, database, earlier.matcherVersion === matcherVersion),
    }));
}
