import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** An image as a user chose it: a name with a tag or a digest, in a connection. */
@ObjectType({ description: 'An image as a user chose it: a name with a tag or a digest, in a connection.' })
export class Image {
  @Field(() => ID, { description: 'Id of the image.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Registry host and path.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Path inside the registry.' })
  declare readonly repository: string;

  @Field(() => String, { nullable: true, description: 'The tag that is followed.' })
  declare readonly tag?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The digest, when the user pinned one.' })
  declare readonly pinnedDigest?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The platform asked for; null means the default, linux/amd64.' })
  declare readonly platform?: string | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When that result was made.' })
  declare readonly scannedAt?: Date | undefined;

  @Field(() => DateTime, { description: 'When it was chosen.' })
  declare readonly createdAt: Date;

  @Field(() => ID, { nullable: true, description: 'The rule of its connection that found it; null when it was chosen by hand.' })
  declare readonly selectionId?: string | undefined;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is not in the registry any more.' })
  declare readonly goneAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'Since when no rule wants it any more.' })
  declare readonly releasedAt?: Date | undefined;

  /** Not in the schema. */
  declare readonly connectionId: string;

  /** Not in the schema. */
  declare readonly projectVersionId: string;

  /** Not in the schema. */
  declare readonly contentId?: string | undefined;
}

/** An image in a page. */
@ObjectType({ description: 'An image in a page.' })
export class ImageEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Image, { description: 'The entry.' })
  declare readonly node: Image;
}

/** A page of images, by name. */
@ObjectType({ description: 'A page of images, by name.' })
export class ImageConnection {
  @Field(() => [ImageEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ImageEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}

/** An image in its new place. */
@ObjectType({ description: 'An image in its new place.' })
export class AssignImagePayload {
  @Field(() => Image, { description: 'The image.' })
  declare readonly image: Image;
}

/** Outcome of moving an image. */
export const AssignImageResult = createUnionType({
  name: 'AssignImageResult',
  description: 'Outcome of moving an image.',
  types: () => [AssignImagePayload, NotFoundProblem, ValidationProblem] as const,
});
export type AssignImageResult = AssignImagePayload | NotFoundProblem | ValidationProblem;
