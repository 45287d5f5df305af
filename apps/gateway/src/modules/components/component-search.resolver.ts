import type { PluginRegistry } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql';
import { listPage } from '../../graphql/list-page.js';
import { readPage } from '../../graphql/paging.js';
import { validationProblem } from '../../graphql/problems.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { connectionView } from '../connections/connection-view.js';
import { countsView } from '../findings/finding-view.js';
import { imageView } from '../images/image-view.js';
import { ComponentMatchSort, ComponentSearchInput } from './component-search.input.js';
import { versionId, type ComponentSearchService } from './component-search.service.js';
import { ComponentPlaceConnection, ComponentSearchResult, searchPayload, type ConnectionImageCount } from './component-search.type.js';

/** Components across every image. */
@Resolver()
export class ComponentSearchResolver {
  readonly #store: Pick<Store, 'packages'>;
  readonly #plugins: Pick<PluginRegistry, 'get'>;
  readonly #service: ComponentSearchService;

  constructor(store: Pick<Store, 'packages'>, plugins: Pick<PluginRegistry, 'get'>, service: ComponentSearchService) {
    this.#store = store;
    this.#plugins = plugins;
    this.#service = service;
  }

  @Authorized('READ')
  @Query(() => ComponentSearchResult, { description: 'Versions of components in the present results of all images.' })
  async searchComponents(
    @Arg('search', () => ComponentSearchInput, { description: 'What to look for.' }) search: ComponentSearchInput,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('sort', () => ComponentMatchSort, { defaultValue: ComponentMatchSort.MATCH, description: 'In which order.' }) sort: ComponentMatchSort,
    @Arg('reversed', () => Boolean, { defaultValue: false, description: 'The other way round.' }) reversed: boolean,
    @Ctx() context: RequestContext,
  ): Promise<ComponentSearchResult> {
    const startedAt = performance.now();
    const organizationId = requireRequester(context).organization.id;
    const found = await this.#service.search(organizationId, search, { sort, reversed });
    const tookMs = Math.round(performance.now() - startedAt);
    if (!('versions' in found)) return validationProblem(context, found);
    const { versions, imagesByConnection, componentCount, imageCount, truncated } = found;
    const connections = imagesByConnection.map(async ({ connectionId, count }): Promise<ConnectionImageCount | undefined> => {
      const record = await context.loaders.connections.load(connectionId);
      return record === undefined ? undefined : { connection: connectionView(this.#plugins, record), imageCount: count };
    });
    const page = listPage(versions, { first, after }, versionId);
    const views = await this.#service.views(organizationId, page.edges.map(({ node }) => node));
    return searchPayload({
      ...page,
      edges: page.edges.flatMap(({ cursor }, index) => views.slice(index, index + 1).map((node) => ({ cursor, node }))),
      componentCount,
      imageCount,
      connections: (await Promise.all(connections)).filter((entry) => entry !== undefined),
      tookMs,
      truncated,
    });
  }

  @Authorized('READ')
  @Query(() => ComponentPlaceConnection, { description: 'Every copy of one version of a component: images, and the files that prove it.' })
  componentPlaces(
    @Arg('packageKey', () => String, { description: 'The package URL without version.' }) packageKey: string,
    @Arg('version', () => String, { description: 'The version.' }) version: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ComponentPlaceConnection> {
    const organizationId = requireRequester(context).organization.id;
    return readPage(
      { first, after },
      (page) => this.#store.packages.places(organizationId, { packageKey, version }, page),
      ({ image, componentId, locations, findings }) => ({ image: imageView(image), componentId, locations, findings: findings && { ...findings, counts: countsView(findings.counts) } }),
    );
  }
}
