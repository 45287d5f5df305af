import { Field, Int, ObjectType } from 'type-graphql';
import { SeverityFigures } from '../findings/severity-figures.type.js';

/** Findings of a project at the end of a day, or now for today. */
@ObjectType({ description: 'Findings of a project, or of one version of it, at the end of a day, or now for today. Counts are of the images that were judged.' })
export class ProjectFindingDay extends SeverityFigures {
  @Field(() => String, { description: '`YYYY-MM-DD` in UTC.' })
  declare readonly day: string;

  @Field(() => Int, { nullable: true, description: 'Known to be exploited; null for days that were told afterwards from what happened since.' })
  declare readonly exploited?: number | undefined;

  @Field(() => Int, { description: 'Images there were.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Images among them that were held against advisories. The others say nothing.' })
  declare readonly judgedImageCount: number;
}
