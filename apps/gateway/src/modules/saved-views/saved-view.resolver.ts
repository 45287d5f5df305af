import { type Store, StoreError } from '@esscm/store';
import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { instance } from '../../graphql/instance.js';
import { notFoundProblem, validationProblem } from '../../graphql/problems.js';
import { issuesOf } from '../../graphql/validation.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { DeleteViewPayload, DeleteViewResult, SavedView, SaveViewPayload, SaveViewResult } from './saved-view.type.js';

const viewSchema = z.object({
  page: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'The page is not one that can have views.'),
  name: z.string().trim().min(1, 'Give the view a name.').max(60, 'A name has at most 60 characters.'),
  query: z.string().max(2000, 'This filter is too long to keep.'),
});

/** Filters kept under a name. */
@Resolver()
export class SavedViewResolver {
  readonly #store: Pick<Store, 'savedViews'>;

  constructor(store: Pick<Store, 'savedViews'>) {
    this.#store = store;
  }

  @Authorized('READ')
  @Query(() => [SavedView], { description: 'Saved views of one page, by name.' })
  async savedViews(
    @Arg('page', () => String, { description: 'Such as `findings`.' }) page: string,
    @Ctx() context: RequestContext,
  ): Promise<readonly SavedView[]> {
    const views = await this.#store.savedViews.list(requireRequester(context).organization.id);
    return views.filter((view) => view.page === page);
  }

  @Authorized('SCAN')
  @Mutation(() => SaveViewResult, { description: 'Keeps a view, or changes the one of this name.' })
  async saveView(
    @Arg('page', () => String, { description: 'Such as `findings`.' }) page: string,
    @Arg('name', () => String, { description: '1 to 60 characters.' }) name: string,
    @Arg('query', () => String, { description: "The query of the page's address, at most 2,000 characters." }) query: string,
    @Ctx() context: RequestContext,
  ): Promise<SaveViewResult> {
    const { organization, userId } = requireRequester(context);
    const parsed = viewSchema.safeParse({ page, name, query });
    if (!parsed.success) return validationProblem(context, issuesOf(parsed.error));
    try {
      const view = await this.#store.savedViews.save({ ...parsed.data, organizationId: organization.id, createdBy: userId });
      return instance(SaveViewPayload, { view });
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'too-many-views') throw error;
      return validationProblem(context, [{ field: 'name', message: `${error.message} ${error.remedy ?? ''}`.trim() }]);
    }
  }

  @Authorized('SCAN')
  @Mutation(() => DeleteViewResult, { description: 'Removes a saved view.' })
  async deleteView(@Arg('id', () => ID, { description: 'Id of the view.' }) id: string, @Ctx() context: RequestContext): Promise<DeleteViewResult> {
    const deleted = await this.#store.savedViews.delete(requireRequester(context).organization.id, id);
    return deleted ? instance(DeleteViewPayload, { id }) : notFoundProblem(context, 'view');
  }
}
