import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { RegistryConnection } from '../connections/connection.type.js';
import { RegistrySourceInput } from '../registry/registry.input.js';
import { SelectionInput } from './selection.input.js';
import type { SelectionService } from './selection.service.js';
import { Selection, SelectionPreview, SelectionPreviewResult, SelectionsPayload, SelectionsResult } from './selection.type.js';
import { selectionView } from './selection-view.js';

/** Rules of connections. */
@Resolver(() => RegistryConnection)
export class SelectionResolver {
  readonly #store: Pick<Store, 'selections'>;
  readonly #service: SelectionService;

  constructor(store: Pick<Store, 'selections'>, service: SelectionService) {
    this.#store = store;
    this.#service = service;
  }

  @Authorized('CONNECT')
  @Query(() => SelectionPreviewResult, { description: 'What rules would match now. Counts on while it is asked again, until `complete`.' })
  async selectionPreview(
    @Arg('source', () => RegistrySourceInput, { description: 'A draft or a connection.' }) source: RegistrySourceInput,
    @Arg('selections', () => [SelectionInput], { description: 'The rules; at most 20.' }) selections: readonly SelectionInput[],
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<SelectionPreviewResult> {
    const outcome = await this.#service.preview(context, source, selections, { first, after });
    return outcome instanceof Problem ? outcome : instance(SelectionPreview, outcome);
  }

  @Authorized('CONNECT')
  @Mutation(() => SelectionsResult, { description: 'Stores the rules of a connection in place of its earlier ones, and looks at the registry.' })
  async setSelections(
    @Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string,
    @Arg('selections', () => [SelectionInput], { description: 'All rules, in order; at most 20.' }) selections: readonly SelectionInput[],
    @Ctx() context: RequestContext,
  ): Promise<SelectionsResult> {
    const outcome = await this.#service.replace(context, connectionId, selections);
    if (outcome instanceof Problem) return outcome;
    const counts = await this.#store.selections.countImages(requireRequester(context).organization.id, connectionId);
    return instance(SelectionsPayload, { connectionId, selections: outcome.map((record) => selectionView(record, counts.get(record.id) ?? 0)) });
  }

  @FieldResolver(() => [Selection], { description: 'Its rules, in order: the first that wants an image takes it.' })
  async selections(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<readonly Selection[]> {
    const organizationId = requireRequester(context).organization.id;
    const [records, counts] = await Promise.all([
      this.#store.selections.list(organizationId, connection.id),
      this.#store.selections.countImages(organizationId, connection.id),
    ]);
    return records.map((record) => selectionView(record, counts.get(record.id) ?? 0));
  }
}
