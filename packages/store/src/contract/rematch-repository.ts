import type { AdvisoryRevision, ComparedComponent, ComparedGroup, ComponentGroupChange, ComponentGroupRecord, ComponentPlace, MatchingNoticeRecord, StampedContent } from '../finding-records.js';

/** Results that were made with other advisories than those held now. Workers call it for all organisations. */
export interface RematchRepository {
  /**
   * Which advisories were held when results were made that need another look, and how many contents that are. Not those another
   * process made with advisories imported after `now.advisoriesAt`.
   */
  behind(now: AdvisoryRevision): Promise<readonly { readonly heldRevision?: string; readonly matcherVersion: string; readonly contents: number }[]>;
  /**
   * The next contents of one of those, by id, with the same `advisoriesAt`; `whole` where missing advisories have come, or too little
   * is known of its components. What tells whether ecosystems that came or went concern it is given only where there are any.
   */
  next(
    from: { readonly heldRevision?: string; readonly matcherVersion: string; readonly advisoriesAt?: Date },
    ecosystems: readonly string[],
    after: string,
    limit: number,
  ): Promise<readonly (StampedContent & { readonly organizationId: string; readonly isSample: boolean; readonly whole: boolean; readonly concernedBy?: { readonly packageTypes: readonly string[]; readonly distribution?: unknown } })[]>;
  /** Those of the contents' components that ask for something that changed, and those they own. */
  groups(contentIds: readonly string[], lookUps: readonly number[]): Promise<readonly ComponentGroupRecord[]>;
  /** What a matcher would see of the components at these places, and what was found for them, in the order given. */
  compared(places: readonly ComponentPlace[]): Promise<readonly ComparedGroup[]>;
  /**
   * Gives the places their new findings, notes what happened, and marks the contents as judged by `now`; in one transaction. A content
   * that has another stamp by now is left as it is. Gives the number of events.
   */
  write(contents: readonly StampedContent[], changes: readonly ComponentGroupChange[], now: AdvisoryRevision): Promise<number>;
  /** Marks a content as seen by `now` though it could not be judged; what was found before stays, with the day it was matched. */
  passOver(organizationId: string, contentId: string, now: AdvisoryRevision): Promise<void>;
  /**
   * What decides about ends of support in the next contents that were matched, by id: `packageKeys` are package URLs without version in
   * lower case, of which components are given; packages of `systemTypes` are counted.
   */
  supportFacts(packageKeys: readonly string[], systemTypes: readonly string[], after: string, limit: number): Promise<readonly SupportFacts[]>;
  /** Gives contents other notices, unless they were matched since they were read. Gives how many it were. */
  setNotices(contents: readonly (StampedContent & { readonly notices: readonly MatchingNoticeRecord[] })[]): Promise<number>;
  /** Vulnerabilities that some finding is or was of, in order. */
  vulnerabilities(after: string, limit: number): Promise<readonly string[]>;
  /** Sets what is known of exploitation; gives the number of findings that changed. */
  setExploitation(known: readonly ExploitationInput[]): Promise<number>;
}

/** What of a content decides which of its parts are supported, and what its result says at present. */
export interface SupportFacts extends StampedContent {
  readonly distribution?: unknown;
  readonly packageCount: number;
  readonly runtimes: readonly Pick<ComparedComponent, 'ecosystem' | 'version' | 'packageUrl'>[];
  readonly notices: readonly MatchingNoticeRecord[];
}

/** What is known of the exploitation of a vulnerability; absent values are unknown. */
export interface ExploitationInput {
  readonly vulnerability: string;
  readonly epss?: number;
  readonly epssPercentile?: number;
  readonly exploitedSince?: string;
  readonly exploitedDue?: string;
  readonly ransomware: boolean;
}
