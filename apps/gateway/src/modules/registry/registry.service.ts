import { isDigest } from '@esscm/oci-client';
import { RegistryError, type RegistryImage, type RegistryRepository } from '@esscm/registry-core';
import type { Store, TrackedImageRecord } from '@esscm/store';
import { type CountedPage, listPage } from '../../graphql/list-page.js';
import type { PagingArguments } from '../../graphql/paging.js';
import { notFoundProblem, registryProblem, validationProblem } from '../../graphql/problems.js';
import { type NotFoundProblem, Problem, type RegistryProblem, type ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { VerificationService } from '../verification/verification.service.js';
import type { ImageOrder } from './image-list.js';
import type { RegistrySource } from './registry-access.js';
import type { ListingView } from './registry-listings.js';
import type { RegistryLists } from './registry-lists.js';
import type { ManifestRead, ManifestPlace } from './manifest-reads.js';
import type { RegistryManifests } from './registry-manifests.js';
import { type LayerTotals, layerTotals } from './shared-layers.js';
import type { RegistrySourceInput } from './registry.input.js';
import type { TreeNode } from './repository-tree.js';

interface RegistryServiceOptions {
  readonly store: Store;
  readonly drafts: Pick<VerificationService, 'findDraft'>;
  readonly lists: RegistryLists;
  readonly manifests: RegistryManifests;
}

export type BrowseProblem = RegistryProblem | NotFoundProblem | ValidationProblem;

export interface BrowseArguments extends PagingArguments {
  readonly search?: string | null | undefined;
  readonly refresh: boolean;
}

/** A page of what a registry holds, and what is known of the list it is from. */
export interface ListedPage<T> extends CountedPage<T> {
  readonly complete: boolean;
  readonly listedAt: Date;
  readonly calls: number;
  readonly problem: RegistryProblem | undefined;
}

/** A node of the repository tree, with what is known of the images below it. */
export interface BrowsedNode extends TreeNode {
  readonly uri: string | undefined;
  readonly imageCount: number | undefined;
}

export interface BrowsedImage extends RegistryImage {
  readonly repositoryUri: string | undefined;
  readonly trackedImageIds: readonly string[];
}

/** A page of images, and what can be said of all that match. */
export interface BrowsedImages extends ListedPage<BrowsedImage> {
  /** Undefined where the registry does not say the size of each. */
  readonly sizeBytes: number | undefined;
  /** Those that an image of the organisation follows or pins. */
  readonly trackedImageCount: number;
}

/** Platforms of one image of a page; none where `problem` says why. */
export interface BrowsedPlatforms {
  readonly digest: string;
  readonly platforms: readonly string[];
  readonly problem: RegistryProblem | undefined;
}

/** Layers of images added up; those that were not read are not in the numbers. */
export interface SelectedLayerTotals extends LayerTotals {
  readonly unreadCount: number;
  readonly problem: RegistryProblem | undefined;
}

/** A page of rows of the web app. */
const maximumDigests = 50;

/** Images whose layers one question adds up. */
const maximumSelected = 100;

/** Pages of tracked images of one name that are looked at to mark images as tracked. */
const maximumTrackedPages = 10;

/** Looking through a registry before choosing images. */
export class RegistryService {
  readonly #options: RegistryServiceOptions;

  constructor(options: RegistryServiceOptions) {
    this.#options = options;
  }

  async repositories(context: RequestContext, sourceInput: RegistrySourceInput, paging: BrowseArguments): Promise<ListedPage<RegistryRepository> | BrowseProblem> {
    return this.browse(context, sourceInput, async (source) => {
      const listing = await this.#options.lists.repositories(source, { refresh: paging.refresh, signal: context.signal });
      const { body } = listing;
      const page = listPage(body.names(paging.search ?? ''), paging, (name) => name);
      return listed(context, listing, { ...page, edges: page.edges.flatMap(({ cursor, node }) => ({ cursor, node: body.find(node) ?? { name: node, uri: node } })) });
    });
  }

  /** One level of the tree of repositories. */
  async tree(context: RequestContext, sourceInput: RegistrySourceInput, folder: string, paging: BrowseArguments): Promise<(ListedPage<BrowsedNode> & { readonly repositoryCount: number }) | BrowseProblem> {
    if (folder !== '' && !folder.endsWith('/')) return validationProblem(context, [{ field: 'folder', message: 'A folder ends with a slash.' }]);
    return this.browse(context, sourceInput, async (source) => {
      const { lists } = this.#options;
      const listing = await lists.repositories(source, { refresh: paging.refresh, signal: context.signal });
      const page = listPage(listing.body.level(folder, paging.search ?? ''), paging, ({ path }) => path);
      const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, uri: listing.body.find(node.path)?.uri, imageCount: lists.knownImageCount(source, node.path) } }));
      return { ...listed(context, listing, { ...page, edges }), repositoryCount: listing.body.names(paging.search ?? '').length };
    });
  }

  async images(
    context: RequestContext,
    sourceInput: RegistrySourceInput,
    repository: string,
    paging: BrowseArguments & { readonly order: ImageOrder },
  ): Promise<BrowsedImages | BrowseProblem> {
    if (repository === '' || repository.length > 255) {
      return validationProblem(context, [{ field: 'repository', message: 'A repository name has 1 to 255 characters.' }]);
    }
    return this.browse(context, sourceInput, async (source) => {
      const listing = await this.#options.lists.images(source, repository, { refresh: paging.refresh, signal: context.signal });
      const { body } = listing;
      const search = paging.search?.toLowerCase() ?? '';
      const all = body.ordered(paging.order);
      const rows = search === '' ? all : all.filter((row) => body.matches(row, search));
      const page = listPage(rows, paging, (row) => body.at(row).digest);
      const repositoryUri = this.#options.lists.knownUri(source, repository);
      const tracked = await this.#tracked(requireRequester(context).organization.id, repository, repositoryUri);
      const edges = page.edges.map(({ cursor, node: row }) => {
        const image = body.at(row);
        return { cursor, node: { ...image, repositoryUri, trackedImageIds: trackedIds(tracked, source, image) } };
      });
      const trackedImageCount = tracked.length === 0 ? 0 : rows.filter((row) => trackedIds(tracked, source, body.at(row)).length > 0).length;
      return { ...listed(context, listing, { ...page, edges }), sizeBytes: body.sizeOf(rows), trackedImageCount };
    });
  }

  /** Platforms of one image, as its index or configuration says them. */
  async platforms(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digest: string): Promise<readonly string[] | BrowseProblem> {
    const outcome = await this.#platforms(context, sourceInput, repository, { digest });
    if (outcome instanceof Problem) return outcome;
    const [read] = outcome;
    if (read === undefined) return [];
    return 'problem' in read ? registryProblem(context, read.problem) : read.value;
  }

  /** Platforms of the images of a page, each with what stood in its way. */
  async platformsOfPage(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digests: readonly string[]): Promise<readonly BrowsedPlatforms[] | BrowseProblem> {
    if (digests.length === 0 || digests.length > maximumDigests) return validationProblem(context, [{ field: 'digests', message: `Give 1 to ${maximumDigests} digests.` }]);
    const outcome = await this.#platforms(context, sourceInput, repository, Object.fromEntries(digests.map((digest, index) => [`digests.${index}`, digest])));
    if (outcome instanceof Problem) return outcome;
    return outcome.map((read) => ('problem' in read ? { digest: read.digest, platforms: [], problem: registryProblem(context, read.problem) } : { digest: read.digest, platforms: read.value, problem: undefined }));
  }

  /** What scanning the images downloads at most, each layer counted once. */
  async layersOf(context: RequestContext, sourceInput: RegistrySourceInput, images: readonly ManifestPlace[]): Promise<SelectedLayerTotals | BrowseProblem> {
    if (images.length === 0 || images.length > maximumSelected) return validationProblem(context, [{ field: 'images', message: `Give 1 to ${maximumSelected} images.` }]);
    const issues = images.flatMap(({ repository, digest }, index) => placeIssues(repository, { [`images.${index}.digest`]: digest }, `images.${index}.repository`));
    if (issues.length > 0) return validationProblem(context, issues);
    const reads = await this.browse(context, sourceInput, (source) => this.#options.manifests.layers.all(source, images, context.signal));
    if (reads instanceof Problem) return reads;
    const problems = reads.flatMap((read) => ('problem' in read ? [read.problem] : []));
    const [first] = problems;
    return {
      ...layerTotals(reads.flatMap((read) => ('value' in read ? [read.value] : []))),
      unreadCount: problems.length,
      problem: first && registryProblem(context, first),
    };
  }

  /** @param digests by the input field they came in */
  async #platforms(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digests: Readonly<Record<string, string>>): Promise<readonly ManifestRead<readonly string[]>[] | BrowseProblem> {
    const issues = placeIssues(repository, digests);
    if (issues.length > 0) return validationProblem(context, issues);
    const places = Object.values(digests).map((digest) => ({ repository, digest }));
    return this.browse(context, sourceInput, (source) => this.#options.manifests.platforms.all(source, places, context.signal));
  }

  /** Finds the source and words what its registry refuses. */
  async browse<T>(context: RequestContext, input: RegistrySourceInput, list: (source: RegistrySource) => Promise<T>): Promise<T | BrowseProblem> {
    if ((input.connectionId == null) === (input.draftId == null)) {
      return validationProblem(context, [{ field: 'source', message: 'Give either `connectionId` or `draftId`.' }]);
    }
    const source = await this.#find(context, input);
    if (source === undefined) return notFoundProblem(context, input.connectionId == null ? 'draft' : 'connection');
    try {
      return await list(source);
    } catch (error) {
      if (error instanceof RegistryError) return registryProblem(context, error);
      throw error;
    }
  }

  async #find(context: RequestContext, input: RegistrySourceInput): Promise<RegistrySource | undefined> {
    if (input.connectionId != null) {
      const record = await this.#options.store.connections.find(requireRequester(context).organization.id, input.connectionId);
      return record === undefined ? undefined : { kind: 'connection', record };
    }
    const record = input.draftId == null ? undefined : await this.#options.drafts.findDraft(context, input.draftId);
    return record === undefined ? undefined : { kind: 'draft', record };
  }

  /** Tracked images of a repository, by its address where a list said it: a connection may cover several registries. */
  async #tracked(organizationId: string, repository: string, uri: string | undefined): Promise<readonly TrackedImageRecord[]> {
    const tracked: TrackedImageRecord[] = [];
    let after: string | undefined;
    for (let count = 0; count < maximumTrackedPages; count += 1) {
      const page = await this.#options.store.images.list(organizationId, { search: repository }, { first: 100, ...(after !== undefined && { after }) });
      tracked.push(...page.items.filter((image) => (uri === undefined ? image.repository === repository : image.name === uri)));
      after = page.nextCursor;
      if (after === undefined) break;
    }
    return tracked;
  }
}

function listed<T>(context: RequestContext, { complete, listedAt, calls, problem }: ListingView<unknown>, page: CountedPage<T>): ListedPage<T> {
  return { ...page, complete, listedAt, calls, problem: problem === undefined ? undefined : registryProblem(context, problem) };
}

function trackedIds(tracked: readonly TrackedImageRecord[], source: RegistrySource, image: RegistryImage): readonly string[] {
  const followed = tracked.filter(
    ({ connectionId, pinnedDigest, tag }) =>
      (source.kind === 'draft' || connectionId === source.record.id) &&
      (pinnedDigest === undefined ? tag !== undefined && image.tags.includes(tag) : pinnedDigest === image.digest),
  );
  return followed.map(({ id }) => id);
}

/** @param digests by the input field they came in */
function placeIssues(repository: string, digests: Readonly<Record<string, string>>, repositoryField = 'repository') {
  return [
    ...(repository === '' || repository.length > 255 ? [{ field: repositoryField, message: 'A repository name has 1 to 255 characters.' }] : []),
    ...Object.entries(digests).flatMap(([field, digest]) => (isDigest(digest) ? [] : [{ field, message: 'A digest is written sha256: and 64 digits.' }])),
  ];
}
