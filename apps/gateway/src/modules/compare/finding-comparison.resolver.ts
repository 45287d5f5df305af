import type { FindingChangeTotals as TotalsRecord, Store } from '@esscm/store';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { countsView, findingView } from '../findings/finding-view.js';
import { bothJudged } from './both-judged.js';
import { FindingChangeConnection, FindingChangeCounts, findingChangeFilter, FindingChangeFilterInput, type FindingChangeTotals } from './finding-change.type.js';
import { ImageComparison } from './image-comparison.type.js';

/** What became of findings from one image to the other. */
@Resolver(() => ImageComparison)
export class FindingComparisonResolver {
  readonly #store: Pick<Store, 'findings' | 'comparisons'>;

  constructor(store: Pick<Store, 'findings' | 'comparisons'>) {
    this.#store = store;
  }

  @FieldResolver(() => FindingChangeCounts, { nullable: true, description: 'Findings by what became of them; null where one of the images was not judged.' })
  async findingCounts(@Root() { pair }: ImageComparison, @Ctx() context: RequestContext): Promise<FindingChangeCounts | undefined> {
    const organizationId = requireRequester(context).organization.id;
    if (!(await bothJudged(this.#store, organizationId, pair))) return undefined;
    const { introduced, fixed, unchanged } = await this.#store.comparisons.counts(organizationId, pair);
    return { introduced: totalsView(introduced), fixed: totalsView(fixed), unchanged: totalsView(unchanged) };
  }

  @FieldResolver(() => FindingChangeConnection, { nullable: true, description: 'Findings of both images by what became of them; null where one of the images was not judged.' })
  async findings(
    @Root() { pair }: ImageComparison,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => FindingChangeFilterInput, { nullable: true, description: 'Which changes; all without it.' }) filter: FindingChangeFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<FindingChangeConnection | undefined> {
    const organizationId = requireRequester(context).organization.id;
    if (!(await bothJudged(this.#store, organizationId, pair))) return undefined;
    const wanted = findingChangeFilter(filter ?? {});
    const [page, totalCount] = await Promise.all([
      readPage(
        { first, after },
        (request) => this.#store.comparisons.list(organizationId, pair, wanted, request),
        ({ finding, ...change }) => ({ ...change, finding: findingView(finding) }),
      ),
      this.#store.comparisons.count(organizationId, pair, wanted),
    ]);
    return { ...page, totalCount };
  }
}

function totalsView({ counts, exploitedCount }: TotalsRecord): FindingChangeTotals {
  return { counts: countsView(counts), exploitedCount };
}
