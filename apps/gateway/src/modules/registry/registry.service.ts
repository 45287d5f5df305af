import { type RegistryConnection, RegistryError, type RegistryImage, type RegistryRepository } from '@esscm/registry-core';
import type { Store, TrackedImageRecord } from '@esscm/store';
import type { PagingArguments } from '../../graphql/paging.js';
import { notFoundProblem, registryProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { VerificationService } from '../verification/verification.service.js';
import { type ListingConnection, listingPage } from './listing-page.js';
import type { RegistryAccess, RegistrySource } from './registry-access.js';
import type { RegistryListings } from './registry-listings.js';
import type { RegistrySourceInput } from './registry.input.js';

interface RegistryServiceOptions {
  readonly store: Store;
  readonly drafts: Pick<VerificationService, 'findDraft'>;
  readonly access: RegistryAccess;
  readonly listings: RegistryListings;
}

type BrowseProblem = RegistryProblem | NotFoundProblem | ValidationProblem;

export interface BrowseArguments extends PagingArguments {
  readonly search?: string | null | undefined;
  readonly refresh: boolean;
}

export interface BrowsedImage extends RegistryImage {
  readonly trackedImageIds: readonly string[];
}

/** Pages of tracked images of one name that are looked at to mark images as tracked. */
const maximumTrackedPages = 10;

/** Looking through a registry before choosing images. */
export class RegistryService {
  readonly #options: RegistryServiceOptions;

  constructor(options: RegistryServiceOptions) {
    this.#options = options;
  }

  async repositories(
    context: RequestContext,
    sourceInput: RegistrySourceInput,
    paging: BrowseArguments,
  ): Promise<ListingConnection<RegistryRepository> | BrowseProblem> {
    return this.#browse(context, sourceInput, async (source) => {
      const listing = await this.#options.listings.get(`${source.record.id} repositories`, {
        refresh: paging.refresh,
        signal: context.signal,
        read: (signal) => this.#read(source, (registry) => registry.listRepositories({ signal })),
      });
      const search = paging.search?.toLowerCase() ?? '';
      return listingPage(listing, paging, { key: ({ name }) => [0, name] }, ({ name }) => name.includes(search));
    });
  }

  async images(
    context: RequestContext,
    sourceInput: RegistrySourceInput,
    repository: string,
    paging: BrowseArguments,
  ): Promise<ListingConnection<BrowsedImage> | BrowseProblem> {
    if (repository === '' || repository.length > 255) {
      return validationProblem(context, [{ field: 'repository', message: 'A repository name has 1 to 255 characters.' }]);
    }
    return this.#browse(context, sourceInput, async (source) => {
      const listing = await this.#options.listings.get(`${source.record.id} images ${repository}`, {
        refresh: paging.refresh,
        signal: context.signal,
        read: (signal) => this.#read(source, (registry) => registry.listImages(repository, { signal })),
      });
      const search = paging.search?.toLowerCase() ?? '';
      const matches = (image: RegistryImage) =>
        search === '' || image.digest.includes(search) || image.tags.some((tag) => tag.toLowerCase().includes(search));
      const page = listingPage(listing, paging, { key: (image) => [-(image.pushedAt?.getTime() ?? 0), image.digest] }, matches);
      const tracked = await this.#tracked(requireRequester(context).organization.id, repository);
      const edges = page.edges.map((edge) => ({ ...edge, node: { ...edge.node, trackedImageIds: trackedIds(tracked, source, edge.node) } }));
      return { ...page, edges };
    });
  }

  async #browse<T>(context: RequestContext, input: RegistrySourceInput, list: (source: RegistrySource) => Promise<T>): Promise<T | BrowseProblem> {
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

  async *#read<T>(source: RegistrySource, list: (registry: RegistryConnection) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    await using registry = await this.#options.access.open(source);
    yield* list(registry);
  }

  async #tracked(organizationId: string, repository: string): Promise<readonly TrackedImageRecord[]> {
    const tracked: TrackedImageRecord[] = [];
    let after: string | undefined;
    for (let count = 0; count < maximumTrackedPages; count += 1) {
      const page = await this.#options.store.images.list(organizationId, { search: repository }, { first: 100, ...(after !== undefined && { after }) });
      tracked.push(...page.items.filter((image) => image.repository === repository));
      after = page.nextCursor;
      if (after === undefined) break;
    }
    return tracked;
  }
}

function trackedIds(tracked: readonly TrackedImageRecord[], source: RegistrySource, image: RegistryImage): readonly string[] {
  const followed = tracked.filter(
    ({ connectionId, pinnedDigest, tag }) =>
      (source.kind === 'draft' || connectionId === source.record.id) &&
      (pinnedDigest === undefined ? tag !== undefined && image.tags.includes(tag) : pinnedDigest === image.digest),
  );
  return followed.map(({ id }) => id);
}
