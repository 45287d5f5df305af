import type { FindingRecord, Severity, SeverityCounts } from './finding-records.js';
import type { ComponentRecord } from './records.js';

/**
 * What became of a vulnerability in a package from one image to another: `introduced` only the later one has it, `fixed` only the
 * earlier one, `unchanged` both. A package whose new version has the same vulnerability still is `unchanged`.
 */
export const findingChangeKinds = ['introduced', 'fixed', 'unchanged'] as const;
export type FindingChangeKind = (typeof findingChangeKinds)[number];

/** Two images with the contents they show, the earlier one first. */
export interface ComparedPair {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
}

export interface ComparedSide {
  readonly imageId: string;
  readonly contentId: string;
}

/** A version of a package that an image holds. */
export interface ComponentVersionRecord extends Pick<ComponentRecord, 'ecosystem' | 'name' | 'version'> {
  /** The package URL without version, qualifiers and subpath. */
  readonly packageKey: string;
}

/** Packages that two images do not hold in the same versions: each of their versions once on either side, by name. */
export interface ComponentDifferences {
  readonly from: readonly ComponentVersionRecord[];
  readonly to: readonly ComponentVersionRecord[];
  /** Packages that both hold in the same versions. */
  readonly unchangedCount: number;
}

/** A vulnerability of a package, by what became of it. Several copies of the package in an image count once. */
export interface FindingChangeRecord {
  readonly kind: FindingChangeKind;
  /** In the later image where it is there, else in the earlier one. */
  readonly finding: FindingRecord;
  /** Of the package where it is affected; absent on the side that is not. */
  readonly fromVersion?: string;
  readonly toVersion?: string;
}

/** Which changes; several conditions must all hold. */
export interface FindingChangeFilter {
  readonly kinds?: readonly FindingChangeKind[];
  readonly severities?: readonly Severity[];
  /** Part of the package's name or of the vulnerability's id. */
  readonly search?: string;
}

/** How many there are of one kind. */
export interface FindingChangeTotals {
  readonly counts: SeverityCounts;
  readonly exploitedCount: number;
}

/** What became of the findings of one package. */
export interface PackageFindingChanges {
  readonly packageKey: string;
  readonly introducedCount: number;
  readonly fixedCount: number;
  /** Some of the vulnerabilities, at most three, the most important first. */
  readonly introduced: readonly string[];
  readonly fixed: readonly string[];
  /** Of the most important one introduced, lowest first; absent without. */
  readonly introducedPriority?: number;
  /** Of the most important one fixed. */
  readonly fixedPriority?: number;
}
