import type { Store } from '@esscm/store';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { countsView } from './finding-view.js';
import { BoundedCount, FindingConnection, FindingTotals } from './finding.type.js';

/** Numbers of a list of findings, counted only when asked for. */
@Resolver(() => FindingConnection)
export class FindingConnectionResolver {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  @FieldResolver(() => BoundedCount, { description: 'All that match, not only this page.' })
  totalCount(@Root() { filter }: FindingConnection, @Ctx() context: RequestContext): Promise<BoundedCount> {
    return this.#store.findings.count(requireRequester(context).organization.id, filter);
  }

  @FieldResolver(() => FindingTotals, { description: 'All that match, by severity.' })
  async totals(@Root() { filter }: FindingConnection, @Ctx() context: RequestContext): Promise<FindingTotals> {
    const { counts, ...rest } = await this.#store.findings.countBySeverity(requireRequester(context).organization.id, filter);
    return { ...rest, counts: countsView(counts) };
  }
}
