import type { PluginRegistry } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { readPage } from '../../graphql/paging.js';
import { notFoundProblem } from '../../graphql/problems.js';
import { Problem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { LatestScanTotals, ScanCounts } from '../scans/scan-counts.type.js';
import { scanView } from '../scans/scan-view.js';
import { ConnectImageInput, ConnectInput } from './connect.input.js';
import type { ConnectService } from './connect.service.js';
import { ConnectPayload, ConnectResult, DeleteConnectionPayload, DeleteConnectionResult, TrackImagesPayload, TrackImagesResult } from './connect.type.js';
import { connectionView } from './connection-view.js';
import { ConnectionConnection, RegistryConnection } from './connection.type.js';

/** Connections that exist. */
@Resolver(() => RegistryConnection)
export class ConnectionResolver {
  readonly #store: Store;
  readonly #plugins: Pick<PluginRegistry, 'get'>;
  readonly #service: ConnectService;

  constructor(store: Store, plugins: Pick<PluginRegistry, 'get'>, service: ConnectService) {
    this.#store = store;
    this.#plugins = plugins;
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => ConnectionConnection, { description: 'Connections of the organisation, newest first.' })
  connections(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ConnectionConnection> {
    const organizationId = requireRequester(context).organization.id;
    return readPage(
      { first, after },
      (page) => this.#store.connections.list(organizationId, page),
      (record) => connectionView(this.#plugins, record),
    );
  }

  @Authorized('READ')
  @Query(() => RegistryConnection, { nullable: true, description: 'One connection.' })
  async connection(
    @Arg('id', () => ID, { description: 'Id of the connection.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RegistryConnection | undefined> {
    const record = await this.#store.connections.find(requireRequester(context).organization.id, id);
    return record === undefined ? undefined : connectionView(this.#plugins, record);
  }

  @Authorized('CONNECT')
  @Mutation(() => ConnectResult, { description: 'Connects a registry and scans the chosen images.' })
  async connect(
    @Arg('input', () => ConnectInput, { description: 'What to connect.' }) input: ConnectInput,
    @Ctx() context: RequestContext,
  ): Promise<ConnectResult> {
    return this.#answer(await this.#service.connect(context, input));
  }

  @Authorized('CONNECT')
  @Mutation(() => ConnectResult, { description: 'Connects the built-in sample registry and scans its images.' })
  async connectSample(@Ctx() context: RequestContext): Promise<ConnectResult> {
    return this.#answer(await this.#service.connectSample(context));
  }

  @Authorized('CONNECT')
  @Mutation(() => TrackImagesResult, { description: 'Tracks and scans further images of a connection; one that is tracked already is scanned again.' })
  async trackImages(
    @Arg('connectionId', () => ID, { description: 'Id of the connection.' }) connectionId: string,
    @Arg('images', () => [ConnectImageInput], { description: 'At least one, at most 500.' }) images: readonly ConnectImageInput[],
    @Ctx() context: RequestContext,
  ): Promise<TrackImagesResult> {
    const outcome = await this.#service.track(context, connectionId, images);
    if (outcome instanceof Problem) return outcome;
    return instance(TrackImagesPayload, { scans: outcome.scans.map(scanView), imageCount: outcome.images.length });
  }

  @Authorized('CONNECT')
  @Mutation(() => DeleteConnectionResult, { description: 'Removes a connection with its images and scans.' })
  async deleteConnection(
    @Arg('id', () => ID, { description: 'Id of the connection.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<DeleteConnectionResult> {
    const deleted = await this.#service.delete(context, id);
    return deleted ? instance(DeleteConnectionPayload, { id }) : notFoundProblem(context, 'connection');
  }

  @FieldResolver(() => Int, { description: 'Tracked images of the connection.' })
  imageCount(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<number> {
    return context.loaders.connectionImageCounts.load(connection.id);
  }

  @FieldResolver(() => ScanCounts, { description: 'Its scans by state.' })
  scanCounts(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<ScanCounts> {
    return context.loaders.connectionScanCounts.load(connection.id);
  }

  @FieldResolver(() => LatestScanTotals, { description: 'What became of its images: the newest scan of each, added up.' })
  latestScanTotals(@Root() connection: RegistryConnection, @Ctx() context: RequestContext): Promise<LatestScanTotals> {
    return this.#store.scans.latestTotals(requireRequester(context).organization.id, connection.id);
  }

  #answer(outcome: Awaited<ReturnType<ConnectService['connect']>>): ConnectResult {
    if (outcome instanceof Problem) return outcome;
    return instance(ConnectPayload, {
      connection: connectionView(this.#plugins, outcome.connection),
      scans: outcome.scans.map(scanView),
    });
  }
}
