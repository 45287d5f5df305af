import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { SeverityCounts } from '../findings/severity.type.js';
import { Component } from './component.type.js';

/** A component in the tree. */
@ObjectType({ description: 'A component in the tree.' })
export class ComponentTreeRow {
  @Field(() => Component, { description: 'The component.' })
  declare readonly component: Component;

  @Field(() => ID, { nullable: true, description: 'The row it stands below; null on top.' })
  declare readonly parentId?: string | undefined;

  @Field(() => Int, { description: 'How many it brought in itself.' })
  declare readonly childCount: number;

  @Field(() => Int, { description: 'How many stand below it, at any distance.' })
  declare readonly belowCount: number;

  @Field(() => SeverityCounts, { nullable: true, description: 'Its findings that are not hidden; null before the first match. Never read null as no findings.' })
  declare readonly findingCounts?: SeverityCounts | undefined;

  @Field(() => SeverityCounts, { nullable: true, description: 'Those of everything below it.' })
  declare readonly countsBelow?: SeverityCounts | undefined;
}

/** Components below what brought them in, each once: by the shortest way from something that nothing else accounts for. */
@ObjectType({ description: 'Components below what brought them in, each once: by the shortest way from something that nothing else accounts for.' })
export class ComponentTree {
  @Field(() => [ComponentTreeRow], { description: 'Of a page those on top, and below those that are unfolded at most 50; each followed by what is below it. The worst first, counting what is below.' })
  declare readonly rows: readonly ComponentTreeRow[];

  @Field(() => Int, { description: 'How many are on top, not only of this page.' })
  declare readonly rootCount: number;

  @Field(() => Int, { description: 'All components.' })
  declare readonly totalCount: number;

  @Field(() => PageInfo, { description: 'Where this page ends, among those on top.' })
  declare readonly pageInfo: PageInfo;
}
