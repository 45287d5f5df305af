/** Findings of all images at the end of a day. */
export interface FindingDayRecord {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly exploited: number;
  /** Images there were. */
  readonly imageCount: number;
}

/** Findings of a project, or of one version of it, at the end of a day. Counts are of the images that were judged. */
export interface ProjectFindingDayRecord extends Omit<FindingDayRecord, 'exploited'> {
  /** Absent where the day was told from events, which do not say it. */
  readonly exploited?: number;
  /** Images among them that were held against advisories. */
  readonly judgedImageCount: number;
}
