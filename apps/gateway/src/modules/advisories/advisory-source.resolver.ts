import { advisoryChangeTopic } from '@esscm/jobs';
import type { AdvisorySourceRecord, Store } from '@esscm/store';
import { Arg, Authorized, Ctx, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { GatewayJobs } from '../../dependencies.js';
import { failure } from '../../graphql/failures.js';
import type { RequestContext } from '../../request-context.js';
import { followAdvisorySources } from './follow-advisory-sources.js';
import { AdvisorySource, UpdateAdvisoriesPayload } from './advisory-source.type.js';

const maximumNames = 100;

/** Where advisories come from and how current they are. */
@Resolver(() => AdvisorySource)
export class AdvisorySourceResolver {
  readonly #store: Pick<Store, 'advisorySources'>;
  readonly #jobs: Pick<GatewayJobs, 'events'>;

  constructor(store: Pick<Store, 'advisorySources'>, jobs: Pick<GatewayJobs, 'events'>) {
    this.#store = store;
    this.#jobs = jobs;
  }

  @Authorized('READ')
  @Query(() => [AdvisorySource], { description: 'Every source this installation keeps current, by name. Images bring them in: before the first scan there are none.' })
  async advisorySources(): Promise<readonly AdvisorySource[]> {
    return (await this.#store.advisorySources.list()).map(sourceView);
  }

  @Authorized('SCAN')
  @Mutation(() => UpdateAdvisoriesPayload, { description: 'Has sources brought up to date now instead of at their next time. Images are matched again afterwards by themselves.' })
  async updateAdvisories(
    @Arg('names', () => [String], { nullable: true, description: 'Which sources, at most 100; all without it.' }) names: readonly string[] | null | undefined,
  ): Promise<UpdateAdvisoriesPayload> {
    if (names != null && names.length > maximumNames) throw failure('BAD_USER_INPUT', `\`names\` names at most ${maximumNames} sources.`);
    const asked = new Set(await this.#store.advisorySources.requestNow(names ?? undefined));
    for (const source of asked) await this.#jobs.events.publish(advisoryChangeTopic, { source });
    const sources = await this.#store.advisorySources.list();
    return { sources: sources.filter(({ name }) => asked.has(name)).map(sourceView) };
  }

  @Authorized('READ')
  @Subscription(() => AdvisorySource, {
    description: 'Every change of a source. The first events are the present state.',
    subscribe: ({ context }: { context: RequestContext }) => followAdvisorySources({ ...context.follow, signal: context.signal }),
  })
  advisoryProgress(@Root() source: AdvisorySourceRecord, @Ctx() _context: RequestContext): AdvisorySource {
    return sourceView(source);
  }
}

function sourceView({ failures: _, feeds, ...source }: AdvisorySourceRecord): AdvisorySource {
  return { ...source, feeds: feeds.map(({ newestRecord, ...feed }) => ({ ...feed, newestRecord: newestRecord === '' ? undefined : newestRecord })) };
}
