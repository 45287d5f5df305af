import type { ProjectFindingDayRecord } from '../finding-day-records.js';

/** Findings of projects at the end of each day. */
export interface ProjectFindingDayRepository {
  /**
   * Days of a project, or of one of its versions, from `since` (`YYYY-MM-DD`) on, oldest first. A day on which nothing was recorded
   * is absent; a version that had nothing recorded for a day takes no part in it.
   */
  list(organizationId: string, wanted: { readonly projectId: string; readonly projectVersionId?: string; readonly since: string }): Promise<readonly ProjectFindingDayRecord[]>;
  /** Writes what every version has now for the day of this moment, in place of what was recorded earlier that day. */
  recordAll(organizationId: string, now: Date): Promise<void>;
}
