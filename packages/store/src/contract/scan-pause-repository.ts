import type { ScanPauseRecord } from '../records.js';

interface ScanPauseInput {
  readonly organizationId: string;
  readonly userId: string;
  readonly userName: string;
}

/** While a pause holds, no scan of the organisation begins (`ScanRepository.begin`); what runs goes on. Ended pauses are kept. */
export interface ScanPauseRepository {
  /** The pause that holds now. */
  current(organizationId: string): Promise<ScanPauseRecord | undefined>;
  /** Begins a pause; the one that holds already is given back instead of a second. */
  pause(input: ScanPauseInput): Promise<ScanPauseRecord>;
  /** Ends the pause that holds. Undefined when there is none. */
  resume(input: ScanPauseInput): Promise<ScanPauseRecord | undefined>;
  /** Whether there is a pause at all: an installation has one organisation, and one queue. */
  holds(): Promise<boolean>;
}
