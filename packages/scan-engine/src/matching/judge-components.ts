import type { MatchComponent, MatchDistribution } from '@esscm/vulnerabilities';
import type { OpenAdvisories } from './advisories-at-hand.js';
import type { MatchedFinding } from './match-outcome.js';
import { matchedFinding } from './matched-finding.js';

/** A component with everything that decides about it: its distribution, and the package it belongs to. */
export interface ComponentToJudge {
  readonly distribution?: MatchDistribution;
  readonly component: MatchComponent;
  readonly owner?: MatchComponent;
}

/** The findings of each component, in the order given. They are the same in every image that holds the component so. */
export function judgeComponents(all: readonly ComponentToJudge[], { matcher }: OpenAdvisories): MatchedFinding[][] {
  return all.map(({ distribution, component, owner }) => {
    const components = owner === undefined ? [component] : [owner, component];
    const { findings } = matcher.match({ components, ...(distribution === undefined ? {} : { distribution }) });
    return findings.filter((finding) => finding.componentId === component.id).map(matchedFinding);
  });
}
