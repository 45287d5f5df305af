import { artifactName } from '@esscm/oci-client';
import type { RegistryImage as PluginImage } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import type { ReferenceService } from './reference.service.js';
import type { BrowsedImage, RegistryService } from './registry.service.js';
import { RegistrySourceInput } from './registry.input.js';
import type { ImageOrder } from './image-list.js';
import { ReferenceTags, ReferenceTagsResult } from './reference-tags.type.js';
import { ImagePlatforms, ImagePlatformsResult, PagePlatforms, PagePlatformsResult, type RegistryImage, RegistryImageConnection, RegistryImageOrder, RegistryImagesResult } from './registry-image.type.js';
import { RepositoriesResult, RepositoryConnection, RepositoryTreeConnection, RepositoryTreeResult } from './repository.type.js';
import { RegistryImageInput, SelectedLayers, SelectedLayersResult } from './selected-layers.type.js';
import { ResolvedReference, ResolveReferenceResult } from './resolved-reference.type.js';

/** What registries hold, asked now or a short while ago. */
@Resolver()
export class RegistryResolver {
  readonly #service: RegistryService;
  readonly #references: ReferenceService;

  constructor(service: RegistryService, references: ReferenceService) {
    this.#service = service;
    this.#references = references;
  }

  @Authorized('CONNECT')
  @Query(() => RepositoriesResult, { description: 'Repositories a draft or a connection can see, sorted by name.' })
  async repositories(
    @Arg('source', () => RegistrySourceInput, { description: 'What to browse.' }) source: RegistrySourceInput,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name.' }) search: string | null | undefined,
    @Arg('refresh', () => Boolean, { defaultValue: false, description: 'Ask the registry again instead of using a recent list.' }) refresh: boolean,
    @Ctx() context: RequestContext,
  ): Promise<RepositoriesResult> {
    const outcome = await this.#service.repositories(context, source, { first, after, search, refresh });
    return outcome instanceof Problem ? outcome : instance(RepositoryConnection, outcome);
  }

  @Authorized('CONNECT')
  @Query(() => RepositoryTreeResult, { description: 'One level of the tree that the paths of repositories make.' })
  async repositoryTree(
    @Arg('source', () => RegistrySourceInput, { description: 'What to browse.' }) source: RegistrySourceInput,
    @Arg('folder', () => String, { defaultValue: '', description: 'Whose level: the path of a folder, or nothing for the top.' }) folder: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name; the tree is then made of those that match.' }) search: string | null | undefined,
    @Arg('refresh', () => Boolean, { defaultValue: false, description: 'Ask the registry again instead of using a recent list.' }) refresh: boolean,
    @Ctx() context: RequestContext,
  ): Promise<RepositoryTreeResult> {
    const outcome = await this.#service.tree(context, source, folder, { first, after, search, refresh });
    return outcome instanceof Problem ? outcome : instance(RepositoryTreeConnection, outcome);
  }

  @Authorized('CONNECT')
  @Query(() => RegistryImagesResult, { description: 'Images of one repository.' })
  async registryImages(
    @Arg('source', () => RegistrySourceInput, { description: 'What to browse.' }) source: RegistrySourceInput,
    @Arg('repository', () => String, { description: 'Path inside the registry.' }) repository: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the entry before the page.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of a tag, or of the digest (7 digits or more).' }) search: string | null | undefined,
    @Arg('order', () => RegistryImageOrder, { defaultValue: RegistryImageOrder.NEWEST, description: 'What to sort by.' }) order: ImageOrder,
    @Arg('refresh', () => Boolean, { defaultValue: false, description: 'Ask the registry again instead of using a recent list.' }) refresh: boolean,
    @Ctx() context: RequestContext,
  ): Promise<RegistryImagesResult> {
    const outcome = await this.#service.images(context, source, repository, { first, after, search, order, refresh });
    if (outcome instanceof Problem) return outcome;
    const edges = outcome.edges.map(({ cursor, node }) => ({ cursor, node: imageView(node) }));
    return instance(RegistryImageConnection, { ...outcome, edges });
  }

  @Authorized('CONNECT')
  @Query(() => ImagePlatformsResult, { description: 'Platforms of one image, read from its manifest: lists of registries do not say them.' })
  async registryImagePlatforms(
    @Arg('source', () => RegistrySourceInput, { description: 'A draft or a connection.' }) source: RegistrySourceInput,
    @Arg('repository', () => String, { description: 'Path inside the registry.' }) repository: string,
    @Arg('digest', () => String, { description: 'Digest of the image or index.' }) digest: string,
    @Ctx() context: RequestContext,
  ): Promise<ImagePlatformsResult> {
    const outcome = await this.#service.platforms(context, source, repository, digest);
    return outcome instanceof Problem ? outcome : instance(ImagePlatforms, { digest, platforms: outcome });
  }

  @Authorized('CONNECT')
  @Query(() => PagePlatformsResult, { description: 'Platforms of the images of a page, read from their manifests. Each digest is asked for once, few at a time; one that cannot be read has its own problem.' })
  async registryPagePlatforms(
    @Arg('source', () => RegistrySourceInput, { description: 'A draft or a connection.' }) source: RegistrySourceInput,
    @Arg('repository', () => String, { description: 'Path inside the registry.' }) repository: string,
    @Arg('digests', () => [String], { description: '1 to 50 digests of images or indexes.' }) digests: readonly string[],
    @Ctx() context: RequestContext,
  ): Promise<PagePlatformsResult> {
    const outcome = await this.#service.platformsOfPage(context, source, repository, digests);
    return outcome instanceof Problem ? outcome : instance(PagePlatforms, { images: outcome });
  }

  @Authorized('CONNECT')
  @Query(() => SelectedLayersResult, { description: 'Layers of images added up, each counted once, read from their manifests. Each digest is asked for once, few at a time.' })
  async selectedLayers(
    @Arg('source', () => RegistrySourceInput, { description: 'A draft or a connection.' }) source: RegistrySourceInput,
    @Arg('images', () => [RegistryImageInput], { description: '1 to 100 images or indexes.' }) images: readonly RegistryImageInput[],
    @Ctx() context: RequestContext,
  ): Promise<SelectedLayersResult> {
    const outcome = await this.#service.layersOf(context, source, images);
    return outcome instanceof Problem ? outcome : instance(SelectedLayers, outcome);
  }

  @Authorized('CONNECT')
  @Query(() => ResolveReferenceResult, { description: 'Reads a reference as typed and asks the registry what is behind it now.' })
  async resolveReference(
    @Arg('plugin', () => ID, { description: 'Id of the plugin.' }) plugin: string,
    @Arg('variant', () => ID, { description: 'Id of its variant.' }) variant: string,
    @Arg('reference', () => String, { description: 'As typed.' }) reference: string,
    @Ctx() context: RequestContext,
  ): Promise<ResolveReferenceResult> {
    const outcome = await this.#references.resolve(context, { plugin, variant, reference });
    return outcome instanceof Problem ? outcome : instance(ResolvedReference, outcome);
  }

  @Authorized('CONNECT')
  @Query(() => ReferenceTagsResult, { description: 'Tags of the repository of a reference that is read without credentials.' })
  async referenceTags(
    @Arg('plugin', () => ID, { description: 'Id of the plugin.' }) plugin: string,
    @Arg('variant', () => ID, { description: 'Id of its variant.' }) variant: string,
    @Arg('reference', () => String, { description: 'As typed; its own tag changes nothing.' }) reference: string,
    @Arg('search', () => String, { defaultValue: '', description: 'Part of the tag.' }) search: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 200.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<ReferenceTagsResult> {
    const outcome = await this.#references.tags(context, { plugin, variant, reference, search, first });
    return outcome instanceof Problem ? outcome : instance(ReferenceTags, outcome);
  }
}

function imageView(image: PluginImage & Pick<BrowsedImage, 'trackedImageIds' | 'repositoryUri'>): RegistryImage {
  const { digest, tags, sizeBytes, pushedAt, lastPulledAt, kind, artifactType, status, repositoryUri, trackedImageIds } = image;
  const name = artifactType === undefined ? undefined : artifactName(artifactType);
  return { digest, tags, sizeBytes, pushedAt, lastPulledAt, kind, artifactType, artifactName: name, status, repositoryUri, trackedImageIds };
}
