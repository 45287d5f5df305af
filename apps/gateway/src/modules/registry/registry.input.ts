import { Field, ID, InputType } from 'type-graphql';

/** What to browse: exactly one of the two. */
@InputType({ description: 'What to browse: exactly one of the two.' })
export class RegistrySourceInput {
  @Field(() => ID, { nullable: true, description: 'A connection.' })
  declare readonly connectionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A draft.' })
  declare readonly draftId?: string | null;
}
