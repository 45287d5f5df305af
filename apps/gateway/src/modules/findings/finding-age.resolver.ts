import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { FindingAge } from './finding-age.type.js';
import { countsView, findingFilter } from './finding-view.js';
import { FindingFilterInput } from './finding.input.js';

const dayMs = 86_400_000;

/** How long findings have been known. */
@Resolver()
export class FindingAgeResolver {
  readonly #store: Pick<Store, 'findings'>;
  readonly #now: () => Date;

  constructor(store: Pick<Store, 'findings'>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  @Authorized('READ')
  @Query(() => [FindingAge], { description: 'Findings by how long ago they were first seen, youngest first; every age is there. Days are counted back from the last midnight in UTC.' })
  async findingAges(
    @Arg('filter', () => FindingFilterInput, { nullable: true, description: 'Which findings; all without it.' }) filter: FindingFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly FindingAge[]> {
    const now = this.#now();
    // From the beginning of the day, so that the numbers stay the same all day and lists with the same bounds hold what was counted.
    const today = new Date(Math.floor(now.getTime() / dayMs) * dayMs);
    const ages = await this.#store.findings.countByAge(requireRequester(context).organization.id, findingFilter(filter, now), today);
    return ages.map(({ counts, ...age }) => ({ ...age, counts: countsView(counts) }));
  }
}
