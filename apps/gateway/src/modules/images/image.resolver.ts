import type { PluginRegistry } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { readPage } from '../../graphql/paging.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { connectionView } from '../connections/connection-view.js';
import { RegistryConnection } from '../connections/connection.type.js';
import { ProjectVersionReference } from '../projects/project.type.js';
import { scanView } from '../scans/scan-view.js';
import { Scan } from '../scans/scan.type.js';
import { ImageContent } from './image-content.type.js';
import { ImageFilterInput } from './image.input.js';
import { contentView, imageView } from './image-view.js';
import { Image, ImageConnection } from './image.type.js';

/** Tracked images and what they belong to. */
@Resolver(() => Image)
export class ImageResolver {
  readonly #store: Store;
  readonly #plugins: Pick<PluginRegistry, 'get'>;

  constructor(store: Store, plugins: Pick<PluginRegistry, 'get'>) {
    this.#store = store;
    this.#plugins = plugins;
  }

  @Authorized('READ')
  @Query(() => ImageConnection, { description: 'Tracked images, by name, then tag.' })
  images(
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('filter', () => ImageFilterInput, { nullable: true, description: 'Which images; all without it.' }) filter: ImageFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ImageConnection> {
    const organizationId = requireRequester(context).organization.id;
    const wanted = {
      ...(filter?.connectionId != null && { connectionId: filter.connectionId }),
      ...(filter?.projectId != null && { projectId: filter.projectId }),
      ...(filter?.projectVersionId != null && { projectVersionId: filter.projectVersionId }),
      ...(filter?.search != null && filter.search !== '' && { search: filter.search }),
    };
    return readPage({ first, after }, (page) => this.#store.images.list(organizationId, wanted, page), imageView);
  }

  @Authorized('READ')
  @Query(() => Image, { nullable: true, description: 'One tracked image.' })
  async image(
    @Arg('id', () => ID, { description: 'Id of the image.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Image | undefined> {
    const record = await this.#store.images.find(requireRequester(context).organization.id, id);
    return record === undefined ? undefined : imageView(record);
  }

  @FieldResolver(() => RegistryConnection, { description: 'The connection it is read through.' })
  async connection(@Root() image: Image, @Ctx() context: RequestContext): Promise<RegistryConnection> {
    const record = await context.loaders.connections.load(image.connectionId);
    if (record === undefined) throw new Error(`The image ${image.id} names a connection that is gone.`);
    return connectionView(this.#plugins, record);
  }

  @FieldResolver(() => ProjectVersionReference, { description: 'What it belongs to.' })
  async projectVersion(@Root() image: Image, @Ctx() context: RequestContext): Promise<ProjectVersionReference> {
    const version = await context.loaders.projectVersions.load(image.projectVersionId);
    const project = version === undefined ? undefined : await context.loaders.projects.load(version.projectId);
    if (version === undefined || project === undefined) throw new Error(`The image ${image.id} names a project version that is gone.`);
    return { id: version.id, version: version.version, projectId: project.id, projectName: project.name };
  }

  @FieldResolver(() => ImageContent, { nullable: true, description: 'The result of the last scan that ended well; null before the first.' })
  async content(@Root() image: Image, @Ctx() context: RequestContext): Promise<ImageContent | undefined> {
    const record = image.contentId === undefined ? undefined : await context.loaders.contents.load(image.contentId);
    return record === undefined ? undefined : contentView(record, image.id);
  }

  @FieldResolver(() => Scan, { nullable: true, description: 'The newest scan, whatever came of it.' })
  async latestScan(@Root() image: Image, @Ctx() context: RequestContext): Promise<Scan | undefined> {
    const record = await context.loaders.latestScans.load(image.id);
    return record === undefined ? undefined : scanView(record);
  }
}
