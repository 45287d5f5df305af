import type { FindingFilter } from '../finding-records.js';
import type { Page, PageRequest } from '../records.js';
import type { TriageDecisionRecord, TriageFilter, TriageInput, TriageScope, TriageTarget } from '../triage-records.js';

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
  /** One decision a target, in place of those that held there; in one transaction. */
  decide(organizationId: string, targets: readonly TriageTarget[], input: TriageInput): Promise<readonly TriageDecisionRecord[]>;
  /** Newest first. */
  list(organizationId: string, filter: TriageFilter, page: PageRequest): Promise<Page<TriageDecisionRecord>>;
  /** The decision that counts for each finding now, in the order given: the narrowest that holds. */
  counting(organizationId: string, of: readonly FindingToDecide[]): Promise<readonly (TriageDecisionRecord | undefined)[]>;
  /** Ends decisions that hold; gives those that did. */
  withdraw(organizationId: string, ids: readonly string[]): Promise<readonly TriageDecisionRecord[]>;
  /** Marks as ended what has expired and what was to hold until there is a fix; lists go by both already. Gives the number. */
  endDue(): Promise<number>;
}
