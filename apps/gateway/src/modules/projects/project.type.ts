import { Field, ID, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** A version of a project. */
@ObjectType({ description: 'A version of a project.' })
export class ProjectVersion {
  @Field(() => ID, { description: 'Id of the version.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Unique in the project.' })
  declare readonly version: string;

  @Field(() => DateTime, { description: 'When it was created.' })
  declare readonly createdAt: Date;
}

/** A version named together with its project. */
@ObjectType({ description: 'A version named together with its project.' })
export class ProjectVersionReference {
  @Field(() => ID, { description: 'Id of the version.' })
  declare readonly id: string;

  @Field(() => String, { description: 'The version.' })
  declare readonly version: string;

  @Field(() => ID, { description: 'Id of the project.' })
  declare readonly projectId: string;

  @Field(() => String, { description: 'Name of the project.' })
  declare readonly projectName: string;
}

/** What images belong to. */
@ObjectType({ description: 'What images belong to.' })
export class Project {
  @Field(() => ID, { description: 'Id of the project.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Unique in the organisation, compared without case.' })
  declare readonly name: string;

  @Field(() => DateTime, { description: 'When it was created.' })
  declare readonly createdAt: Date;
}

/** A project in a page. */
@ObjectType({ description: 'A project in a page.' })
export class ProjectEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Project, { description: 'The entry.' })
  declare readonly node: Project;
}

/** A page of projects, by name. */
@ObjectType({ description: 'A page of projects, by name.' })
export class ProjectConnection {
  @Field(() => [ProjectEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ProjectEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}
