import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { checkPageSize } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { BaseFix } from './base-fix.type.js';
import { mendingVersion } from './mending-version.js';
import { TopFix } from './top-fix.type.js';

/** Fewest changes that remove most risk. */
@Resolver()
export class TopFixResolver {
  readonly #store: Pick<Store, 'fixes'>;

  constructor(store: Pick<Store, 'fixes'>) {
    this.#store = store;
  }

  @Authorized('READ')
  @Query(() => [TopFix], { description: 'Packages to upgrade, the most worthwhile first: with exploited findings, then by critical, high and all findings mended.' })
  async topFixes(
    @Arg('first', () => Int, { defaultValue: 10, description: '1 to 100.' }) first: number,
    @Arg('imageId', () => ID, { nullable: true, description: 'Of one image; of all without it.' }) imageId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly TopFix[]> {
    const rows = await this.#store.fixes.list(requireRequester(context).organization.id, { limit: checkPageSize(first), ...(imageId != null && { imageId }) });
    return rows.map(({ fixVersions, distributionCount, ...row }) => ({ ...row, version: mendingVersion(row.ecosystem, fixVersions, distributionCount) }));
  }

  @Authorized('READ')
  @Query(() => [BaseFix], { description: 'Base images to build anew on, in the same order. Images whose base is not known are not in it.' })
  async baseFixes(
    @Arg('first', () => Int, { defaultValue: 10, description: '1 to 100.' }) first: number,
    @Arg('imageId', () => ID, { nullable: true, description: 'The base of one image, as far as it brings in findings; those of all without it.' }) imageId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly BaseFix[]> {
    const rows = await this.#store.fixes.bases(requireRequester(context).organization.id, { limit: checkPageSize(first), ...(imageId != null && { imageId }) });
    return rows.map(({ baseDiffId, ...row }) => ({ ...row, baseLayer: baseDiffId }));
  }
}
