import type { RegistryRepository } from '@esscm/registry-core';
import { treeLevel, type TreeNode } from './repository-tree.js';

/** The repositories of a registry, by name. */
export class RepositoryList {
  readonly #byName = new Map<string, RegistryRepository>();
  #sorted: readonly string[] | undefined;
  #bytes = 4096;

  get length(): number {
    return this.#byName.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(page: readonly RegistryRepository[]): void {
    for (const repository of page) {
      this.#byName.set(repository.name, repository);
      this.#bytes += 200 + 2 * repository.name.length + repository.uri.length;
    }
    this.#sorted = undefined;
  }

  find(name: string): RegistryRepository | undefined {
    return this.#byName.get(name);
  }

  /** Names in byte order; with a search, those that contain it, whatever the case. */
  names(search = ''): readonly string[] {
    this.#sorted ??= [...this.#byName.keys()].toSorted();
    const text = search.toLowerCase();
    return text === '' ? this.#sorted : this.#sorted.filter((name) => name.toLowerCase().includes(text));
  }

  /** What stands directly below a folder (`''` for the top), folders first. */
  level(folder: string, search: string): readonly TreeNode[] {
    return treeLevel(this.names(search), folder);
  }
}
