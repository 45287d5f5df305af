import { parseCatalogue } from '@esscm/sbom';
import { match, matcherVersion, type ComponentMatcher } from '@esscm/scan-engine';
import type { Store } from '@esscm/store';
import { matchingResult } from '../results/matching-result.js';

interface KnownContentDependencies {
  readonly store: Pick<Store, 'contents' | 'findings'>;
  readonly matcher: Pick<ComponentMatcher, 'match' | 'revision'>;
}

/** Matches stored content again from its stored catalogue, unless it has been matched with the same advisories and rules. */
export async function matchKnownContent({ store, matcher }: KnownContentDependencies, organizationId: string, contentId: string): Promise<void> {
  const revision = await matcher.revision();
  const earlier = (await store.findings.matchingsOf(organizationId, [contentId])).get(contentId);
  if (earlier !== undefined && earlier.revision === revision && earlier.matcherVersion === matcherVersion) return;
  const serialised = await store.contents.readCatalogue(organizationId, contentId);
  if (serialised === undefined) return;
  const catalogue = parseCatalogue(serialised);
  await store.findings.replace(organizationId, contentId, matchingResult(await match(catalogue, matcher), catalogue.distribution));
}
