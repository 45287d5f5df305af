import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';
import type { ImageOrder } from './image-list.js';
import { RegistryListPage } from './registry-list-page.type.js';

/** What a digest in a registry is. */
export const RegistryImageKind = {
  IMAGE: 'image',
  INDEX: 'index',
  ARTIFACT: 'artifact',
  UNKNOWN: 'unknown',
} as const;
export type RegistryImageKind = (typeof RegistryImageKind)[keyof typeof RegistryImageKind];
registerEnumType(RegistryImageKind, {
  name: 'RegistryImageKind',
  description: 'What a digest in a registry is.',
  valuesConfig: {
    IMAGE: { description: 'An image for one platform.' },
    INDEX: { description: 'An image for several platforms.' },
    ARTIFACT: { description: 'Something that is not an image, such as a chart.' },
    UNKNOWN: { description: 'The registry does not say.' },
  },
});

/** Whether an image can be pulled. */
export const RegistryImageStatus = {
  ACTIVE: 'active',
  ARCHIVED: 'archived',
} as const;
export type RegistryImageStatus = (typeof RegistryImageStatus)[keyof typeof RegistryImageStatus];
registerEnumType(RegistryImageStatus, {
  name: 'RegistryImageStatus',
  description: 'Whether an image can be pulled.',
  valuesConfig: {
    ACTIVE: { description: 'It can be pulled.' },
    ARCHIVED: { description: 'It has to be restored first.' },
  },
});

/** What images of a repository are sorted by. */
export const RegistryImageOrder = {
  NEWEST: 'newest',
  OLDEST: 'oldest',
  LARGEST: 'largest',
  SMALLEST: 'smallest',
  LAST_PULLED: 'last-pulled',
  TAG: 'tag',
} as const satisfies Readonly<Record<string, ImageOrder>>;
registerEnumType(RegistryImageOrder, {
  name: 'RegistryImageOrder',
  description: 'What images of a repository are sorted by. Images of which it is not known come last.',
  valuesConfig: {
    NEWEST: { description: 'Latest push first.' },
    OLDEST: { description: 'Earliest push first.' },
    LARGEST: { description: 'Largest first.' },
    SMALLEST: { description: 'Smallest first.' },
    LAST_PULLED: { description: 'Latest pull first.' },
    TAG: { description: 'By tag; images without one last.' },
  },
});

/** One digest in a repository, with its tags. */
@ObjectType({ description: 'One digest in a repository, with its tags.' })
export class RegistryImage {
  @Field(() => String, { description: 'Digest of the manifest or index.' })
  declare readonly digest: string;

  @Field(() => [String], { description: 'All tags that point to it; empty for an untagged image.' })
  declare readonly tags: readonly string[];

  @Field(() => Bytes, { nullable: true, description: 'Compressed size, where the registry says it.' })
  declare readonly sizeBytes?: number | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When it was pushed, where the registry says it.' })
  declare readonly pushedAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When it was last pulled, where the registry says it.' })
  declare readonly lastPulledAt?: Date | undefined;

  @Field(() => RegistryImageKind, { description: 'What it is.' })
  declare readonly kind: RegistryImageKind;

  @Field(() => String, { nullable: true, description: 'Type of an artifact.' })
  declare readonly artifactType?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What an artifact is, in words, such as `a Helm chart`; null for a type that is not known.' })
  declare readonly artifactName?: string | undefined;

  @Field(() => RegistryImageStatus, { description: 'Whether it can be pulled.' })
  declare readonly status: RegistryImageStatus;

  @Field(() => String, { nullable: true, description: 'Address of its repository, with the registry host; null when repositories were not listed lately.' })
  declare readonly repositoryUri?: string | undefined;

  @Field(() => [ID], { description: 'Images of this organisation that follow one of its tags or pin its digest.' })
  declare readonly trackedImageIds: readonly string[];
}

/** An image in a page. */
@ObjectType({ description: 'An image in a page.' })
export class RegistryImageEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => RegistryImage, { description: 'The entry.' })
  declare readonly node: RegistryImage;
}

/** A page of a repository's images. */
@ObjectType({ description: 'A page of a repository\'s images.' })
export class RegistryImageConnection extends RegistryListPage {
  @Field(() => [RegistryImageEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly RegistryImageEdge[];

  @Field(() => Int, { description: 'All that match so far, not only this page; the final number once `complete`.' })
  declare readonly totalCount: number;

  @Field(() => Bytes, { nullable: true, description: 'Compressed size of all that match so far; null where the registry does not say the size of each.' })
  declare readonly sizeBytes?: number | undefined;

  @Field(() => Int, { description: 'Of all that match so far, those that an image of this organisation follows or pins.' })
  declare readonly trackedImageCount: number;
}

/** Outcome of listing images. */
export const RegistryImagesResult = createUnionType({
  name: 'RegistryImagesResult',
  description: 'Outcome of listing images.',
  types: () => [RegistryImageConnection, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type RegistryImagesResult = RegistryImageConnection | RegistryProblem | NotFoundProblem | ValidationProblem;

/** Platforms of one image. */
@ObjectType({ description: 'Platforms of one image.' })
export class ImagePlatforms {
  @Field(() => String, { description: 'Digest of the image or index.' })
  declare readonly digest: string;

  @Field(() => [String], { description: 'Such as `linux/arm64`, in the order of the index; attestations are left out.' })
  declare readonly platforms: readonly string[];
}

/** Outcome of reading the platforms of an image. */
export const ImagePlatformsResult = createUnionType({
  name: 'ImagePlatformsResult',
  description: 'Outcome of reading the platforms of an image.',
  types: () => [ImagePlatforms, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type ImagePlatformsResult = ImagePlatforms | RegistryProblem | NotFoundProblem | ValidationProblem;

/** Platforms of one image of several that were asked for together. */
@ObjectType({ description: 'Platforms of one image of several that were asked for together.' })
export class PagedImagePlatforms {
  @Field(() => String, { description: 'Digest of the image or index.' })
  declare readonly digest: string;

  @Field(() => [String], { description: 'Such as `linux/arm64`, in the order of the index; attestations are left out. Empty where `problem` says why.' })
  declare readonly platforms: readonly string[];

  @Field(() => RegistryProblem, { nullable: true, description: 'Why they are not known.' })
  declare readonly problem?: RegistryProblem | undefined;
}

/** Platforms of the images of a page. */
@ObjectType({ description: 'Platforms of the images of a page.' })
export class PagePlatforms {
  @Field(() => [PagedImagePlatforms], { description: 'In the order of the digests asked for.' })
  declare readonly images: readonly PagedImagePlatforms[];
}

/** Outcome of reading the platforms of the images of a page. */
export const PagePlatformsResult = createUnionType({
  name: 'PagePlatformsResult',
  description: 'Outcome of reading the platforms of the images of a page.',
  types: () => [PagePlatforms, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type PagePlatformsResult = PagePlatforms | RegistryProblem | NotFoundProblem | ValidationProblem;
