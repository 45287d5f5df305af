import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';
import { FindingFilterInput } from '../findings/finding.input.js';
import { DecisionJustification, DecisionScope, FindingState } from './decision.type.js';

/** What is decided about which findings. Give either their ids or a filter. */
@InputType({ description: 'What is decided about which findings. Give either their ids or a filter.' })
export class TriageInput {
  @Field(() => [ID], { nullable: true, description: 'Ids of findings, at most 500.' })
  declare readonly findingIds?: readonly string[] | null;

  @Field(() => FindingFilterInput, { nullable: true, description: 'All findings that match now; they may come to 10,000 decisions.' })
  declare readonly filter?: FindingFilterInput | null;

  @Field(() => DecisionScope, { description: 'Where it is to hold.' })
  declare readonly scope: DecisionScope;

  @Field(() => FindingState, { description: 'What is decided; not UNTRIAGED.' })
  declare readonly state: FindingState;

  @Field(() => DecisionJustification, { nullable: true, description: 'Why it does no harm; needed for NOT_AFFECTED and only there.' })
  declare readonly justification?: DecisionJustification | null;

  @Field(() => String, { description: '3 to 2,000 characters.' })
  declare readonly reason: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is to hold; in the future.' })
  declare readonly expiresAt?: Date | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is to end when a fix appears that is not there now.' })
  declare readonly reopenWhenFixed: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether what is decided already in the same scope stays; otherwise this takes its place.' })
  declare readonly keepEarlier: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Keeps what others have decided in the same scope after this moment, such as `at` of the preview.' })
  declare readonly keepSince?: Date | null;
}

/** Which decisions; several conditions must all hold. */
@InputType({ description: 'Which decisions; several conditions must all hold.' })
export class DecisionFilterInput {
  @Field(() => String, { nullable: true, description: 'About one vulnerability.' })
  declare readonly vulnerabilityId?: string | null;

  @Field(() => String, { nullable: true, description: 'About one package, as `packageKey` of a finding.' })
  declare readonly packageKey?: string | null;

  @Field(() => [FindingState], { nullable: true, description: 'Of one of these kinds.' })
  declare readonly states?: readonly FindingState[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that hold, or only those that have ended.' })
  declare readonly active?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'That end by themselves before this moment.' })
  declare readonly expiresBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'That concern an image of this name, also through its project or everywhere.' })
  declare readonly imageName?: string | null;

  @Field(() => ID, { nullable: true, description: 'Made together, as `batchId` of a decision.' })
  declare readonly batchId?: string | null;
}
