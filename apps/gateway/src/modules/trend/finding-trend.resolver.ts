import { Arg, Authorized, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { failure } from '../../graphql/failures.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { FindingTrendService } from './finding-trend.service.js';
import { ProjectFindingDay } from './project-trend.type.js';
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
    return this.#service.days(requireRequester(context).organization.id, checkDays(days));
  }

  @Authorized('READ')
  @Query(() => [ProjectFindingDay], { description: 'The same of a project, or of one version of it. Versions without a record of a day take no part in it: `imageCount` says how many images did.' })
  async projectTrend(
    @Arg('projectId', () => ID, { description: 'Id of the project.' }) projectId: string,
    @Arg('projectVersionId', () => ID, { nullable: true, description: 'Id of one of its versions; all without it.' }) projectVersionId: string | null | undefined,
    @Arg('days', () => Int, { defaultValue: 30, description: '1 to 366, today included.' }) days: number,
    @Ctx() context: RequestContext,
  ): Promise<readonly ProjectFindingDay[]> {
    return this.#service.projectDays(requireRequester(context).organization.id, { projectId, ...(projectVersionId != null && { projectVersionId }) }, checkDays(days));
  }
}

function checkDays(days: number): number {
  if (days < 1 || days > maximumDays) throw failure('BAD_USER_INPUT', `\`days\` is 1 to ${maximumDays}.`);
  return days;
}
