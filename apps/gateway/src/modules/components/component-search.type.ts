import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { PageInfo } from '../../graphql/page-info.type.js';
import { ValidationProblem } from '../../graphql/problem.type.js';
import { RegistryConnection } from '../connections/connection.type.js';
import { SeverityCounts } from '../findings/severity.type.js';
import { ComponentLocation } from '../images/component.type.js';
import { Image } from '../images/image.type.js';

/** Findings of a component, in numbers. */
@ObjectType({ description: 'Findings of a component, in numbers.' })
export class PackageFindings {
  @Field(() => SeverityCounts, { description: 'By severity.' })
  declare readonly counts: SeverityCounts;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploitedCount: number;
}

/** One version of a component in the present results of the organisation's images. */
@ObjectType({ description: "One version of a component in the present results of the organisation's images." })
export class ComponentVersion {
  @Field(() => ID, { description: 'Unique among the versions of all components.' })
  declare readonly id: string;

  @Field(() => String, { description: 'The package URL without version, such as `pkg:maven/org.apache.logging.log4j/log4j-core`.' })
  declare readonly packageKey: string;

  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `maven`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { nullable: true, description: 'Group, scope or distribution, when the package URL has one.' })
  declare readonly namespace?: string | undefined;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => String, { description: 'The version.' })
  declare readonly version: string;

  @Field(() => Int, { description: 'Images that hold it.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Projects of those images.' })
  declare readonly projectCount: number;

  @Field(() => Int, { description: 'Images among them that were held against advisories. Where there are none, nobody knows of findings.' })
  declare readonly judgedImageCount: number;

  @Field(() => PackageFindings, { nullable: true, description: 'Vulnerabilities of this version, each once, by its worst severity where images differ; null where no image was judged.' })
  declare readonly findings?: PackageFindings | undefined;
}

/** A component version in a page. */
@ObjectType({ description: 'A component version in a page.' })
export class ComponentVersionEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => ComponentVersion, { description: 'The entry.' })
  declare readonly node: ComponentVersion;
}

/** Images of one connection. */
@ObjectType({ description: 'Images of one connection.' })
export class ConnectionImageCount {
  @Field(() => RegistryConnection, { description: 'The connection.' })
  declare readonly connection: RegistryConnection;

  @Field(() => Int, { description: 'Its images that hold any of the versions found.' })
  declare readonly imageCount: number;
}

/** What a search for components found. */
@ObjectType({ description: 'What a search for components found.' })
export class ComponentSearchPayload {
  @Field(() => [ComponentVersionEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ComponentVersionEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'Versions that match.' })
  declare readonly totalCount: number;

  @Field(() => Int, { description: 'Components these are versions of.' })
  declare readonly componentCount: number;

  @Field(() => Int, { description: 'Images that hold any of them, each counted once.' })
  declare readonly imageCount: number;

  @Field(() => [ConnectionImageCount], { description: 'The same images by connection, most first.' })
  declare readonly connections: readonly ConnectionImageCount[];

  @Field(() => Int, { description: 'How long it took the server to find them, in milliseconds.' })
  declare readonly tookMs: number;

  @Field(() => Boolean, { description: 'True when more versions match than are looked at; all counts are then at least.' })
  declare readonly truncated: boolean;
}

/** Outcome of a search for components. */
export const ComponentSearchResult = createUnionType({
  name: 'ComponentSearchResult',
  description: 'Outcome of a search for components.',
  types: () => [ComponentSearchPayload, ValidationProblem] as const,
});
export type ComponentSearchResult = ComponentSearchPayload | ValidationProblem;

/** What was found, of the class the union recognises. */
export function searchPayload(values: ComponentSearchPayload): ComponentSearchPayload {
  return instance(ComponentSearchPayload, values);
}

/** A copy of a component in an image. */
@ObjectType({ description: 'A copy of a component in an image.' })
export class ComponentPlace {
  @Field(() => Image, { description: 'The image.' })
  declare readonly image: Image;

  @Field(() => ID, { description: 'Id of the component in the content of the image.' })
  declare readonly componentId: string;

  @Field(() => [ComponentLocation], { description: 'Where the evidence is, best first.' })
  declare readonly locations: readonly ComponentLocation[];

  @Field(() => PackageFindings, { nullable: true, description: 'Findings of this copy; null where the image was not judged.' })
  declare readonly findings?: PackageFindings | undefined;
}

/** A copy in a page. */
@ObjectType({ description: 'A copy in a page.' })
export class ComponentPlaceEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => ComponentPlace, { description: 'The entry.' })
  declare readonly node: ComponentPlace;
}

/** A page of copies, by image. */
@ObjectType({ description: 'A page of copies, by image.' })
export class ComponentPlaceConnection {
  @Field(() => [ComponentPlaceEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ComponentPlaceEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}
