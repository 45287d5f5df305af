import type { RegistryConnection } from '@esscm/registry-core';
import type { CallPaces } from './call-paces.js';
import { ImageList } from './image-list.js';
import type { RegistryAccess, RegistrySource } from './registry-access.js';
import type { ListingView, RegistryListings } from './registry-listings.js';
import { RepositoryList } from './repository-list.js';

interface RegistryListsOptions {
  readonly access: RegistryAccess;
  readonly listings: RegistryListings;
  readonly paces: CallPaces;
}

interface ListRequest {
  /** Ask the registry again instead of using a recent list. */
  readonly refresh: boolean;
  readonly signal: AbortSignal;
  /** Wait for the whole list, however long it takes. */
  readonly whole?: boolean;
}

/** The two kinds of lists of a connection or draft. Each is read once for all who ask, at the pace of its source. */
export class RegistryLists {
  readonly #options: RegistryListsOptions;

  constructor(options: RegistryListsOptions) {
    this.#options = options;
  }

  /** @throws RegistryError when there is no earlier list and none can be read */
  repositories(source: RegistrySource, request: ListRequest): Promise<ListingView<RepositoryList>> {
    return this.#options.listings.get(`${source.record.id} repositories`, {
      ...request,
      body: () => new RepositoryList(),
      meter: this.#options.paces.of(source.record.id),
      read: (options) => this.#read(source, (registry) => registry.listRepositories(options)),
    });
  }

  /** @throws RegistryError when there is no earlier list and none can be read */
  images(source: RegistrySource, repository: string, request: ListRequest): Promise<ListingView<ImageList>> {
    return this.#options.listings.get(imagesKey(source, repository), {
      ...request,
      body: () => new ImageList(),
      meter: this.#options.paces.of(source.record.id),
      read: (options) => this.#read(source, (registry) => registry.listImages(repository, options)),
    });
  }

  /** How many images a repository has, if a complete list of it is at hand. */
  knownImageCount(source: RegistrySource, repository: string): number | undefined {
    const view = this.#options.listings.peek<ImageList>(imagesKey(source, repository));
    return view?.complete === true ? view.body.length : undefined;
  }

  /** Address of a repository with the registry host, if a list that names it is at hand. */
  knownUri(source: RegistrySource, repository: string): string | undefined {
    return this.#options.listings.peek<RepositoryList>(`${source.record.id} repositories`)?.body.find(repository)?.uri;
  }

  async *#read<T>(source: RegistrySource, list: (registry: RegistryConnection) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    await using registry = await this.#options.access.open(source);
    yield* list(registry);
  }
}

function imagesKey(source: RegistrySource, repository: string): string {
  return `${source.record.id} images ${repository}`;
}
