import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql';
import { failure } from '../../graphql/failures.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { FindingTrendService } from './finding-trend.service.js';
import { FindingDay } from './finding-trend.type.js';

const maximumDays = 366;

/** Findings over time. */
@Resolver()
export class FindingTrendResolver {
  readonly #service: FindingTrendService;

  constructor(service: FindingTrendService) {
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => [FindingDay], { description: 'Findings by day, oldest first, today as it is now. A day on which nothing was recorded is absent.' })
  async findingTrend(
    @Arg('days', () => Int, { defaultValue: 14, description: '1 to 366, today included.' }) days: number,
    @Ctx() context: RequestContext,
  ): Promise<readonly FindingDay[]> {
    if (days < 1 || days > maximumDays) throw failure('BAD_USER_INPUT', `\`days\` is 1 to ${maximumDays}.`);
    return this.#service.days(requireRequester(context).organization.id, days);
  }
}
