import type { PluginRegistry } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { instance } from '../../graphql/instance.js';
import { readPage } from '../../graphql/paging.js';
import { notFoundProblem, validationProblem } from '../../graphql/problems.js';
import { issuesOf } from '../../graphql/validation.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { connectionView } from '../connections/connection-view.js';
import { RegistryConnection } from '../connections/connection.type.js';
import { ProjectVersionReference } from '../projects/project.type.js';
import { ImageCoverage } from '../coverage/image-coverage.type.js';
import { scanView } from '../scans/scan-view.js';
import { Scan } from '../scans/scan.type.js';
import { ImageContent } from './image-content.type.js';
import { ImageFilterInput } from './image.input.js';
import { contentView, imageView } from './image-view.js';
import { AssignImagePayload, AssignImageResult, Image, ImageConnection } from './image.type.js';

const name = (what: string) => z.string().trim().min(1, `Enter ${what}.`).max(100, 'At most 100 characters.');
const namesSchema = z.object({ projectName: name('a project name'), projectVersion: name('a version') });

/** Tracked images and what they belong to. */
@Resolver(() => Image)
export class ImageResolver {
  readonly #store: Store;
  readonly #plugins: Pick<PluginRegistry, 'get'>;
  readonly #now: () => Date;

  constructor(store: Store, plugins: Pick<PluginRegistry, 'get'>, now: () => Date) {
    this.#store = store;
    this.#plugins = plugins;
    this.#now = now;
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
      ...(filter?.coverage != null && { coverage: { kinds: filter.coverage, at: this.#now() } }),
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

  @Authorized('CONNECT')
  @Mutation(() => AssignImageResult, { description: 'Moves an image to a project and version, which are made when there are none.' })
  async assignImage(
    @Arg('id', () => ID, { description: 'Id of the image.' }) id: string,
    @Arg('projectName', () => String, { description: '1 to 100 characters.' }) projectName: string,
    @Arg('projectVersion', () => String, { description: '1 to 100 characters.' }) projectVersion: string,
    @Ctx() context: RequestContext,
  ): Promise<AssignImageResult> {
    const names = namesSchema.safeParse({ projectName, projectVersion });
    if (!names.success) return validationProblem(context, issuesOf(names.error));
    const record = await this.#store.images.assign(requireRequester(context).organization.id, id, names.data);
    return record === undefined ? notFoundProblem(context, 'image') : instance(AssignImagePayload, { image: instance(Image, imageView(record)) });
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

  @FieldResolver(() => ImageCoverage, { description: 'What is known of it.' })
  async coverage(@Root() image: Image, @Ctx() context: RequestContext): Promise<ImageCoverage> {
    const coverage = await context.loaders.imageCoverages.load({ id: image.id, at: this.#now() });
    if (coverage === undefined) throw new Error(`The image ${image.id} is gone.`);
    return coverage;
  }

  @FieldResolver(() => Scan, { nullable: true, description: 'The newest scan, whatever came of it.' })
  async latestScan(@Root() image: Image, @Ctx() context: RequestContext): Promise<Scan | undefined> {
    const record = await context.loaders.latestScans.load(image.id);
    return record === undefined ? undefined : scanView(record);
  }
}
