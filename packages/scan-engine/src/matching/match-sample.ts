import { rm } from 'node:fs/promises';
import { importPaths, type MatchInput } from '@esscm/vulnerabilities';
import { AdvisoriesAtHand } from './advisories-at-hand.js';
import { matchImage } from './match-image.js';
import type { MatchOutcome } from './match-outcome.js';
import type { AdvisoryFolders } from './matching-protocol.js';

/**
 * Judges an image of the built-in sample by the few advisories packaged with it. The result says that, and that everything is
 * still missing, so that it is made again once there are current ones.
 */
export async function matchSample(input: MatchInput, { records, folder }: NonNullable<AdvisoryFolders['sample']>, heldRevision: string | undefined): Promise<MatchOutcome> {
  // Made anew each time, in some tens of milliseconds: there is nothing to keep in step.
  await rm(folder, { recursive: true, force: true });
  await importPaths(folder, records, { now: new Date().toISOString(), signal: AbortSignal.timeout(60_000) });
  using advisories = new AdvisoriesAtHand(folder);
  const { heldRevision: _, ...outcome } = matchImage(input, await advisories.current());
  const message = 'Judged by the advisories packaged with the sample, which are few and dated, until this server holds current ones.';
  return {
    ...outcome,
    revision: 'sample',
    ...(heldRevision === undefined ? {} : { heldRevision }),
    state: outcome.state === 'matched' ? 'partial' : outcome.state,
    notices: [{ code: 'sample-advisories', message, componentCount: input.components.length }, ...outcome.notices],
    missingEcosystems: matchImage(input, undefined).missingEcosystems,
  };
}
