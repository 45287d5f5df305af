import { RegistryError } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { conflictProblem, notFoundProblem, registryProblem } from '../../graphql/problems.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { AttachmentReader } from './attachment-reader.js';
import { attachmentView } from './attachment-view.js';
import { ImageAttachments, ImageAttachmentsResult } from './attachment.type.js';

/** What is kept beside a tracked image in its registry. A query, not a field of images: each answer takes several requests there. */
@Resolver()
export class AttachmentResolver {
  readonly #reader: AttachmentReader;

  constructor(reader: AttachmentReader) {
    this.#reader = reader;
  }

  @Authorized('READ')
  @Query(() => ImageAttachmentsResult, { description: 'Signatures, attestations and SBOMs attached to the shown result of an image, asked of its registry now.' })
  async imageAttachments(
    @Arg('imageId', () => ID, { description: 'Id of the image.' }) imageId: string,
    @Ctx() context: RequestContext,
  ): Promise<ImageAttachmentsResult> {
    const image = await this.#reader.find(requireRequester(context).organization.id, imageId);
    if (image === undefined) return notFoundProblem(context, 'image');
    if (image === 'unscanned') return conflictProblem(context, 'This image has no result yet. Scan it first.');
    try {
      const { entries, complete } = await this.#reader.list(image, context.signal);
      return instance(ImageAttachments, { entries: entries.map((entry) => attachmentView(imageId, entry)), complete });
    } catch (error) {
      if (error instanceof RegistryError) return registryProblem(context, error);
      throw error;
    }
  }
}
