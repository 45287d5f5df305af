import { Field, Int, ObjectType } from 'type-graphql';
import { SeverityFigures } from '../findings/severity-figures.type.js';

/** Findings of all images at the end of a day, or now for today. */
@ObjectType({ description: 'Findings of all images at the end of a day, or now for today.' })
export class FindingDay extends SeverityFigures {
  @Field(() => String, { description: '`YYYY-MM-DD` in UTC.' })
  declare readonly day: string;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploited: number;

  @Field(() => Int, { description: 'Images there were.' })
  declare readonly imageCount: number;
}
