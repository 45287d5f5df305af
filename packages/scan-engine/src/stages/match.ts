import type { Catalogue, Component } from '@esscm/sbom';
import type { MatchComponent, MatchInput } from '@esscm/vulnerabilities';
import { ScanEngineError } from '../errors.js';
import type { ComponentMatcher } from '../matching/component-matcher.js';
import type { MatchOutcome } from '../matching/match-outcome.js';
import type { ImageToMatch } from '../matching/matching-protocol.js';
import { matcherVersion } from '../matching/matcher-version.js';

/**
 * After `catalogue`: the components against the advisories at hand. Storing the findings is the caller's. What was catalogued is
 * not lost when matching fails: the result then says that nothing was judged. @throws ScanEngineError `closed`
 */
export async function match(catalogue: Pick<Catalogue, 'components' | 'distribution'>, matcher: Pick<ComponentMatcher, 'match'>, options: Pick<ImageToMatch, 'isSample' | 'earlier'> = {}): Promise<MatchOutcome> {
  try {
    return await matcher.match({ ...matchInput(catalogue), ...options });
  } catch (error) {
    if (!(error instanceof ScanEngineError) || error.code !== 'matcher-ended') throw error;
    const notice = { code: 'matching-failed', message: `Nothing was judged. ${error.message} Scan the image again.`, componentCount: catalogue.components.length };
    return { state: 'unmatched', matcherVersion, notices: [notice], missingEcosystems: [], neededEcosystems: [], suppressedCount: 0, findings: [] };
  }
}

/** What a matcher needs of a catalogue, and no more, since it travels to another thread. */
function matchInput({ components, distribution }: Pick<Catalogue, 'components' | 'distribution'>): MatchInput {
  return { components: components.map(matchComponent), ...(distribution === undefined ? {} : { distribution }) };
}

function matchComponent(component: Component): MatchComponent {
  const { id, ecosystem, name, version, packageUrl, source, architecture, supplier, locations, ownedBy } = component;
  return {
    id,
    ecosystem,
    name,
    version,
    packageUrl,
    locations: locations.map(({ path }) => ({ path })),
    ...(source === undefined ? {} : { source }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(ownedBy === undefined ? {} : { ownedBy }),
  };
}
