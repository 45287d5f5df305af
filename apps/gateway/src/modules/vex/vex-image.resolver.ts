import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { Image } from '../images/image.type.js';

/** What documents change in images. */
@Resolver(() => Image)
export class VexImageResolver {
  @FieldResolver(() => Int, { description: 'Findings that VEX documents settle: not affected or fixed, and nobody decided otherwise.' })
  settledByVexCount(@Root() image: Image, @Ctx() context: RequestContext): Promise<number> {
    return context.loaders.settledByVex.load(image.id);
  }
}
