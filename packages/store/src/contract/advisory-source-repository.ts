import type { AdvisoryFailureRecord, AdvisoryFeedRecord, AdvisoryProgressRecord, AdvisorySourceRecord } from '../advisory-records.js';

/** Advisories that the installation keeps current. They are public and belong to no organisation. */
export interface AdvisorySourceRepository {
  /** Adds sources that are not known yet; gives those. Their first attempt is due at once. */
  want(names: readonly string[]): Promise<readonly string[]>;
  /** By name. */
  list(): Promise<readonly AdvisorySourceRecord[]>;
  /** Those whose next attempt is due, longest wanted first. */
  due(): Promise<readonly AdvisorySourceRecord[]>;
  /**
   * Names of the packages that scanned images of a distribution hold, and of the source packages they were built from, of these ecosystems
   * (`rpm`); in no order that means anything. `distribution` is the id of its os-release.
   */
  packageNames(distribution: string, ecosystems: readonly string[]): Promise<readonly string[]>;
  /** Makes the next attempt due now, of all sources without names; gives those that are known. */
  requestNow(names?: readonly string[]): Promise<readonly string[]>;
  recordProgress(name: string, progress: AdvisoryProgressRecord): Promise<void>;
  /** `checkedAt` is now unless given: a process that only fetches what another has checked gives the row's own. */
  recordSuccess(name: string, outcome: { readonly feeds: readonly AdvisoryFeedRecord[]; readonly nextAttemptAt: Date; readonly checkedAt?: Date }): Promise<void>;
  /** `feeds` are those that are held all the same; what was held before without them. */
  recordFailure(name: string, outcome: { readonly failure: AdvisoryFailureRecord; readonly feeds?: readonly AdvisoryFeedRecord[]; readonly nextAttemptAt: Date }): Promise<void>;
}
