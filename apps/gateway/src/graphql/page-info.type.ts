import { Field, ObjectType } from 'type-graphql';

/** Where a page of a list ends. */
@ObjectType({ description: 'Where a page of a list ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  declare readonly hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next page; null for an empty page.' })
  declare readonly endCursor?: string | undefined;
}
