import { Field, Int, ObjectType } from 'type-graphql';

/** How many findings are of each severity that people act on. No type of the schema itself. */
@ObjectType()
export abstract class SeverityFigures {
  @Field(() => Int, { description: 'Critical ones.' })
  declare readonly critical: number;

  @Field(() => Int, { description: 'High ones.' })
  declare readonly high: number;

  @Field(() => Int, { description: 'Medium ones.' })
  declare readonly medium: number;

  @Field(() => Int, { description: 'Low ones.' })
  declare readonly low: number;
}
