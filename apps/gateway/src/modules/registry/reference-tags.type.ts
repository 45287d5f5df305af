import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';

/** Tags of a repository that is read without credentials. */
@ObjectType({ description: 'Tags of a repository that is read without credentials.' })
export class ReferenceTags {
  @Field(() => String, { description: 'Registry host and path; with a colon and a tag a reference.' })
  declare readonly name: string;

  @Field(() => [String], { description: 'Highest first, numbers compared as numbers.' })
  declare readonly tags: readonly string[];

  @Field(() => Int, { description: 'All that were found.' })
  declare readonly totalCount: number;

  @Field(() => Boolean, { description: 'False while more are being read.' })
  declare readonly complete: boolean;
}

/** Outcome of listing tags. */
export const ReferenceTagsResult = createUnionType({
  name: 'ReferenceTagsResult',
  description: 'Outcome of listing tags.',
  types: () => [ReferenceTags, ValidationProblem, RegistryProblem] as const,
});
export type ReferenceTagsResult = ReferenceTags | ValidationProblem | RegistryProblem;
