import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { ConflictProblem, NotFoundProblem, RegistryProblem } from '../../graphql/problem.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';

/** How an attachment was found. */
export const AttachmentOrigin = {
  REFERRER: 'referrer',
  INDEX: 'index',
  TAG: 'tag',
} as const;
export type AttachmentOrigin = (typeof AttachmentOrigin)[keyof typeof AttachmentOrigin];
registerEnumType(AttachmentOrigin, {
  name: 'AttachmentOrigin',
  description: 'How an attachment was found.',
  valuesConfig: {
    REFERRER: { description: 'It names the image as its subject (OCI 1.1).' },
    INDEX: { description: 'The index of the image lists it, as BuildKit writes it.' },
    TAG: { description: 'A tag made of the digest leads to it, as cosign writes it.' },
  },
});

/** A document inside an attachment. */
@ObjectType({ description: 'A document inside an attachment.' })
export class AttachedDocument {
  @Field(() => String, { description: 'Digest of the stored bytes.' })
  declare readonly digest: string;

  @Field(() => String, { description: 'Media type, as the attachment says it.' })
  declare readonly mediaType: string;

  @Field(() => String, { nullable: true, description: 'What it is, in words; null for a type that is not known.' })
  declare readonly name?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What an in-toto statement says, such as `https://slsa.dev/provenance/v1`.' })
  declare readonly predicateType?: string | undefined;

  @Field(() => Bytes, { description: 'Size of the stored bytes.' })
  declare readonly sizeBytes: number;

  @Field(() => String, { nullable: true, description: 'Path on this server to fetch it from; null when it is neither JSON nor text, or larger than 32 MiB.' })
  declare readonly path?: string | undefined;
}

/** A key and a value that a manifest carries. */
@ObjectType({ description: 'A key and a value that a manifest carries.' })
export class Annotation {
  @Field(() => String, { description: 'Such as `org.opencontainers.image.created`.' })
  declare readonly key: string;

  @Field(() => String, { description: 'Cut off after 1000 characters.' })
  declare readonly value: string;
}

/** Something kept beside an image in its registry, such as a signature or an SBOM. */
@ObjectType({ description: 'Something kept beside an image in its registry, such as a signature or an SBOM.' })
export class ImageAttachment {
  @Field(() => String, { description: 'Digest of its manifest.' })
  declare readonly digest: string;

  @Field(() => String, { nullable: true, description: 'Its type; null when nothing says it.' })
  declare readonly artifactType?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What it is, in words, such as `an in-toto attestation`; null for a type that is not known.' })
  declare readonly artifactName?: string | undefined;

  @Field(() => AttachmentOrigin, { description: 'How it was found.' })
  declare readonly origin: AttachmentOrigin;

  @Field(() => String, { description: 'Digest of what it is attached to: the image, or the index it is in.' })
  declare readonly attachedTo: string;

  @Field(() => Bytes, { description: 'Size of its documents; of its manifest when they are not known.' })
  declare readonly sizeBytes: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was made, as it says itself. Not verified.' })
  declare readonly created?: Date | undefined;

  @Field(() => [Annotation], { description: 'At most 50, by key. Anybody who can push may have written them.' })
  declare readonly annotations: readonly Annotation[];

  @Field(() => [AttachedDocument], { description: 'What it holds; empty when its manifest cannot be read.' })
  declare readonly documents: readonly AttachedDocument[];
}

/** What is attached to an image. */
@ObjectType({ description: 'What is attached to an image. Signatures are listed, not verified.' })
export class ImageAttachments {
  @Field(() => [ImageAttachment], { description: 'At most 50.' })
  declare readonly entries: readonly ImageAttachment[];

  @Field(() => Boolean, { description: 'False when there are more.' })
  declare readonly complete: boolean;
}

/** Outcome of listing attachments. */
export const ImageAttachmentsResult = createUnionType({
  name: 'ImageAttachmentsResult',
  description: 'Outcome of listing attachments.',
  types: () => [ImageAttachments, RegistryProblem, NotFoundProblem, ConflictProblem] as const,
});
export type ImageAttachmentsResult = ImageAttachments | RegistryProblem | NotFoundProblem | ConflictProblem;
