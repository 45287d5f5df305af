import type { ComponentRecord, Store } from '@esscm/store';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { checkPageSize, decodeCursor, encodeCursor } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { Component } from './component.type.js';
import { ComponentDependencies, DependencyRelation, NeighbourConnection } from './dependencies.type.js';

const cursorSchema = z.object({ neighbours: z.int().min(0) });

/** The components around one, as many as are asked for. Reached only through an image of the organisation. */
@Resolver(() => ComponentDependencies)
export class ComponentDependenciesResolver {
  readonly #store: Pick<Store, 'contents'>;

  constructor(store: Pick<Store, 'contents'>) {
    this.#store = store;
  }

  @FieldResolver(() => [Component], { description: 'What it needs directly, the first in the order of the catalogue.' })
  dependsOn(@Root() root: ComponentDependencies, @Arg('first', () => Int, { defaultValue: 100, description: '1 to 100.' }) first: number, @Ctx() context: RequestContext): Promise<readonly ComponentRecord[]> {
    return this.#read(root, root.view.dependsOn.slice(0, checkPageSize(first)), context);
  }

  @FieldResolver(() => [Component], { description: 'What needs it directly, the first in the order of the catalogue.' })
  requiredBy(@Root() root: ComponentDependencies, @Arg('first', () => Int, { defaultValue: 100, description: '1 to 100.' }) first: number, @Ctx() context: RequestContext): Promise<readonly ComponentRecord[]> {
    return this.#read(root, root.view.requiredBy.slice(0, checkPageSize(first)), context);
  }

  @FieldResolver(() => [Component], { description: 'The shortest way to it from something nothing else needs; that first, the component last.' })
  chain(@Root() root: ComponentDependencies, @Ctx() context: RequestContext): Promise<readonly ComponentRecord[]> {
    return this.#read(root, root.view.chain, context);
  }

  @FieldResolver(() => NeighbourConnection, { description: 'All that need it directly, and all it needs directly.' })
  async neighbours(
    @Root() root: ComponentDependencies,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<NeighbourConnection> {
    const size = checkPageSize(first);
    const { neighbours: start } = after == null ? { neighbours: 0 } : decodeCursor(cursorSchema, after);
    const all = [
      ...root.view.requiredBy.map((id) => ({ id, relation: DependencyRelation.REQUIRED_BY })),
      ...root.view.dependsOn.map((id) => ({ id, relation: DependencyRelation.DEPENDS_ON })),
    ];
    const page = all.slice(start, start + size);
    const found = new Map((await this.#read(root, page.map(({ id }) => id), context)).map((record) => [record.id, record]));
    const cursorAfter = (entries: number): string => encodeCursor({ neighbours: start + entries });
    const edges = page.flatMap(({ id, relation }, index) => {
      const node = found.get(id);
      return node === undefined ? [] : [{ cursor: cursorAfter(index + 1), relation, node }];
    });
    return { edges, totalCount: all.length, pageInfo: { hasNextPage: start + page.length < all.length, endCursor: cursorAfter(page.length) } };
  }

  /** In the order of the ids. */
  async #read({ contentId }: ComponentDependencies, ids: readonly string[], context: RequestContext): Promise<readonly ComponentRecord[]> {
    if (ids.length === 0) return [];
    const found = new Map((await this.#store.contents.findComponents(requireRequester(context).organization.id, contentId, [...new Set(ids)])).map((record) => [record.id, record]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }
}
