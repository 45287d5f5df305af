import type { AdvisoryKind, UnfixedState } from '../advisories/advisory-record.js';
import type { Enrichment } from '../database/advisory-database.js';
import type { Exception } from '../exceptions/exception.js';
import type { VexVerdict } from '../vex/vex-document.js';
import type { Rating, SeverityLevel } from './severity.js';

/** How much a finding can be relied on: `low` when versions could not be ordered, or the data is known to be coarse. */
export type Confidence = 'high' | 'medium' | 'low';

/** What kind of finding it is. All but `vulnerability` and `malware` are hidden by default. */
export type FindingClass = 'vulnerability' | 'malware' | 'informational' | 'negligible' | 'kernel-headers' | 'uncertain';

/** One vulnerability in one component. */
export interface Finding {
  /** CVE where there is exactly one, else GHSA, else the id of the source. */
  readonly id: string;
  /** Every identifier it is known by, `id` included, sorted. */
  readonly identifiers: readonly string[];
  readonly componentId: string;
  readonly component: { readonly name: string; readonly version: string; readonly ecosystem: string; readonly packageUrl: string; readonly paths: readonly string[] };
  readonly summary: string;
  readonly severity: Rating;
  /** Every rating found, the chosen one first. */
  readonly ratings: readonly Rating[];
  readonly fix: Fix;
  readonly class: FindingClass;
  readonly hidden: boolean;
  readonly confidence: Confidence;
  /** Why it is reported, one entry a record; at least one. */
  readonly evidence: readonly Evidence[];
  /** What the reader should know when judging it, such as sources that disagree. */
  readonly notes: readonly string[];
  readonly enrichment: Enrichment | undefined;
  /** RFC 3339, the earliest of its records. */
  readonly published: string | undefined;
  readonly ownedBy: string | undefined;
  /** What the author of a VEX document says of it; set by `applyVex`. */
  readonly vex?: VexVerdict;
}

/** Whether and where it is fixed. */
export interface Fix {
  /**
   * `subscription`: fixed for customers of a paid service only. `will-not-fix`, `deferred`, `end-of-life`: not fixed, and the
   * distribution says that it will not be, not now, or no more for this release.
   */
  readonly state: 'fixed' | 'unfixed' | 'subscription' | UnfixedState;
  /** Smallest fixed version above the installed one, in the terms of the look-up (a source version for source packages). */
  readonly version: string | undefined;
  readonly alsoFixedIn: readonly string[];
}

/** One record that says the component is affected. */
export interface Evidence {
  readonly recordId: string;
  /** Name of the source in the database. */
  readonly source: string;
  readonly recordKind: AdvisoryKind;
  readonly ecosystem: string;
  readonly packageName: string;
  readonly lookedUpBy: 'source package' | 'package';
  readonly comparedVersion: string;
  /** In words: `1.2.3 is at or above 1.0.0 (introduced) and below 1.2.9 (fixed); compared as semver`. */
  readonly reason: string;
}

/** A finding that is not reported on its own because something else judges it. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** Who judges: the distribution of the package around it, the author of a VEX document, or the user's own exception. */
  readonly by: 'distribution' | 'vex' | 'exception';
  readonly reason: string;
  /** The exception that holds; set by `applyExceptions`. */
  readonly exception?: Exception;
}

/** Something about the match as a whole that the reader must know. */
export interface MatchNotice {
  readonly code: 'distribution-not-covered' | 'no-advisories-for-ecosystem' | 'version-not-comparable' | 'no-distribution' | 'packages-from-elsewhere' | 'fixes-only' | 'distribution-unsupported' | 'runtime-unsupported';
  readonly message: string;
  readonly componentIds: readonly string[];
}

/** The result of matching one image. */
export interface MatchResult {
  /** Most severe first, then by id and component. Hidden ones are included. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly notices: readonly MatchNotice[];
  /** Findings that are not hidden, by severity. */
  readonly counts: Readonly<Record<SeverityLevel, number>>;
  /** Absent when nothing is known of the release. */
  readonly distributionSupport?: Support;
  /** Language runtimes and frameworks whose releases are known; absent when there are none. */
  readonly runtimeSupport?: readonly RuntimeSupport[];
}

/** Until when a release is supported; dates are `YYYY-MM-DD`. */
export interface Support {
  readonly product: string;
  /** `12`, `22.04`, `3.11`. */
  readonly release: string;
  readonly isSupported: boolean;
  /** Absent when the source states none. */
  readonly endsOn?: string;
  /** Of support that has to be asked or paid for. */
  readonly extendedEndsOn?: string;
}

/** The same of a component of the image. */
export interface RuntimeSupport extends Support {
  readonly componentId: string;
}
