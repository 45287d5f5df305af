import { Field, Int, ObjectType } from 'type-graphql';
import { SeverityCounts } from './severity.type.js';

/** Findings first seen so many days ago. */
@ObjectType({ description: 'Findings first seen so many days ago.' })
export class FindingAge {
  @Field(() => Int, { description: 'At least so many days ago.' })
  declare readonly fromDays: number;

  @Field(() => Int, { nullable: true, description: 'Less than so many days ago; null for the oldest.' })
  declare readonly toDays?: number | undefined;

  @Field(() => SeverityCounts, { description: 'By severity.' })
  declare readonly counts: SeverityCounts;
}
