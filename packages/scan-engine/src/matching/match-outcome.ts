import type { Confidence, FindingClass, Fix, SeverityLevel } from '@esscm/vulnerabilities';

/** What came of holding one image against the advisories at hand. */
export interface MatchOutcome {
  /**
   * `matched` where everything could be judged, `partial` where advisories for some of it were missing, `unmatched` where there
   * were none at all: no finding means nothing then.
   */
  readonly state: 'matched' | 'partial' | 'unmatched';
  /** Names the advisories by what they hold, the same in every process that holds the same; absent when there are none. */
  readonly revision?: string;
  /** Of the advisories this server held at that moment, though they were not what was used; absent when there were none. */
  readonly heldRevision?: string;
  /** RFC 3339: when the newest of them were imported. */
  readonly advisoriesAt?: string;
  readonly matcherVersion: string;
  readonly notices: readonly { readonly code: string; readonly message: string; readonly componentCount: number }[];
  /** Advisory ecosystems that would have been asked and are not held; a name with `*` is a pattern. */
  readonly missingEcosystems: readonly string[];
  /** All advisory ecosystems that were asked or would have been. */
  readonly neededEcosystems: readonly string[];
  /** Findings left to the distribution that judges the package they are in. */
  readonly suppressedCount: number;
  /** Most severe first. */
  readonly findings: readonly MatchedFinding[];
  /** Of earlier findings that are there no longer, where those were told: why, in words. */
  readonly resolvedBecause?: readonly { readonly componentId: string; readonly vulnerability: string; readonly reason: string }[];
}

/** One vulnerability in one component. */
export interface MatchedFinding {
  readonly componentId: string;
  readonly vulnerability: string;
  /** The package URL without version and qualifiers. */
  readonly packageKey: string;
  readonly severity: SeverityLevel;
  readonly score?: number;
  readonly epss?: number;
  readonly epssPercentile?: number;
  /** `YYYY-MM-DD` */
  readonly exploitedSince?: string;
  readonly exploitedDue?: string;
  readonly ransomware: boolean;
  readonly fixState: Fix['state'];
  readonly fixVersion?: string;
  readonly class: FindingClass;
  readonly hidden: boolean;
  readonly confidence: Confidence;
  readonly published?: string;
  /** Of everything but EPSS and the catalogue of exploited vulnerabilities, which change daily. */
  readonly fingerprint: string;
  readonly detail: MatchedFindingDetail;
}

/** The part of a finding that is the same in every image with this version of the package. */
export interface MatchedFindingDetail {
  readonly summary: string;
  readonly identifiers: readonly string[];
  readonly ratings: readonly { readonly level: SeverityLevel; readonly source: string; readonly score?: number; readonly vector?: string }[];
  readonly alsoFixedIn: readonly string[];
  readonly evidence: readonly {
    readonly recordId: string;
    readonly source: string;
    readonly ecosystem: string;
    readonly packageName: string;
    readonly lookedUpBy: string;
    readonly comparedVersion: string;
    readonly reason: string;
  }[];
  readonly notes: readonly string[];
}

/** What is known of the exploitation of one vulnerability. */
export interface KnownExploitation extends Pick<MatchedFinding, 'vulnerability' | 'epss' | 'epssPercentile' | 'exploitedSince' | 'exploitedDue' | 'ransomware'> {}
