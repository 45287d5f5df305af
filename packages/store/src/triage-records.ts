/**
 * What somebody decided about a vulnerability in a package, in the words of OpenVEX and CycloneDX. The first two leave the finding
 * open, the others settle it.
 */
export const triageStates = ['under_investigation', 'affected', 'not_affected', 'fixed', 'false_positive', 'accepted_risk'] as const;
export type TriageState = (typeof triageStates)[number];

/** OpenVEX's reasons why a vulnerability does not affect something. */
export const triageJustifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;
export type TriageJustification = (typeof triageJustifications)[number];

/** Where a decision holds: all tags of one image name, all images of a project, or everywhere. The narrowest one counts. */
export type TriageScope = 'image' | 'project' | 'everywhere';

/** Why a decision holds no longer. */
export type TriageEnd = 'superseded' | 'withdrawn' | 'expired' | 'fix-available';

/** A decision. Never keyed by a digest: it outlives a rebuild of the image. */
export interface TriageDecisionRecord {
  readonly id: string;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly scope: TriageScope;
  /** The image's name or the project's id; empty for everywhere. */
  readonly scopeKey: string;
  readonly state: TriageState;
  readonly justification?: TriageJustification;
  readonly reason: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  /** Ends when a fix appears that was not there when it was made. */
  readonly reopenWhenFixed: boolean;
  readonly hadFix: boolean;
  readonly endedAt?: Date;
  readonly end?: TriageEnd;
  /** The same for decisions made together; unset for one made alone. */
  readonly batchId?: string;
}

/** What is decided about; each is one decision. */
export interface TriageTarget {
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly scopeKey: string;
  readonly hadFix: boolean;
}

export interface TriageInput {
  readonly scope: TriageScope;
  readonly state: TriageState;
  readonly justification?: TriageJustification;
  readonly reason: string;
  /** A name for people. */
  readonly author: string;
  readonly expiresAt?: Date;
  readonly reopenWhenFixed: boolean;
  /** Leaves what is decided already in the same scope; without it a decision takes the place of the one that holds. */
  readonly keepEarlier?: boolean;
  /** Leaves what was decided in the same scope after this moment: somebody knew more than who decides now. */
  readonly keepSince?: Date;
}

/** What deciding came to. Every target is counted once. */
export interface TriageOutcome {
  /** Names the decisions made together; unset when there was one target. */
  readonly batchId?: string;
  readonly madeCount: number;
  /** The first hundred. */
  readonly made: readonly TriageDecisionRecord[];
  readonly kept: Readonly<Record<TriageKept, number>>;
}

/**
 * Why a target was left as it is: exactly this is decided there already by the same person, something else is and was to be kept, or
 * somebody decided meanwhile.
 */
export type TriageKept = 'same' | 'earlier' | 'since';

/** What deciding about findings would come to, now. */
export interface TriagePreview {
  /** Decisions; at most the limit asked for. */
  readonly decisionCount: number;
  /** Those of them in whose place another holds now. */
  readonly decidedCount: number;
}

/** Which decisions; several conditions must all hold. */
export interface TriageFilter {
  readonly vulnerability?: string;
  readonly packageKey?: string;
  readonly states?: readonly TriageState[];
  /** Only those that hold, or only those that have ended. */
  readonly active?: boolean;
  readonly expiresBefore?: Date;
  /** Those that concern an image of this name: its own, its projects' and those for everywhere. */
  readonly imageName?: string;
  /** Made together. */
  readonly batchId?: string;
}
