import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import type { RequestContext } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { RegistryImage } from './registry-image.type.js';

/** What this organisation knows of an image in a registry. */
@Resolver(() => RegistryImage)
export class RegistryImageResolver {
  @FieldResolver(() => [Image], { description: 'Images of this organisation that follow one of its tags or pin its digest, with their results.' })
  async trackedImages(@Root() image: RegistryImage, @Ctx() context: RequestContext): Promise<readonly Image[]> {
    const records = await Promise.all(image.trackedImageIds.map((id) => context.loaders.images.load(id)));
    return records.flatMap((record) => (record === undefined ? [] : [instance(Image, imageView(record))]));
  }
}
