import type { BoundedCount, FindingAgeRecord, FindingDetailRecord, FindingEventFilter, FindingEventRecord, FindingEvidence, FindingFilter, FindingGroupRecord, FindingGrouping, FindingGroupSort, FindingRecord, FindingSort, MatchingInput, MatchingRecord, SeverityCounts } from '../finding-records.js';
import type { Page, PageRequest } from '../records.js';

export interface FindingRepository {
  /** By content; a content that has not been matched is absent. */
  matchingsOf(organizationId: string, contentIds: readonly string[]): Promise<ReadonlyMap<string, MatchingRecord>>;
  /** Findings with a fixed version, by content and severity: those of what `matchingsOf` counts. A content without one is absent. */
  fixableOf(organizationId: string, contentIds: readonly string[]): Promise<ReadonlyMap<string, SeverityCounts>>;
  /** Findings of what images show now, one an image; `reversed` from the other end of the order. */
  list(organizationId: string, filter: FindingFilter, sort: FindingSort, page: PageRequest & { readonly reversed?: boolean }): Promise<Page<FindingRecord>>;
  find(organizationId: string, key: { readonly imageId: string; readonly position: number; readonly vulnerability: string }): Promise<FindingRecord | undefined>;
  details(organizationId: string, fingerprints: readonly string[]): Promise<ReadonlyMap<string, FindingDetailRecord>>;
  count(organizationId: string, filter: FindingFilter): Promise<BoundedCount>;
  countBySeverity(
    organizationId: string,
    filter: FindingFilter,
  ): Promise<{ readonly counts: SeverityCounts; readonly exploitedCount: number; readonly fixableCount: number }>;
  /** By how long ago they were first seen, youngest first; every age is there. */
  countByAge(organizationId: string, filter: FindingFilter, now: Date): Promise<readonly FindingAgeRecord[]>;
  /** The group with the most important finding first, or in another order; `reversed` from its other end. */
  groups(organizationId: string, grouping: FindingGrouping, filter: FindingFilter, page: PageRequest & { readonly sort?: FindingGroupSort; readonly reversed?: boolean }): Promise<Page<FindingGroupRecord>>;
  /** Canonical ids of the vulnerabilities an identifier may mean, itself first. Empty when no finding names it. */
  resolveIdentifier(organizationId: string, identifier: string): Promise<readonly string[]>;
  /** What is known of one vulnerability, one entry for each package and version it was found in; at most 50. */
  detailsOf(organizationId: string, vulnerability: string): Promise<readonly FindingDetailRecord[]>;
  /** Of everything a content shows, in no order; findings that are hidden are left out. */
  evidenceOf(organizationId: string, contentId: string): Promise<readonly FindingEvidence[]>;
  /** Newest first. */
  events(organizationId: string, filter: FindingEventFilter, page: PageRequest): Promise<Page<FindingEventRecord>>;
  /** In place of the content's earlier result, in one transaction. False when the organisation has no such content. */
  replace(organizationId: string, contentId: string, matching: MatchingInput): Promise<boolean>;
}
