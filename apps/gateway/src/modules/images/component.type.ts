import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { SeverityCounts } from '../findings/severity.type.js';

/** A licence of a component. */
@ObjectType({ description: 'A licence of a component.' })
export class Licence {
  @Field(() => String, { description: 'As the package declares it.' })
  declare readonly declared: string;

  @Field(() => String, { nullable: true, description: 'The same as an SPDX expression, when it can be said without guessing.' })
  declare readonly spdxExpression?: string | undefined;
}

/** Where a component was found. */
@ObjectType({ description: 'Where a component was found.' })
export class ComponentLocation {
  @Field(() => String, { description: 'Absolute path in the image.' })
  declare readonly path: string;

  @Field(() => String, { description: 'diffID of the layer that brought it in.' })
  declare readonly layerDiffId: string;

  @Field(() => Int, { description: 'Position of that layer, 0 for the base.' })
  declare readonly layerIndex: number;
}

/** One installed package. */
@ObjectType({ description: 'One installed package.' })
export class Component {
  @Field(() => ID, { description: 'Unique in the content and stable.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Version of the package.' })
  declare readonly version: string;

  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `pypi`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { description: 'The package URL.' })
  declare readonly packageUrl: string;

  @Field(() => [Licence], { description: 'As declared.' })
  declare readonly licences: readonly Licence[];

  @Field(() => [ComponentLocation], { description: 'Where the evidence is, best first.' })
  declare readonly locations: readonly ComponentLocation[];

  @Field(() => String, { nullable: true, description: 'As the package describes itself.' })
  declare readonly description?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Maintainer or vendor, as the package says it.' })
  declare readonly supplier?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Name of the source package.' })
  declare readonly sourceName?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Version of the source package.' })
  declare readonly sourceVersion?: string | undefined;

  @Field(() => ID, { nullable: true, description: 'Id of the operating-system package whose files these are.' })
  declare readonly ownedBy?: string | undefined;
}

/** What components are listed by. */
export const ComponentSort = { NAME: 'name', VERSION: 'version', TYPE: 'type', LICENCE: 'licence', LAYER: 'layer', FINDINGS: 'findings' } as const;
export type ComponentSort = (typeof ComponentSort)[keyof typeof ComponentSort];
registerEnumType(ComponentSort, {
  name: 'ComponentSort',
  description: 'What components are listed by. Equals follow one another by name, then version.',
  valuesConfig: {
    NAME: { description: 'By name, then version.' },
    VERSION: { description: 'By version, numbers by value: 1.9 before 1.10.' },
    TYPE: { description: 'By ecosystem.' },
    LICENCE: { description: 'By licence, those that declare none last.' },
    LAYER: { description: 'By the layer that brought them in, the base first.' },
    FINDINGS: { description: 'Those with the most critical, then high, medium and low findings first.' },
  },
});

/** A component in a page. */
@ObjectType({ description: 'A component in a page.' })
export class ComponentEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Component, { description: 'The entry.' })
  declare readonly node: Component;

  @Field(() => SeverityCounts, { nullable: true, description: 'Its findings that are not hidden; null before the first match. Never read null as no findings.' })
  declare readonly findingCounts?: SeverityCounts | undefined;
}

/** A page of components. */
@ObjectType({ description: 'A page of components.' })
export class ComponentConnection {
  @Field(() => [ComponentEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ComponentEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'All that match, not only this page.' })
  declare readonly totalCount: number;
}

/** How many components have a licence. */
@ObjectType({ description: 'How many components have a licence.' })
export class LicenceCount {
  @Field(() => String, { nullable: true, description: 'SPDX expression, or as declared; null for components that declare none.' })
  declare readonly licence?: string | undefined;

  @Field(() => Int, { description: 'How many. A component with two licences is counted for both.' })
  declare readonly count: number;

  @Field(() => [String], { description: 'Names of up to five of them.' })
  declare readonly examples: readonly string[];
}
