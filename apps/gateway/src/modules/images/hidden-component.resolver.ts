import { Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HiddenComponents } from '../../hidden-components/hidden-components.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { HiddenByLayer } from './hidden-component.type.js';
import { ImageContent } from './image-content.type.js';

/** What layers of an image hide. Reached only through an image of the organisation. */
@Resolver(() => ImageContent)
export class HiddenComponentResolver {
  readonly #hidden: HiddenComponents;

  constructor(hidden: HiddenComponents) {
    this.#hidden = hidden;
  }

  @Authorized('READ')
  @FieldResolver(() => [HiddenByLayer], {
    nullable: true,
    description: 'Components that layers hide of those below them, the lowest layer first; layers that hide nothing are left out. Null where it cannot be told from what is kept of the layers. May take seconds for an image of many layers.',
  })
  async hiddenComponents(@Root() content: ImageContent, @Ctx() context: RequestContext): Promise<readonly HiddenByLayer[] | undefined> {
    return this.#hidden.of(requireRequester(context).organization.id, content.id);
  }
}
