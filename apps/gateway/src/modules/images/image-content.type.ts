import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SeverityCounts } from '../findings/severity.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';

/** Components of one ecosystem. */
@ObjectType({ description: 'Components of one ecosystem.' })
export class EcosystemCount {
  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `pypi`.' })
  declare readonly ecosystem: string;

  @Field(() => Int, { description: 'How many.' })
  declare readonly count: number;
}

/** A layer of an image. */
@ObjectType({ description: 'A layer of an image.' })
export class Layer {
  @Field(() => Int, { description: 'Position, 0 for the base.' })
  declare readonly index: number;

  @Field(() => String, { description: 'Digest of the stored bytes.' })
  declare readonly digest: string;

  @Field(() => String, { description: 'Digest of the uncompressed layer.' })
  declare readonly diffId: string;

  @Field(() => String, { description: 'Media type of the stored bytes.' })
  declare readonly mediaType: string;

  @Field(() => Bytes, { description: 'Size of the stored bytes.' })
  declare readonly sizeBytes: number;

  @Field(() => String, { nullable: true, description: 'The build instruction that made it.' })
  declare readonly createdBy?: string | undefined;

  @Field(() => Int, { description: 'Components it brought in.' })
  declare readonly componentCount: number;
}

/** Findings that a layer brings in. */
@ObjectType({ description: 'Findings that a layer brings in.' })
export class LayerFindings {
  @Field(() => Int, { description: 'Position of the layer, 0 for the base.' })
  declare readonly layerIndex: number;

  @Field(() => SeverityCounts, { description: 'By severity.' })
  declare readonly counts: SeverityCounts;

  @Field(() => Int, { description: 'Components with these findings.' })
  declare readonly componentCount: number;
}

/** The image another one was built on. */
@ObjectType({ description: 'The image another one was built on, as far as its build history and labels tell.' })
export class ContentBase {
  @Field(() => String, { nullable: true, description: 'Its name, where labels say it.' })
  declare readonly name?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'How many layers are the base\'s, from the first; null where only the name is known.' })
  declare readonly layerCount?: number | undefined;

  @Field(() => ID, { nullable: true, description: 'Uncompressed digest of the topmost of these layers: what `FindingFilterInput.baseLayer` takes, and images of one base share.' })
  declare readonly baseLayer?: string | undefined;
}

/** A document of the stored catalogue. Fetching it needs the session or an access token. */
@ObjectType({ description: 'A document of the stored catalogue. Fetching it needs the session or an access token.' })
export class SbomDownload {
  @Field(() => String, { description: 'Such as `cyclonedx-1.6-json`.' })
  declare readonly format: string;

  @Field(() => String, { description: 'Name of the format for people.' })
  declare readonly label: string;

  @Field(() => String, { description: 'Path on this server.' })
  declare readonly path: string;
}

/** What is in one digest for one platform. */
@ObjectType({ description: 'What is in one digest for one platform.' })
export class ImageContent {
  @Field(() => ID, { description: 'Id of the content.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Digest of the manifest.' })
  declare readonly digest: string;

  @Field(() => String, { description: 'Media type of the manifest.' })
  declare readonly mediaType: string;

  @Field(() => String, { description: 'Such as `linux/amd64`.' })
  declare readonly platform: string;

  @Field(() => String, { nullable: true, description: 'When the image was built, as the image itself says it.' })
  declare readonly created?: string | undefined;

  @Field(() => Bytes, { description: 'Compressed size of all layers.' })
  declare readonly sizeBytes: number;

  @Field(() => String, { nullable: true, description: 'Name of the operating system, such as `Debian GNU/Linux 12 (bookworm)`.' })
  declare readonly distributionName?: string | undefined;

  @Field(() => ContentBase, { nullable: true, description: 'What it was built on; null where that is not known.' })
  declare readonly base?: ContentBase | undefined;

  @Field(() => Int, { description: 'All components.' })
  declare readonly componentCount: number;

  @Field(() => Boolean, { description: 'True when something could not be read; components may be missing.' })
  declare readonly partial: boolean;

  @Field(() => DateTime, { description: 'When the catalogue was made.' })
  declare readonly cataloguedAt: Date;

  /** Not in the schema. */
  declare readonly imageId: string;
}
