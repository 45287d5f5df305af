/** What updating something would remove, and in how many places. */
interface FixFigures {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly findingCount: number;
  readonly exploitedCount: number;
  readonly imageCount: number;
  readonly projectCount: number;
  /** How many such records there are in all. */
  readonly outOf: number;
}

/** Findings that have a fix, by the base image they come from. */
export interface BaseFixRecord extends FixFigures {
  /** Digest of the topmost layer of the base, uncompressed: what images of one base share. */
  readonly baseDiffId: string;
  /** As labels of the images say it. */
  readonly name?: string;
  readonly distributionName?: string;
  readonly packageCount: number;
}

/** Findings that have a fix, by package. */
export interface PackageFixRecord extends FixFigures {
  readonly packageKey: string;
  readonly ecosystem: string;
  readonly name: string;
  /** Each finding's own; of the source package where that was looked up. At most 100, in no order. */
  readonly fixVersions: readonly string[];
  /** How many releases of distributions the images are of: each fixes its own packages in versions of its own. */
  readonly distributionCount: number;
}
