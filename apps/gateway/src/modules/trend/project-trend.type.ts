import { Field, Int, ObjectType } from 'type-graphql';

/** Findings of a project at the end of a day, or now for today. */
@ObjectType({ description: 'Findings of a project, or of one version of it, at the end of a day, or now for today. Counts are of the images that were judged.' })
export class ProjectFindingDay {
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

  @Field(() => Int, { nullable: true, description: 'Known to be exploited; null for days that were told afterwards from what happened since.' })
  declare readonly exploited?: number | undefined;

  @Field(() => Int, { description: 'Images there were.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Images among them that were held against advisories. The others say nothing.' })
  declare readonly judgedImageCount: number;
}
