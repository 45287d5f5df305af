import type { FindingDayRecord } from '../finding-day-records.js';

/** Findings at the end of each day. */
export interface FindingDayRepository {
  /** Days from `since` (`YYYY-MM-DD`) on, oldest first; a day on which nothing was recorded is absent. */
  list(organizationId: string, since: string): Promise<readonly FindingDayRecord[]>;
  /** In place of what was recorded for the day before. */
  record(organizationId: string, day: FindingDayRecord): Promise<void>;
}
