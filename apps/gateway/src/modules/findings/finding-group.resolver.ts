import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { Image } from '../images/image.type.js';
import { FindingGroup } from './finding-group.type.js';

/** What belongs to a group of findings. */
@Resolver(() => FindingGroup)
export class FindingGroupResolver {
  @FieldResolver(() => Image, { nullable: true, description: 'The image, in groups by image.' })
  async image(@Root() group: FindingGroup, @Ctx() context: RequestContext): Promise<Image | undefined> {
    const record = group.imageId === undefined ? undefined : await context.loaders.images.load(group.imageId);
    return record && imageView(record);
  }
}
