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
import type { PlatformsRead, RegistryManifests } from './registry-manifests.js';
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

/** Platforms of one image of a page; none where `problem` says why. */
export interface BrowsedPlatforms {
  readonly digest: string;
  readonly platforms: readonly string[];
  readonly problem: RegistryProblem | undefined;
}

/** A page of rows of the web app. */
const maximumDigests = 50;

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
  ): Promise<ListedPage<BrowsedImage> | BrowseProblem> {
    if (repository === '' || repository.length > 255) {
      return validationProblem(context, [{ field: 'repository', message: 'A repository name has 1 to 255 characters.' }]);
    }
    return this.browse(context, sourceInput, async (source) => {
      const listing = await this.#options.lists.images(source, repository, { refresh: paging.refresh, signal: context.signal });
      const { body } = listing;
      const search = paging.search?.toLowerCase() ?? '';
      const rows = body.ordered(paging.order);
      const page = listPage(search === '' ? rows : rows.filter((row) => body.matches(row, search)), paging, (row) => body.at(row).digest);
      const repositoryUri = this.#options.lists.knownUri(source, repository);
      const tracked = await this.#tracked(requireRequester(context).organization.id, repository, repositoryUri);
      const edges = page.edges.map(({ cursor, node: row }) => {
        const image = body.at(row);
        return { cursor, node: { ...image, repositoryUri, trackedImageIds: trackedIds(tracked, source, image) } };
      });
      return listed(context, listing, { ...page, edges });
    });
  }

  /** Platforms of one image, as its index or configuration says them. */
  async platforms(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digest: string): Promise<readonly string[] | BrowseProblem> {
    const outcome = await this.#platforms(context, sourceInput, repository, { digest });
    if (outcome instanceof Problem) return outcome;
    const [read] = outcome;
    return read?.problem === undefined ? (read?.platforms ?? []) : registryProblem(context, read.problem);
  }

  /** Platforms of the images of a page, each with what stood in its way. */
  async platformsOfPage(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digests: readonly string[]): Promise<readonly BrowsedPlatforms[] | BrowseProblem> {
    if (digests.length === 0 || digests.length > maximumDigests) return validationProblem(context, [{ field: 'digests', message: `Give 1 to ${maximumDigests} digests.` }]);
    const outcome = await this.#platforms(context, sourceInput, repository, Object.fromEntries(digests.map((digest, index) => [`digests.${index}`, digest])));
    if (outcome instanceof Problem) return outcome;
    return outcome.map(({ digest, platforms, problem }) => ({ digest, platforms, problem: problem === undefined ? undefined : registryProblem(context, problem) }));
  }

  /** @param digests by the input field they came in */
  async #platforms(context: RequestContext, sourceInput: RegistrySourceInput, repository: string, digests: Readonly<Record<string, string>>): Promise<readonly PlatformsRead[] | BrowseProblem> {
    if (repository === '' || repository.length > 255) return validationProblem(context, [{ field: 'repository', message: 'A repository name has 1 to 255 characters.' }]);
    const issues = Object.entries(digests).flatMap(([field, digest]) => (isDigest(digest) ? [] : [{ field, message: 'A digest is written sha256: and 64 digits.' }]));
    if (issues.length > 0) return validationProblem(context, issues);
    return this.browse(context, sourceInput, (source) => this.#options.manifests.platforms({ source, repository, digests: Object.values(digests), signal: context.signal }));
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
