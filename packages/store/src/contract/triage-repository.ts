import type { FindingFilter } from '../finding-records.js';
import type { Page, PageRequest } from '../records.js';
import type { TriageDecisionRecord, TriageFilter, TriageInput, TriageOutcome, TriagePreview, TriageScope, TriageTarget } from '../triage-records.js';

/** What decides which decision counts for a finding. */
export interface FindingToDecide {
  readonly imageId: string;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly fixVersion?: string | undefined;
}

/** Decisions about findings. */
export interface TriageRepository {
  /** What findings come to under a scope, at most `limit`, by vulnerability, package and scope. */
  targets(organizationId: string, filter: FindingFilter, scope: TriageScope, limit: number): Promise<readonly TriageTarget[]>;
  /** How many decisions findings come to under a scope, counted up to `limit`. */
  preview(organizationId: string, filter: FindingFilter, scope: TriageScope, limit: number): Promise<TriagePreview>;
  /**
   * One decision a target, in place of those that held there, unless the input keeps them. In batches of 500, each in a transaction
   * of its own, so that others wait for one batch at most; decided again after it broke off, what was done is told as `same`.
   */
  decide(organizationId: string, targets: readonly TriageTarget[], input: TriageInput): Promise<TriageOutcome>;
  /** Newest first. */
  list(organizationId: string, filter: TriageFilter, page: PageRequest): Promise<Page<TriageDecisionRecord>>;
  /** The decision that counts for each finding now, in the order given: the narrowest that holds. */
  counting(organizationId: string, of: readonly FindingToDecide[]): Promise<readonly (TriageDecisionRecord | undefined)[]>;
  /** Ends decisions that hold; gives those that did. */
  withdraw(organizationId: string, ids: readonly string[]): Promise<readonly TriageDecisionRecord[]>;
  /** Ends those of the decisions made together that still hold; gives their number. */
  withdrawBatch(organizationId: string, batchId: string): Promise<number>;
  /** Marks as ended what has expired and what was to hold until there is a fix; lists go by both already. Gives the number. */
  endDue(): Promise<number>;
}
