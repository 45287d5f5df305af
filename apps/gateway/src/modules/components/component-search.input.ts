import { Field, InputType } from 'type-graphql';

/** Which components to look for. */
@InputType({ description: 'Which components to look for.' })
export class ComponentSearchInput {
  @Field(() => String, { description: 'Part of a name, or a package URL with or without version; 1 to 300 characters.' })
  declare readonly text: string;

  @Field(() => String, { nullable: true, description: "Bounds such as `< 2.17.1` or `>= 2.0, < 2.17.1`, in the order of each component's ecosystem." })
  declare readonly versionRange?: string | null;

  @Field(() => String, { nullable: true, description: 'Of one ecosystem, such as `maven`.' })
  declare readonly ecosystem?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only versions with findings. What was not judged has none that are known, and is left out.' })
  declare readonly vulnerable?: boolean | null;
}
