import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { Component } from './component.type.js';
import type { DependencyView } from './dependency-view.js';

/** On which side of a component another one stands. */
export const DependencyRelation = { REQUIRED_BY: 'required-by', DEPENDS_ON: 'depends-on' } as const;
export type DependencyRelation = (typeof DependencyRelation)[keyof typeof DependencyRelation];
registerEnumType(DependencyRelation, {
  name: 'DependencyRelation',
  description: 'On which side of a component another one stands.',
  valuesConfig: {
    REQUIRED_BY: { description: 'The other one needs it.' },
    DEPENDS_ON: { description: 'It needs the other one.' },
  },
});

/** A component that needs the one in question, or that it needs. */
@ObjectType({ description: 'A component that needs the one in question, or that it needs.' })
export class NeighbourEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => DependencyRelation, { description: 'Which of both.' })
  declare readonly relation: DependencyRelation;

  @Field(() => Component, { description: 'The entry.' })
  declare readonly node: Component;
}

/** A page of the components next to one. */
@ObjectType({ description: 'A page of the components next to one.' })
export class NeighbourConnection {
  @Field(() => [NeighbourEdge], { description: 'Those that need it first, then those it needs; each in the order of the catalogue.' })
  declare readonly edges: readonly NeighbourEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'All, not only this page. One that needs it and that it needs, too, counts twice.' })
  declare readonly totalCount: number;
}

/** A component among those it needs and those that need it. */
@ObjectType({ description: 'A component among those it needs and those that need it.' })
export class ComponentDependencies {
  @Field(() => Component, { description: 'The component.' })
  declare readonly component: Component;

  @Field(() => Int, { description: 'How many it needs, at any distance.' })
  declare readonly dependsOnCount: number;

  @Field(() => Int, { description: 'How many need it, at any distance.' })
  declare readonly requiredByCount: number;

  @Field(() => Int, { description: 'How many it needs directly.' })
  declare readonly directDependsOnCount: number;

  @Field(() => Int, { description: 'How many need it directly.' })
  declare readonly directRequiredByCount: number;

  /** The content they are in, and their ids; fields of their own give the components. */
  declare readonly contentId: string;
  declare readonly view: DependencyView;
}
