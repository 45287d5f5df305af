import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';
import { FindingEventKind } from './finding-event.type.js';

/** Which events; several conditions must all hold. */
@InputType({ description: 'Which events; several conditions must all hold.' })
export class FindingEventFilterInput {
  @Field(() => ID, { nullable: true, description: 'In one image.' })
  declare readonly imageId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of one vulnerability.' })
  declare readonly vulnerabilityId?: string | null;

  @Field(() => String, { nullable: true, description: 'In one package, as `packageKey` of a finding.' })
  declare readonly packageKey?: string | null;

  @Field(() => [FindingEventKind], { nullable: true, description: 'Of one of these kinds.' })
  declare readonly kinds?: readonly FindingEventKind[] | null;

  @Field(() => DateTime, { nullable: true, description: 'At or after this moment.' })
  declare readonly since?: Date | null;
}
