import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { countsView } from './finding-view.js';
import { Matching } from './matching.type.js';
import { SeverityCounts } from './severity.type.js';

/** What a match is told with when it is asked for. */
@Resolver(() => Matching)
export class MatchingResolver {
  @FieldResolver(() => SeverityCounts, { description: 'Those of `counts` with a fixed version; together as many as `fixableCount`.' })
  async fixableCounts(@Root() { contentId }: Matching, @Ctx() context: RequestContext): Promise<SeverityCounts> {
    return countsView(await context.loaders.fixableCounts.load(contentId));
  }
}
