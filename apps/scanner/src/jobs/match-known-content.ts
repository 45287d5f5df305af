import { parseCatalogue } from '@esscm/sbom';
import { match, matcherVersion, type ComponentMatcher, type MatchOutcome } from '@esscm/scan-engine';
import type { Store } from '@esscm/store';
import { earlierFindings } from '../results/earlier-findings.js';
import { matchingResult } from '../results/matching-result.js';

interface KnownContentDependencies {
  readonly store: Pick<Store, 'contents' | 'findings'>;
  readonly matcher: Pick<ComponentMatcher, 'match' | 'held'>;
  readonly onAdvisoriesNeeded: (ecosystems: readonly string[]) => Promise<void>;
}

interface KnownContent {
  readonly organizationId: string;
  readonly contentId: string;
  readonly isSample: boolean;
}

/** Matches stored content again from its stored catalogue, unless it has been matched with the same advisories and rules: then there is no outcome. */
export async function matchKnownContent(dependencies: KnownContentDependencies, { organizationId, contentId, isSample }: KnownContent): Promise<MatchOutcome | undefined> {
  const { store, matcher } = dependencies;
  const revision = (await matcher.held())?.revision;
  const earlier = (await store.findings.matchingsOf(organizationId, [contentId])).get(contentId);
  if (earlier !== undefined && earlier.heldRevision === revision && earlier.matcherVersion === matcherVersion) return undefined;
  const serialised = await store.contents.readCatalogue(organizationId, contentId);
  if (serialised === undefined) return undefined;
  const catalogue = parseCatalogue(serialised);
  const outcome = await match(catalogue, matcher, { isSample, ...(await earlierFindings(store, organizationId, contentId)) });
  await store.findings.replace(organizationId, contentId, matchingResult(outcome, catalogue.distribution));
  await dependencies.onAdvisoriesNeeded(outcome.neededEcosystems);
  return outcome;
}
