import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** A repository of a registry. */
@ObjectType({ description: 'A repository of a registry.' })
export class Repository {
  @Field(() => String, { description: 'Path inside the registry.' })
  declare readonly name: string;

  @Field(() => String, { description: 'With the registry host.' })
  declare readonly uri: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was created, where the registry says it.' })
  declare readonly createdAt?: Date | undefined;
}

/** A repository in a page. */
@ObjectType({ description: 'A repository in a page.' })
export class RepositoryEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Repository, { description: 'The entry.' })
  declare readonly node: Repository;
}

/** A page of repositories, by name. */
@ObjectType({ description: 'A page of repositories, by name.' })
export class RepositoryConnection {
  @Field(() => [RepositoryEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly RepositoryEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'All that match, not only this page.' })
  declare readonly totalCount: number;

  @Field(() => Boolean, { description: 'False while more are still being read from the registry.' })
  declare readonly complete: boolean;

  @Field(() => DateTime, { description: 'When the registry was asked.' })
  declare readonly listedAt: Date;
}

/** Outcome of listing repositories. */
export const RepositoriesResult = createUnionType({
  name: 'RepositoriesResult',
  description: 'Outcome of listing repositories.',
  types: () => [RepositoryConnection, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type RepositoriesResult = RepositoryConnection | RegistryProblem | NotFoundProblem | ValidationProblem;
