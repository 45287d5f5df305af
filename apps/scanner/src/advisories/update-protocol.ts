import type { AdvisoryFailureRecord, AdvisoryFeedRecord, AdvisoryProgressRecord } from '@esscm/store';
import type { FeedAddresses } from '@esscm/vulnerabilities';

/** The source that holds what is known of exploitation, instead of advisories. */
export const exploitationSource = 'exploitation';

/** One update of one source, on a thread of its own. */
export interface UpdateRequest {
  /** Of the generations. */
  readonly folder: string;
  /** An OSV ecosystem without release, or {@link exploitationSource}. */
  readonly source: string;
  /** Names of packages that images hold; only for sources that are asked about them. */
  readonly packages?: readonly string[];
  /** In place of the public ones. */
  readonly addresses: Partial<FeedAddresses>;
}

/** What an update came to: the feeds that are held now, and why one of them could not be brought up to date. */
export interface UpdateResult {
  readonly feeds: readonly AdvisoryFeedRecord[];
  readonly failure?: AdvisoryFailureRecord;
}

export type FromUpdate = { readonly progress: AdvisoryProgressRecord } | { readonly result: UpdateResult };
