import { Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { RegistryProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** What every page of a registry's list says of the list: how far it is read, when, and at what cost. No type of the schema itself. */
@ObjectType()
export abstract class RegistryListPage {
  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Boolean, { description: 'False while more are still being read from the registry.' })
  declare readonly complete: boolean;

  @Field(() => DateTime, { description: 'When the registry was asked.' })
  declare readonly listedAt: Date;

  @Field(() => Int, { description: 'Requests to the registry that the list has taken so far.' })
  declare readonly calls: number;

  @Field(() => RegistryProblem, { nullable: true, description: 'Why the latest attempt to read the list again failed; the list is then the one of `listedAt`.' })
  declare readonly problem?: RegistryProblem | undefined;
}
