import { Field, Int, ObjectType } from 'type-graphql';

/** Findings of all images at the end of a day, or now for today. */
@ObjectType({ description: 'Findings of all images at the end of a day, or now for today.' })
export class FindingDay {
  @Field(() => String, { description: '`YYYY-MM-DD` in UTC.' })
  declare readonly day: string;

  @Field(() => Int, { description: 'Critical ones.' })
  declare readonly critical: number;

  @Field(() => Int, { description: 'High ones.' })
  declare readonly high: number;

  @Field(() => Int, { description: 'Medium ones.' })
  declare readonly medium: number;

  @Field(() => Int, { description: 'Low ones.' })
  declare readonly low: number;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploited: number;

  @Field(() => Int, { description: 'Images there were.' })
  declare readonly imageCount: number;
}
