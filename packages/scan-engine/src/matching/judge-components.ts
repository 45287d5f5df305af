import { AdvisoryDatabase, Matcher, type MatchComponent, type MatchDistribution, type MatchResult } from '@esscm/vulnerabilities';
import type { AdvisoriesAtHand } from './advisories-at-hand.js';
import type { MatchedFinding } from './match-outcome.js';
import { matchedFinding } from './matched-finding.js';
import { whyResolved } from './why-resolved.js';

/** A component with everything that decides about it: its distribution, and the package it belongs to. */
export interface ComponentToJudge {
  readonly distribution?: MatchDistribution;
  readonly component: MatchComponent;
  readonly owner?: MatchComponent;
}

/** The same in every image that holds the component so. */
export interface JudgedComponent {
  readonly findings: readonly MatchedFinding[];
  /** How many more findings are left to the distribution than were at the earlier revision; negative for fewer. */
  readonly suppressedBy: number;
  /** Why findings of the earlier revision are there no longer, in words, by vulnerability. */
  readonly resolvedBecause: Readonly<Record<string, string>>;
}

/** Judges components, in the order given; undefined when the generation before the newest is not the one of `since`, or there is none. */
export async function judgeComponents(all: readonly ComponentToJudge[], since: string, advisories: AdvisoriesAtHand): Promise<JudgedComponent[] | undefined> {
  const open = await advisories.current();
  const before = await advisories.previous(since);
  if (open === undefined || before === undefined) return undefined;
  using earlier = AdvisoryDatabase.open(before);
  const earlierMatcher = new Matcher(earlier);
  return all.map((each) => {
    const { findings, suppressed } = resultOf(each, open.matcher);
    const was = resultOf(each, earlierMatcher);
    const found = new Set(findings.map(({ id }) => id));
    const gone = was.findings.filter(({ id }) => !found.has(id));
    return {
      findings: findings.map(matchedFinding),
      // Only what belongs to a package of the distribution is left to it.
      suppressedBy: each.owner === undefined ? 0 : suppressed.size - was.suppressed.size,
      resolvedBecause: Object.fromEntries(gone.map((finding) => [finding.id, suppressed.get(finding.id) ?? whyResolved(finding.evidence, open.database, true)])),
    };
  });
}

function resultOf({ distribution, component, owner }: ComponentToJudge, matcher: Matcher): { readonly findings: MatchResult['findings']; readonly suppressed: ReadonlyMap<string, string> } {
  const components = owner === undefined ? [component] : [owner, component];
  const { findings, suppressed } = matcher.match({ components, ...(distribution === undefined ? {} : { distribution }) });
  return { findings: findings.filter((finding) => finding.componentId === component.id), suppressed: new Map(suppressed.filter(({ finding }) => finding.componentId === component.id).map(({ finding, reason }) => [finding.id, reason])) };
}
