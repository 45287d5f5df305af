import type { ComponentRecord } from '@esscm/store';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { broughtInBy } from './component-forest.js';
import type { ComponentForests } from './component-forests.js';
import { ComponentEdge } from './component.type.js';

/** What a listed component is told with when it is asked for. */
@Resolver(() => ComponentEdge)
export class ComponentEdgeResolver {
  readonly #forests: ComponentForests;

  constructor(forests: ComponentForests) {
    this.#forests = forests;
  }

  @FieldResolver(() => [String], { nullable: true, description: 'Names of what brought it in, outermost first: the shortest way to it from something that nothing else accounts for, itself left out. Empty when it is that; null when the stored catalogue does not tell.' })
  async broughtInBy(@Root() { node }: { readonly node: ComponentRecord }, @Ctx() context: RequestContext): Promise<readonly string[] | undefined> {
    const forest = await this.#forests.of(requireRequester(context).organization.id, node.contentId);
    return forest && broughtInBy(forest, node.id);
  }
}
