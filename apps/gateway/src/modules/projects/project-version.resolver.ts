import type { Store } from '@esscm/store';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { imageView } from '../images/image-view.js';
import { ImageConnection } from '../images/image.type.js';
import { ProjectVersion } from './project.type.js';

/** What belongs to a version of a project. */
@Resolver(() => ProjectVersion)
export class ProjectVersionResolver {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  @FieldResolver(() => ImageConnection, { description: 'Its images, by name.' })
  images(
    @Root() version: ProjectVersion,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ImageConnection> {
    const organizationId = requireRequester(context).organization.id;
    return readPage(
      { first, after },
      (page) => this.#store.images.list(organizationId, { projectVersionId: version.id }, page),
      imageView,
    );
  }
}
