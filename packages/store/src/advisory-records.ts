/** `wanted` before the first attempt, `fetching` during one, then how the last one ended. */
export type AdvisorySourceState = 'wanted' | 'fetching' | 'ready' | 'failed';

/** One feed of a source, as the generation of advisories has it. */
export interface AdvisoryFeedRecord {
  readonly name: string;
  readonly location: string;
  readonly licence: string;
  readonly attribution: string;
  /** RFC 3339. */
  readonly importedAt: string;
  /** RFC 3339; empty when the feed says none. */
  readonly newestRecord: string;
  readonly records: number;
  readonly refused: number;
}

/** Why a source is not up to date. */
export interface AdvisoryFailureRecord {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** What an update is at. Bytes are of the file being fetched; the total is not always known. */
export interface AdvisoryProgressRecord {
  readonly step: 'fetching' | 'importing';
  readonly bytesDone?: number;
  readonly bytesTotal?: number;
}

/** Advisories of one ecosystem, or what is known of exploitation, that this installation keeps current. */
export interface AdvisorySourceRecord {
  /** An OSV ecosystem without release, such as `Debian` or `npm`; `exploitation` for KEV and EPSS. */
  readonly name: string;
  readonly state: AdvisorySourceState;
  readonly progress?: AdvisoryProgressRecord;
  readonly feeds: readonly AdvisoryFeedRecord[];
  readonly failure?: AdvisoryFailureRecord;
  /** Attempts in a row that failed. */
  readonly failures: number;
  readonly wantedAt: Date;
  /** When it was last found to be current. */
  readonly checkedAt?: Date;
  readonly nextAttemptAt: Date;
}
