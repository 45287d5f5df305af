import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { failure } from '../../graphql/failures.js';
import { checkPageSize, decodeCursor, encodeCursor } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { countsView, noFindings } from '../findings/finding-view.js';
import type { ComponentForests } from './component-forests.js';
import { ComponentTree, type ComponentTreeRow } from './component-tree.type.js';
import { ImageContent } from './image-content.type.js';
import { type TreeRow, WeighedForest } from './tree-rows.js';

/** Each adds at most fifty rows. */
const maximumUnfolded = 20;
const cursorSchema = z.object({ roots: z.int().min(0) });

/** Components below what brought them in. Reached only through an image of the organisation. */
@Resolver(() => ImageContent)
export class ComponentTreeResolver {
  readonly #store: Pick<Store, 'contents'>;
  readonly #forests: ComponentForests;

  constructor(store: Pick<Store, 'contents'>, forests: ComponentForests) {
    this.#store = store;
    this.#forests = forests;
  }

  @Authorized('READ')
  @FieldResolver(() => ComponentTree, { nullable: true, description: 'Components below what brought them in; null when the stored catalogue does not tell.' })
  async componentTree(
    @Root() content: ImageContent,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100 of those on top.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Where the page before ended.' }) after: string | null | undefined,
    @Arg('unfolded', () => [ID], { defaultValue: [], description: `Ids of components whose children are wanted, at most ${maximumUnfolded}.` }) unfolded: readonly string[],
    @Ctx() context: RequestContext,
  ): Promise<ComponentTree | undefined> {
    if (unfolded.length > maximumUnfolded) throw failure('BAD_USER_INPUT', `\`unfolded\` has at most ${maximumUnfolded} ids.`);
    const size = checkPageSize(first);
    const { roots: start } = after == null ? { roots: 0 } : decodeCursor(cursorSchema, after);
    const organizationId = requireRequester(context).organization.id;
    const [matching, counts, forest] = await Promise.all([
      context.loaders.matchings.load(content.id),
      this.#store.contents.findingsByComponent(organizationId, content.id),
      this.#forests.of(organizationId, content.id),
    ]);
    if (forest === undefined) return undefined;
    const countsOf = new Map(counts.map(({ componentId, counts: ofComponent }) => [componentId, ofComponent]));
    const tree = new WeighedForest(forest, countsOf);
    const end = Math.min(start + size, tree.roots.length);
    const rows = tree.rows(tree.roots.slice(start, end), new Set(unfolded));
    const records = new Map((await this.#store.contents.findComponents(organizationId, content.id, rows.map(({ node }) => node.id))).map((record) => [record.id, record]));
    const view = ({ node, belowCount, below }: TreeRow): readonly ComponentTreeRow[] => {
      const component = records.get(node.id);
      if (component === undefined) return [];
      const figures = matching === undefined ? {} : { findingCounts: countsView(countsOf.get(node.id) ?? noFindings), countsBelow: countsView(below) };
      return [{ component, parentId: node.parent?.id, childCount: node.children.length, belowCount, ...figures }];
    };
    return {
      rows: rows.flatMap(view),
      rootCount: tree.roots.length,
      totalCount: tree.size,
      pageInfo: { hasNextPage: end < tree.roots.length, endCursor: encodeCursor({ roots: end }) },
    };
  }
}
