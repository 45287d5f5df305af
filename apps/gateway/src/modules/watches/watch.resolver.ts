import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { RegistryConnection } from '../connections/connection.type.js';
import type { WatchService } from './watch.service.js';
import { ConnectionWatch, DeletionImpact, EventSecretResult, WatchPayload, WatchResult } from './watch.type.js';

/** How connections stay current. */
@Resolver(() => RegistryConnection)
export class WatchResolver {
  readonly #store: Pick<Store, 'connections'>;
  readonly #service: WatchService;

  constructor(store: Pick<Store, 'connections'>, service: WatchService) {
    this.#store = store;
    this.#service = service;
  }

  @Authorized('CONNECT')
  @Mutation(() => WatchResult, { description: 'Changes how a connection stays current. Resuming looks at the registry at once.' })
  async changeWatch(
    @Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string,
    @Arg('everyMinutes', () => Int, { nullable: true, description: '5 to 10080.' }) everyMinutes: number | null | undefined,
    @Arg('paused', () => Boolean, { nullable: true, description: 'Whether to stop looking.' }) paused: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<WatchResult> {
    const outcome = await this.#service.change(context, connectionId, { everyMinutes, paused });
    return outcome instanceof Problem ? outcome : instance(WatchPayload, { connectionId, watch: outcome });
  }

  @Authorized('SCAN')
  @Mutation(() => WatchResult, { description: 'Looks at a registry now, also when it is paused.' })
  async checkConnection(@Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string, @Ctx() context: RequestContext): Promise<WatchResult> {
    const outcome = await this.#service.check(context, connectionId);
    return outcome instanceof Problem ? outcome : instance(WatchPayload, { connectionId, watch: outcome });
  }

  @Authorized('CONNECT')
  @Mutation(() => EventSecretResult, { description: 'Makes a secret that the registry\'s events are accepted with, in place of an earlier one.' })
  async createEventSecret(
    @Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string,
    @Ctx() context: RequestContext,
  ): Promise<EventSecretResult> {
    return this.#service.createSecret(context, connectionId);
  }

  @FieldResolver(() => ConnectionWatch, { nullable: true, description: 'How it stays current; null in the moment between an upgrade and the first start of a scanner.' })
  watch(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<ConnectionWatch | undefined> {
    return this.#service.of(requireRequester(context).organization.id, connection.id);
  }

  @FieldResolver(() => DeletionImpact, { description: 'What deleting it would remove.' })
  async deletionImpact(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<DeletionImpact> {
    const impact = await this.#store.connections.deletionImpact(requireRequester(context).organization.id, connection.id);
    return instance(DeletionImpact, impact ?? { images: 0, results: 0, selections: 0 });
  }
}
