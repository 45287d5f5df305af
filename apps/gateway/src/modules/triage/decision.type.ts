import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { BoundedCount } from '../findings/finding.type.js';

/** What was decided about a finding. The first three leave it open, the others settle it. */
export const FindingState = {
  UNTRIAGED: 'untriaged',
  UNDER_INVESTIGATION: 'under_investigation',
  AFFECTED: 'affected',
  NOT_AFFECTED: 'not_affected',
  FIXED: 'fixed',
  FALSE_POSITIVE: 'false_positive',
  ACCEPTED_RISK: 'accepted_risk',
} as const;
export type FindingState = (typeof FindingState)[keyof typeof FindingState];
registerEnumType(FindingState, {
  name: 'FindingState',
  description: 'What was decided about a finding. The first three leave it open, the others settle it.',
  valuesConfig: {
    UNTRIAGED: { description: 'Nothing has been decided, or what was holds no longer.' },
    UNDER_INVESTIGATION: { description: 'Somebody is looking at it.' },
    AFFECTED: { description: 'It is real and has to be mended.' },
    NOT_AFFECTED: { description: 'The vulnerability does no harm here; the justification says why.' },
    FIXED: { description: 'It has been mended in a way that the version does not show.' },
    FALSE_POSITIVE: { description: 'The package is not what the advisory speaks of.' },
    ACCEPTED_RISK: { description: 'It is real and stays for now.' },
  },
});

/** Why a vulnerability does no harm, in the words of OpenVEX. */
export const DecisionJustification = {
  COMPONENT_NOT_PRESENT: 'component_not_present',
  VULNERABLE_CODE_NOT_PRESENT: 'vulnerable_code_not_present',
  VULNERABLE_CODE_NOT_IN_EXECUTE_PATH: 'vulnerable_code_not_in_execute_path',
  VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY: 'vulnerable_code_cannot_be_controlled_by_adversary',
  INLINE_MITIGATIONS_ALREADY_EXIST: 'inline_mitigations_already_exist',
} as const;
export type DecisionJustification = (typeof DecisionJustification)[keyof typeof DecisionJustification];
registerEnumType(DecisionJustification, {
  name: 'DecisionJustification',
  description: 'Why a vulnerability does no harm, in the words of OpenVEX.',
  valuesConfig: {
    COMPONENT_NOT_PRESENT: { description: 'The vulnerable component is not in the image.' },
    VULNERABLE_CODE_NOT_PRESENT: { description: 'The component is, without the vulnerable code.' },
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH: { description: 'The vulnerable code is never run.' },
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY: { description: 'An attacker cannot reach it.' },
    INLINE_MITIGATIONS_ALREADY_EXIST: { description: 'Something else keeps it from being used.' },
  },
});

/** Where a decision holds. The narrowest one counts. */
export const DecisionScope = { IMAGE: 'image', PROJECT: 'project', EVERYWHERE: 'everywhere' } as const;
export type DecisionScope = (typeof DecisionScope)[keyof typeof DecisionScope];
registerEnumType(DecisionScope, {
  name: 'DecisionScope',
  description: 'Where a decision holds. The narrowest one counts.',
  valuesConfig: {
    IMAGE: { description: 'In every tag of one image name, whatever is pushed to it.' },
    PROJECT: { description: 'In all images of one project.' },
    EVERYWHERE: { description: 'In all images.' },
  },
});

/** Why a decision holds no longer. */
export const DecisionEnd = { SUPERSEDED: 'superseded', WITHDRAWN: 'withdrawn', EXPIRED: 'expired', FIX_AVAILABLE: 'fix-available' } as const;
export type DecisionEnd = (typeof DecisionEnd)[keyof typeof DecisionEnd];
registerEnumType(DecisionEnd, {
  name: 'DecisionEnd',
  description: 'Why a decision holds no longer.',
  valuesConfig: {
    SUPERSEDED: { description: 'A later one took its place.' },
    WITHDRAWN: { description: 'Somebody took it back.' },
    EXPIRED: { description: 'It was for a time that has passed.' },
    FIX_AVAILABLE: { description: 'It was to hold until there is a fix.' },
  },
});

/** A decision about a vulnerability in a package. It outlives rebuilds: it is kept by name, never by digest. */
@ObjectType({ description: 'A decision about a vulnerability in a package. It outlives rebuilds: it is kept by name, never by digest.' })
export class Decision {
  @Field(() => ID, { description: 'Id of the decision.' })
  declare readonly id: string;

  @Field(() => String, { description: 'As findings name it.' })
  declare readonly vulnerabilityId: string;

  @Field(() => String, { description: 'Package URL without version.' })
  declare readonly packageKey: string;

  @Field(() => DecisionScope, { description: 'Where it holds.' })
  declare readonly scope: DecisionScope;

  @Field(() => String, { nullable: true, description: 'Name of the image, for that scope.' })
  declare readonly imageName?: string | undefined;

  @Field(() => ID, { nullable: true, description: 'Id of the project, for that scope.' })
  declare readonly projectId?: string | undefined;

  @Field(() => FindingState, { description: 'What was decided.' })
  declare readonly state: FindingState;

  @Field(() => DecisionJustification, { nullable: true, description: 'Why it does no harm.' })
  declare readonly justification?: DecisionJustification | undefined;

  @Field(() => String, { description: 'In the words of the author.' })
  declare readonly reason: string;

  @Field(() => String, { description: 'Who decided.' })
  declare readonly author: string;

  @Field(() => DateTime, { description: 'When.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when it holds.' })
  declare readonly expiresAt?: Date | undefined;

  @Field(() => Boolean, { description: 'Whether it ends when a fix appears that was not there when it was made.' })
  declare readonly reopenWhenFixed: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Since when it holds no longer.' })
  declare readonly endedAt?: Date | undefined;

  @Field(() => DecisionEnd, { nullable: true, description: 'Why it holds no longer.' })
  declare readonly end?: DecisionEnd | undefined;

  @Field(() => ID, { nullable: true, description: 'The same for decisions made together; null for one made alone.' })
  declare readonly batchId?: string | undefined;
}

/** A decision in a page. */
@ObjectType({ description: 'A decision in a page.' })
export class DecisionEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Decision, { description: 'The entry.' })
  declare readonly node: Decision;
}

/** A page of decisions, newest first. */
@ObjectType({ description: 'A page of decisions, newest first.' })
export class DecisionConnection {
  @Field(() => [DecisionEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly DecisionEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}

/** What deciding about findings would come to. */
@ObjectType({ description: 'What deciding about findings would come to.' })
export class TriagePreview {
  @Field(() => BoundedCount, { description: 'Findings that match.' })
  declare readonly findings: BoundedCount;

  @Field(() => BoundedCount, { description: 'Decisions: one for each vulnerability, package and scope. Not exact when they are more than can be made at once.' })
  declare readonly decisions: BoundedCount;

  @Field(() => Int, { description: 'Those of them in whose place another decision holds now.' })
  declare readonly decidedCount: number;

  @Field(() => DateTime, { description: 'When it was counted; `keepSince` of the decision.' })
  declare readonly at: Date;
}

/** Findings that were left as they are, by reason. */
@ObjectType({ description: 'Findings that were left as they are, by reason; each count is of decisions that were not made.' })
export class TriageKept {
  @Field(() => Int, { description: 'Exactly this was decided there already by the same person.' })
  declare readonly same: number;

  @Field(() => Int, { description: 'Something else is decided there and was to be kept.' })
  declare readonly earlier: number;

  @Field(() => Int, { description: 'Somebody else has decided there meanwhile.' })
  declare readonly since: number;
}

/** Decisions that were made. */
@ObjectType({ description: 'Decisions that were made.' })
export class TriagePayload {
  @Field(() => Int, { description: 'One for each vulnerability, package and scope.' })
  declare readonly decisionCount: number;

  @Field(() => [Decision], { description: 'The first 100 of them.' })
  declare readonly decisions: readonly Decision[];

  @Field(() => ID, { nullable: true, description: 'What withdraws all of them; null when there was one to make.' })
  declare readonly batchId?: string | undefined;

  @Field(() => BoundedCount, { description: 'Findings that matched when it was decided.' })
  declare readonly findings: BoundedCount;

  @Field(() => TriageKept, { description: 'Where nothing was decided, and why.' })
  declare readonly kept: TriageKept;
}

/** Outcome of deciding about findings. */
export const TriageResult = createUnionType({
  name: 'TriageResult',
  description: 'Outcome of deciding about findings.',
  types: () => [TriagePayload, ValidationProblem] as const,
});
export type TriageResult = TriagePayload | ValidationProblem;

/** Decisions that were taken back. */
@ObjectType({ description: 'Decisions that were taken back.' })
export class WithdrawDecisionsPayload {
  @Field(() => [Decision], { description: 'Those that held until now.' })
  declare readonly decisions: readonly Decision[];
}

/** Decisions made together that were taken back. */
@ObjectType({ description: 'Decisions made together that were taken back.' })
export class WithdrawDecisionBatchPayload {
  @Field(() => Int, { description: 'Those that held until now.' })
  declare readonly count: number;
}
