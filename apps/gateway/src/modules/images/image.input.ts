import { Field, ID, InputType } from 'type-graphql';

/** Which images; several conditions must all hold. */
@InputType({ description: 'Which images; several conditions must all hold.' })
export class ImageFilterInput {
  @Field(() => ID, { nullable: true, description: 'Of one connection.' })
  declare readonly connectionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one project.' })
  declare readonly projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one version.' })
  declare readonly projectVersionId?: string | null;

  @Field(() => String, { nullable: true, description: 'Part of the name or tag.' })
  declare readonly search?: string | null;
}
