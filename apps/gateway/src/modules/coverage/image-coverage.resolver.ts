import { imageCoverages, type Store } from '@esscm/store';
import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { ImageCoverageCount } from './image-coverage.type.js';

/** How much of what is tracked is known. */
@Resolver()
export class ImageCoverageResolver {
  readonly #store: Pick<Store, 'images'>;
  readonly #now: () => Date;

  constructor(store: Pick<Store, 'images'>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  @Authorized('READ')
  @Query(() => [ImageCoverageCount], { description: 'All tracked images by what is known of them, what is known best first; every kind is there.' })
  async imageCoverage(@Ctx() context: RequestContext): Promise<readonly ImageCoverageCount[]> {
    const counts = await this.#store.images.countByCoverage(requireRequester(context).organization.id, this.#now());
    return imageCoverages.map((coverage) => ({ coverage, imageCount: counts[coverage] }));
  }
}
