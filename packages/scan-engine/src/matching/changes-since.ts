import { changedEcosystems, changedPackages } from '@esscm/vulnerabilities';
import type { AdvisoriesAtHand } from './advisories-at-hand.js';
import { lookUpsFor } from './look-up-hash.js';

/** What images have to be asked about after the advisories changed. */
export interface AdvisoryChanges {
  /** Hashes of what components ask for, as `lookUpsOf` gives them. */
  readonly lookUps: readonly number[];
  /** Ecosystems that came or went. */
  readonly ecosystems: readonly string[];
}

/** With more changes than this, asking every component is no dearer. */
const maximumLookUps = 50_000;

/** What changed since a revision; undefined when that cannot be told, or is too much to be worth telling. */
export async function changesSince(revision: string, advisories: AdvisoriesAtHand): Promise<AdvisoryChanges | undefined> {
  const open = await advisories.current();
  const before = await advisories.previous(revision);
  if (open === undefined || before === undefined) return undefined;
  const lookUps = new Set<number>();
  for (const changed of changedPackages(before, open.file)) {
    for (const lookUp of lookUpsFor(changed)) lookUps.add(lookUp);
    if (lookUps.size > maximumLookUps) return undefined;
  }
  return { lookUps: [...lookUps], ecosystems: changedEcosystems(before, open.file) };
}
