import type { ComparedPair } from '@esscm/store';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { Bytes } from '../../graphql/scalars.js';
import { Image } from '../images/image.type.js';
import type { ComponentChangeKind as Kind } from './component-changes.js';

/** What became of a component. */
export const ComponentChangeKind = {
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  UPGRADED: 'UPGRADED',
  DOWNGRADED: 'DOWNGRADED',
  CHANGED: 'CHANGED',
} as const satisfies Readonly<Record<Kind, Kind>>;
export type ComponentChangeKind = Kind;

registerEnumType(ComponentChangeKind, {
  name: 'ComponentChangeKind',
  description: 'What became of a component.',
  valuesConfig: {
    ADDED: { description: 'Only the later image holds it.' },
    REMOVED: { description: 'Only the earlier image holds it.' },
    UPGRADED: { description: 'Its newest version is newer.' },
    DOWNGRADED: { description: 'Its newest version is older.' },
    CHANGED: { description: 'Other versions, of which none can be called newer.' },
  },
});

/** What became of the findings of a component. */
@ObjectType({ description: 'What became of the findings of a component.' })
export class PackageFindingChange {
  @Field(() => Int, { description: 'Vulnerabilities it has in the later image only.' })
  declare readonly introducedCount: number;

  @Field(() => [String], { description: 'Ids of some of them, at most three, the most important first.' })
  declare readonly introduced: readonly string[];

  @Field(() => Int, { description: 'Vulnerabilities it has in the earlier image only.' })
  declare readonly fixedCount: number;

  @Field(() => [String], { description: 'Ids of some of them, at most three, the most important first.' })
  declare readonly fixed: readonly string[];
}

/** A component that two images do not hold in the same versions. */
@ObjectType({ description: 'A component that two images do not hold in the same versions.' })
export class ComponentChange {
  @Field(() => ComponentChangeKind, { description: 'What became of it.' })
  declare readonly kind: ComponentChangeKind;

  @Field(() => String, { description: 'The package URL without version.' })
  declare readonly packageKey: string;

  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `pypi`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => [String], { description: 'Versions in the earlier image, oldest first; empty when absent.' })
  declare readonly fromVersions: readonly string[];

  @Field(() => [String], { description: 'Versions in the later image, oldest first; empty when absent.' })
  declare readonly toVersions: readonly string[];

  @Field(() => PackageFindingChange, { nullable: true, description: 'What became of its findings; null where nothing did, and where an image was not judged.' })
  declare readonly findings?: PackageFindingChange | undefined;
}

/** A change in a page. */
@ObjectType({ description: 'A change in a page.' })
export class ComponentChangeEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => ComponentChange, { description: 'The entry.' })
  declare readonly node: ComponentChange;
}

/** A page of changes, what adds risk first. */
@ObjectType({ description: 'A page of changes, what adds risk first.' })
export class ComponentChangeConnection {
  @Field(() => [ComponentChangeEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ComponentChangeEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'All that match, not only this page.' })
  declare readonly totalCount: number;
}

/** Changed components by what became of them. */
@ObjectType({ description: 'Changed components by what became of them.' })
export class ComponentChangeCounts {
  @Field(() => Int, { description: 'Only in the later image.' })
  declare readonly added: number;

  @Field(() => Int, { description: 'Only in the earlier image.' })
  declare readonly removed: number;

  @Field(() => Int, { description: 'Newer in the later image.' })
  declare readonly upgraded: number;

  @Field(() => Int, { description: 'Older in the later image.' })
  declare readonly downgraded: number;

  @Field(() => Int, { description: 'Other versions, of which none can be called newer.' })
  declare readonly changed: number;

  @Field(() => Int, { description: 'The same in both.' })
  declare readonly unchanged: number;
}

/** A layer of either image, in build order. */
@ObjectType({ description: 'A layer of either image, in build order.' })
export class LayerChange {
  @Field(() => ID, { description: 'Digest of the uncompressed layer.' })
  declare readonly diffId: string;

  @Field(() => Int, { nullable: true, description: 'Position in the earlier image; null when it is not there.' })
  declare readonly fromIndex?: number | undefined;

  @Field(() => Int, { nullable: true, description: 'Position in the later image; null when it is not there.' })
  declare readonly toIndex?: number | undefined;

  @Field(() => String, { nullable: true, description: 'The build instruction that made it.' })
  declare readonly createdBy?: string | undefined;

  @Field(() => Bytes, { description: 'Size of the stored bytes.' })
  declare readonly sizeBytes: number;

  @Field(() => Int, { description: 'Components it brought in.' })
  declare readonly componentCount: number;
}

/** A licence that the two images do not hold equally often. */
@ObjectType({ description: 'A licence that the two images do not hold equally often.' })
export class LicenceChange {
  @Field(() => String, { nullable: true, description: 'SPDX expression, or as declared; null for components that declare none.' })
  declare readonly licence?: string | undefined;

  @Field(() => Int, { description: 'Components of the earlier image with it.' })
  declare readonly fromCount: number;

  @Field(() => Int, { description: 'Components of the later image with it.' })
  declare readonly toCount: number;
}

/** What differs between the present results of two images. */
@ObjectType({ description: 'What differs between the present results of two images.' })
export class ImageComparison {
  @Field(() => Image, { description: 'The earlier image.' })
  declare readonly from: Image;

  @Field(() => Image, { description: 'The later image.' })
  declare readonly to: Image;

  /** Not in the schema: both images with the contents they show. */
  declare readonly pair: ComparedPair;
}
