import type { ApolloClient } from '@apollo/client';
import { platformsOf } from '../registry/registry-lists.js';
import { platformList } from '../registry/rule-draft.js';
import type { ChosenImage } from './chosen-image.js';
import type { WizardState } from './wizard-state.js';

/**
 * The platforms to scan of each image that is for several, by reference. An image that is absent is scanned for the default one:
 * because nothing else was asked for, or because none of what was asked for is in it.
 */
export async function platformsPerImage(client: ApolloClient, { platforms, draftId }: Pick<WizardState, 'platforms' | 'draftId'>, chosen: readonly ChosenImage[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  if (platforms.choice === 'default' || draftId === undefined) return found;
  const listed = new Set(platformList(platforms.list));
  for (const { reference, repository, digest, index } of chosen) {
    if (index !== true) continue;
    const offered = await platformsOf(client, { draftId }, repository, digest);
    const wanted = platforms.choice === 'all' ? offered : offered.filter((platform) => listed.has(platform));
    if (wanted.length > 0) found.set(reference, wanted);
  }
  return found;
}
