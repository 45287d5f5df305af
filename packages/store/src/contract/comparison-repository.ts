import type { ComparedPair, ComponentDifferences, FindingChangeFilter, FindingChangeKind, FindingChangeRecord, FindingChangeTotals, PackageFindingChanges } from '../comparison-records.js';
import type { Page, PageRequest } from '../records.js';

/** What became of components and findings from one image to another. Findings that are hidden by default take no part. */
export interface ComparisonRepository {
  /** What is the same is counted where it lies: of two large images that differ little, little is given. */
  components(organizationId: string, pair: ComparedPair): Promise<ComponentDifferences>;
  counts(organizationId: string, pair: ComparedPair): Promise<Readonly<Record<FindingChangeKind, FindingChangeTotals>>>;
  /** Introduced ones first, then fixed, then unchanged; the most important first in each. */
  list(organizationId: string, pair: ComparedPair, filter: FindingChangeFilter, page: PageRequest): Promise<Page<FindingChangeRecord>>;
  count(organizationId: string, pair: ComparedPair, filter: FindingChangeFilter): Promise<number>;
  /** Packages with findings that are introduced or fixed, by package. */
  byPackage(organizationId: string, pair: ComparedPair): Promise<readonly PackageFindingChanges[]>;
}
