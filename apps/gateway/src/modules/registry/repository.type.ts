import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { RegistryListPage } from './registry-list-page.type.js';

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
export class RepositoryConnection extends RegistryListPage {
  @Field(() => [RepositoryEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly RepositoryEdge[];

  @Field(() => Int, { description: 'All that match so far, not only this page; the final number once `complete`.' })
  declare readonly totalCount: number;
}

/** Outcome of listing repositories. */
export const RepositoriesResult = createUnionType({
  name: 'RepositoriesResult',
  description: 'Outcome of listing repositories.',
  types: () => [RepositoryConnection, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type RepositoriesResult = RepositoryConnection | RegistryProblem | NotFoundProblem | ValidationProblem;

/** What stands at a place of the tree. */
export const RepositoryTreeNodeKind = { FOLDER: 'folder', REPOSITORY: 'repository' } as const;
export type RepositoryTreeNodeKind = (typeof RepositoryTreeNodeKind)[keyof typeof RepositoryTreeNodeKind];
registerEnumType(RepositoryTreeNodeKind, {
  name: 'RepositoryTreeNodeKind',
  description: 'What stands at a place of the tree.',
  valuesConfig: { FOLDER: { description: 'Several repositories whose paths begin alike.' }, REPOSITORY: { description: 'A repository.' } },
});

/** A folder of repositories, or a repository. */
@ObjectType({ description: 'A folder of repositories, or a repository. Folders with only one way on are folded into one name.' })
export class RepositoryTreeNode {
  @Field(() => RepositoryTreeNodeKind, { description: 'Which of the two.' })
  declare readonly kind: RepositoryTreeNodeKind;

  @Field(() => String, { description: 'Path inside the registry; of a folder with a slash at its end, as `folder` takes it.' })
  declare readonly path: string;

  @Field(() => String, { description: 'What is not said by the folder above.' })
  declare readonly label: string;

  @Field(() => Int, { description: 'Repositories at or below it.' })
  declare readonly repositoryCount: number;

  @Field(() => String, { nullable: true, description: 'Of a repository: its address with the registry host.' })
  declare readonly uri?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'Of a repository: its images, if they were listed a short while ago.' })
  declare readonly imageCount?: number | undefined;
}

/** A place of the tree in a page. */
@ObjectType({ description: 'A place of the tree in a page.' })
export class RepositoryTreeEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => RepositoryTreeNode, { description: 'The entry.' })
  declare readonly node: RepositoryTreeNode;
}

/** A page of one level of the tree. */
@ObjectType({ description: 'A page of one level of the tree, folders first, then by name.' })
export class RepositoryTreeConnection extends RegistryListPage {
  @Field(() => [RepositoryTreeEdge], { description: 'In the order of the level.' })
  declare readonly edges: readonly RepositoryTreeEdge[];

  @Field(() => Int, { description: 'All of this level so far, not only this page; the final number once `complete`.' })
  declare readonly totalCount: number;

  @Field(() => Int, { description: 'Repositories that match in the whole registry so far; the final number once `complete`.' })
  declare readonly repositoryCount: number;
}

/** Outcome of listing a level of the tree. */
export const RepositoryTreeResult = createUnionType({
  name: 'RepositoryTreeResult',
  description: 'Outcome of listing a level of the tree.',
  types: () => [RepositoryTreeConnection, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type RepositoryTreeResult = RepositoryTreeConnection | RegistryProblem | NotFoundProblem | ValidationProblem;
