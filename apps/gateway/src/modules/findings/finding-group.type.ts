import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { Severity } from './severity.type.js';

/** What findings are put together by. */
export const FindingGrouping = { VULNERABILITY: 'vulnerability', COMPONENT: 'component', IMAGE: 'image' } as const;
export type FindingGrouping = (typeof FindingGrouping)[keyof typeof FindingGrouping];
registerEnumType(FindingGrouping, {
  name: 'FindingGrouping',
  description: 'What findings are put together by.',
  valuesConfig: {
    VULNERABILITY: { description: 'The vulnerability.' },
    COMPONENT: { description: 'The package, whatever its version.' },
    IMAGE: { description: 'The image.' },
  },
});

/** A package in a group. */
@ObjectType({ description: 'A package in a group.' })
export class GroupedPackage {
  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Installed version.' })
  declare readonly version: string;

  @Field(() => String, { nullable: true, description: 'A fixed version.' })
  declare readonly fixVersion?: string | undefined;
}

/** Findings that share a vulnerability, a package or an image. */
@ObjectType({ description: 'Findings that share a vulnerability, a package or an image.' })
export class FindingGroup {
  @Field(() => String, { description: 'Id of the vulnerability, package URL without version, or id of the image.' })
  declare readonly key: string;

  @Field(() => Severity, { description: 'Of the worst finding.' })
  declare readonly severity: Severity;

  @Field(() => Int, { description: 'All of its findings.' })
  declare readonly findingCount: number;

  @Field(() => Int, { description: 'Images they are in.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Projects of those images.' })
  declare readonly projectCount: number;

  @Field(() => Int, { description: 'Vulnerabilities they are of.' })
  declare readonly vulnerabilityCount: number;

  @Field(() => Int, { description: 'Packages they are in, whatever the version.' })
  declare readonly packageCount: number;

  @Field(() => Int, { description: 'Findings known to be exploited.' })
  declare readonly exploitedCount: number;

  @Field(() => Int, { description: 'Findings with a fixed version.' })
  declare readonly fixableCount: number;

  @Field(() => Float, { nullable: true, description: 'Highest EPSS, 0 to 1.' })
  declare readonly epss?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Highest CVSS base score.' })
  declare readonly score?: number | undefined;

  @Field(() => [GroupedPackage], { description: 'Some of its packages by name, at most five.' })
  declare readonly packages: readonly GroupedPackage[];

  @Field(() => DateTime, { description: 'When the first of them was first seen.' })
  declare readonly firstSeenAt: Date;

  /** Not in the schema. */
  declare readonly imageId: string | undefined;
}

/** A group in a page. */
@ObjectType({ description: 'A group in a page.' })
export class FindingGroupEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => FindingGroup, { description: 'The entry.' })
  declare readonly node: FindingGroup;
}

/** A page of groups, the one with the most important finding first. */
@ObjectType({ description: 'A page of groups, the one with the most important finding first.' })
export class FindingGroupConnection {
  @Field(() => [FindingGroupEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly FindingGroupEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}
