import type { TriageState } from './triage-records.js';
import type { VexStatus } from './vex-records.js';

/** Most severe first; the place in this list is what rows hold. `unknown` is no rating, not a low one. */
export const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'none', 'unknown'] as const;
export type Severity = (typeof severities)[number];

/** How many findings there are of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

/** `subscription`: fixed for customers of a paid service only. What the matcher says beside is kept as it says it. */
export type FixState = string;

/**
 * Whether a content has been held against advisories: `matched` where everything could be judged, `partial` where advisories
 * for some of it were missing, `unmatched` where there were none at all. No finding means nothing for the last.
 */
export type MatchingState = 'matched' | 'partial' | 'unmatched';

/** Something that was not judged, and why. */
export interface MatchingNoticeRecord {
  readonly code: string;
  readonly message: string;
  readonly componentCount: number;
}

/** What a content was matched with, and what came of it. Counts are of findings that are not hidden. */
export interface MatchingRecord {
  readonly contentId: string;
  readonly state: MatchingState;
  /** Names the advisories by what they hold; absent when there were none. */
  readonly revision?: string;
  /** Of the advisories the server held at that moment; another one means that it is worth another look. */
  readonly heldRevision?: string;
  /** When the newest of the advisories was imported. */
  readonly advisoriesAt?: Date;
  readonly matchedAt: Date;
  /** Of the rules. */
  readonly matcherVersion: string;
  readonly notices: readonly MatchingNoticeRecord[];
  /** Advisory ecosystems that would have been asked and are not in the database. */
  readonly missingEcosystems: readonly string[];
  /** Findings left to the distribution that judges the package they are in. */
  readonly suppressedCount: number;
  readonly hiddenCount: number;
  readonly counts: SeverityCounts;
  readonly exploitedCount: number;
  readonly fixableCount: number;
}

/** What is the same wherever this finding is: kept once, found by its fingerprint. */
export interface FindingDetailRecord {
  readonly summary: string;
  /** Every identifier, the finding's own included. */
  readonly identifiers: readonly string[];
  /** The chosen one first. */
  readonly ratings: readonly { readonly level: Severity; readonly source: string; readonly score?: number; readonly vector?: string }[];
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

/** One vulnerability in one component, as a matcher found it. */
export interface FindingInput {
  /** Catalogue id of the component. */
  readonly componentId: string;
  /** The canonical id. */
  readonly vulnerability: string;
  /** The package without its version, such as `pkg:npm/lodash`; what decisions about a finding are kept by. */
  readonly packageKey: string;
  readonly severity: Severity;
  readonly score?: number;
  /** Probability of exploitation in the next 30 days and its rank; 0 to 1. */
  readonly epss?: number;
  readonly epssPercentile?: number;
  /** From CISA's catalogue; `YYYY-MM-DD`. */
  readonly exploitedSince?: string;
  readonly exploitedDue?: string;
  readonly ransomware: boolean;
  readonly fixState: FixState;
  readonly fixVersion?: string;
  readonly class: string;
  readonly hidden: boolean;
  readonly confidence: string;
  /** RFC 3339. */
  readonly published?: string;
  /** Two findings of one component and vulnerability with the same fingerprint say the same. */
  readonly fingerprint: string;
  readonly detail: FindingDetailRecord;
}

/** The result of matching one content. */
export interface MatchingInput extends Pick<MatchingRecord, 'state' | 'revision' | 'heldRevision' | 'advisoriesAt' | 'notices' | 'missingEcosystems' | 'suppressedCount' | 'matcherVersion'> {
  /** What the matcher has to know of the image beside its components. */
  readonly distribution?: unknown;
  readonly findings: readonly FindingInput[];
  /** Of findings the content had and has no longer, where that is known: why, in words. */
  readonly resolvedBecause?: readonly { readonly componentId: string; readonly vulnerability: string; readonly reason: string }[];
}

/** What a finding that is shown rests on. */
export interface FindingEvidence {
  /** Catalogue id of the component. */
  readonly componentId: string;
  readonly vulnerability: string;
  readonly evidence: FindingDetailRecord['evidence'];
}

/** A finding in an image. Two images of the same content have the same findings. */
export interface FindingRecord extends Omit<FindingInput, 'detail'> {
  readonly imageId: string;
  readonly contentId: string;
  /** Of the component in the content. */
  readonly position: number;
  readonly packageName: string;
  readonly packageVersion: string;
  readonly packageUrl: string;
  readonly ecosystem: string;
  /** Best first. */
  readonly locations: readonly { readonly path: string; readonly layerDiffId: string; readonly layerIndex: number }[];
  readonly layerIndex?: number;
  /** Catalogue id of the package that owns the component. */
  readonly ownedBy?: string;
  /** When it was first seen in this image or in what the image held before. */
  readonly firstSeenAt: Date;
}

/** What tells one finding from all others, as long as the image shows the same content. */
export type FindingKey = Pick<FindingRecord, 'imageId' | 'position' | 'vulnerability'>;

/** Which findings; several conditions must all hold. */
export interface FindingFilter {
  readonly imageId?: string;
  /** In one of these. */
  readonly imageIds?: readonly string[];
  /** The whole name, registry host included. */
  readonly imageName?: string;
  readonly connectionId?: string;
  readonly projectId?: string;
  readonly projectVersionId?: string;
  readonly severities?: readonly Severity[];
  readonly exploited?: boolean;
  readonly fixAvailable?: boolean;
  readonly minimumEpss?: number;
  /** The canonical id. */
  readonly vulnerability?: string;
  /** Of one of these. */
  readonly vulnerabilities?: readonly string[];
  /** Part of the package's name or of the vulnerability's id. */
  readonly search?: string;
  readonly packageKey?: string;
  /** In one of these. */
  readonly packageKeys?: readonly string[];
  readonly ecosystem?: string;
  readonly layerIndex?: number;
  /** Of one component in a content. */
  readonly position?: number;
  /** These and no others. */
  readonly oneOf?: readonly FindingKey[];
  readonly firstSeenSince?: Date;
  readonly firstSeenBefore?: Date;
  /** Brought in by the base image of which this is the topmost layer, as its uncompressed digest. */
  readonly baseDiffId?: string;
  /** By what was decided about them and holds at a moment, by people or else by documents; `untriaged` where nothing was. */
  readonly triage?: { readonly states: readonly (TriageState | 'untriaged')[]; readonly at: Date };
  /** Decided among documents by this one, whatever people decided. */
  readonly vexDocumentId?: string;
  /** Also what is hidden by default, such as what a distribution calls unimportant. */
  readonly includeHidden?: boolean;
}

/** `importance` is severity, then exploited, then EPSS, worst first; `firstSeen` is newest first. */
export type FindingSort = 'importance' | 'epss' | 'vulnerability' | 'package' | 'firstSeen';

/** By the most important, most likely exploited or first seen finding of a group, by how many there are of something, most first, or by the key. */
export type FindingGroupSort = 'importance' | 'epss' | 'firstSeen' | 'findings' | 'images' | 'projects' | 'key';

/** Findings first seen so many days ago, by severity. */
export interface FindingAgeRecord {
  readonly fromDays: number;
  /** Not included; absent for the oldest. */
  readonly toDays?: number;
  readonly counts: SeverityCounts;
}

export type FindingGrouping = 'vulnerability' | 'component' | 'image';

/** Findings that share a vulnerability, a package or an image. */
export interface FindingGroupRecord {
  /** The vulnerability's id, the package key, or the image's id. */
  readonly key: string;
  readonly worstSeverity: Severity;
  readonly findingCount: number;
  readonly imageCount: number;
  /** Of those images. */
  readonly projectCount: number;
  readonly vulnerabilityCount: number;
  readonly packageCount: number;
  readonly exploitedCount: number;
  readonly fixableCount: number;
  readonly highestEpss?: number;
  readonly highestScore?: number;
  /** Some of the packages, at most five, by name. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly fixVersion?: string }[];
  readonly firstSeenAt: Date;
}

/** A count that stops somewhere: counting millions of rows for a page is not worth the wait. */
export interface BoundedCount {
  readonly count: number;
  /** False when there are more than were counted. */
  readonly exact: boolean;
}

export type FindingEventKind = 'new' | 'changed' | 'resolved';
/** `scan`: the image holds something else; `advisories`: the same content is judged otherwise; `vex`: a document says something else of it. */
export type FindingEventCause = 'scan' | 'advisories' | 'vex';

/** What a VEX document said, as the history keeps it when the document is gone. */
export interface FindingVexChange {
  readonly status: VexStatus;
  readonly document: string;
  readonly author: string;
}

/** What of a finding is another now; before and after. */
export interface FindingChanges {
  readonly severity?: readonly [Severity, Severity];
  readonly fixVersion?: readonly [string | null, string | null];
  readonly fixState?: readonly [FixState, FixState];
  /** Null where no document spoke of it. */
  readonly vex?: readonly [FindingVexChange | null, FindingVexChange | null];
  /** Of one that was resolved: why, in words, where that is known. */
  readonly reason?: readonly [null, string];
}

/** Something that happened to a finding of an image after the image was first matched. */
export interface FindingEventRecord {
  readonly id: number;
  readonly imageId: string;
  readonly kind: FindingEventKind;
  readonly cause: FindingEventCause;
  readonly at: Date;
  /** Of the advisories, where those were the cause. */
  readonly revision?: string;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly packageName: string;
  readonly packageVersion: string;
  /** Now, or last. */
  readonly severity: Severity;
  readonly fixVersion?: string;
  readonly changes?: FindingChanges;
}

/** Which events; several conditions must all hold. */
export interface FindingEventFilter {
  readonly imageId?: string;
  readonly vulnerability?: string;
  readonly packageKey?: string;
  readonly kinds?: readonly FindingEventKind[];
  readonly since?: Date;
}

/** Where a component stands. */
export interface ComponentPlace {
  readonly contentId: string;
  readonly position: number;
}

/** Components that a matcher cannot tell apart and that have the same findings at present; at least one. */
export interface ComponentGroupRecord {
  /** Of what the matcher would see. */
  readonly identity: string;
  /** Of the findings they have. */
  readonly state: string;
  readonly places: readonly ComponentPlace[];
}

/** What a matcher would see of a component, and what was found for it. */
export interface ComparedGroup {
  /** Of the findings it has; see `findingsDigest`. */
  readonly digest: string;
  readonly distribution?: unknown;
  readonly component: ComparedComponent;
  readonly owner?: ComparedComponent;
}

/** What of a component a matcher sees. */
export interface ComparedComponent {
  readonly id: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly packageUrl: string;
  readonly sourceName?: string;
  readonly sourceVersion?: string;
  readonly supplier?: string;
  readonly matchFacts?: unknown;
}

/** What components of one group have to have in place of what they have. `componentId` of the findings is not looked at. */
export interface ComponentGroupChange extends Pick<ComponentGroupRecord, 'places'> {
  readonly findings: readonly FindingInput[];
  /** How many more findings of each are left to the distribution now; negative for fewer. */
  readonly suppressedBy: number;
  /** Why findings they have are to go, in words, by vulnerability. */
  readonly resolvedBecause?: Readonly<Record<string, string>>;
}

/** A content as it was when it was read; another stamp means that something was judged since. */
export interface StampedContent {
  readonly contentId: string;
  /** Undefined for one that has no result. */
  readonly stamp?: string;
}

/** The advisories that results are made with. */
export interface AdvisoryRevision {
  readonly revision: string;
  readonly advisoriesAt?: Date;
  readonly matcherVersion: string;
}
