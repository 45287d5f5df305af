import type { ComponentContents, ComponentDraft, FileOwnership } from '../cataloguers/cataloguer.js';
import { baseName, parentPath } from '../layers/layer-path.js';

/**
 * Finds the operating-system package each of some files belongs to. Lists of files say `/bin/x` where the file is at
 * `/usr/bin/x`, so what they name is followed through the final view; only names that one of the files has are.
 * @param paths canonical, relative to the root
 * @param resolve canonical path of what is visible at a path
 */
export function findOwners(
  paths: ReadonlySet<string>,
  ownership: readonly FileOwnership[],
  resolve: (path: string) => string | undefined,
): ReadonlyMap<string, ComponentDraft> {
  const owners = new Map<string, ComponentDraft>();
  if (paths.size === 0) return owners;
  const names = new Set([...paths].map(baseName));
  for (const { owner, paths: list } of ownership) {
    for (const listed of list.split('\n')) {
      if (!names.has(baseName(listed))) continue;
      const canonical = resolve(listed);
      if (canonical !== undefined && paths.has(canonical) && !owners.has(canonical)) owners.set(canonical, owner);
    }
  }
  return owners;
}

/** Answers which component that is no operating-system package a file belongs to. */
export class ContentsIndex {
  readonly #folders = new Map<string, ComponentDraft>();
  readonly #files = new Map<string, ComponentDraft>();

  constructor(contents: readonly ComponentContents[], resolve: (path: string) => string | undefined) {
    for (const { owner, folders = [], files = [] } of contents) {
      for (const folder of folders) this.#folders.set(resolve(folder) ?? folder, owner);
      for (const file of files) this.#files.set(resolve(file) ?? file, owner);
    }
  }

  /** @param path canonical, relative to the root */
  ownerOf(path: string): ComponentDraft | undefined {
    const owner = this.#files.get(path);
    if (owner !== undefined || this.#folders.size === 0) return owner;
    for (let folder = parentPath(path); folder !== ''; folder = parentPath(folder)) {
      const found = this.#folders.get(folder);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
