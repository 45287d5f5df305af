import type { CatalogueView } from './cataloguer.js';

/**
 * Tells the layer that brought a package into the image: the first since which the package database has always had it.
 * The layer that last rewrote the database says nothing, as each installation rewrites all of it.
 * @param keysOf the packages, name and version in one text, that a database file lists
 * @returns position of the layer by key; for a key the databases never had, the last layer
 */
export function packagePresence<Fact>(
  view: CatalogueView<Fact>,
  isDatabase: (path: string) => boolean,
  keysOf: (fact: Fact) => readonly string[],
): (key: string) => number {
  const known = new Map<Fact, readonly string[]>();
  const since = new Map<string, number>();
  let previous: ReadonlyMap<string, Fact> | undefined;
  for (const [layerIndex, databases] of view.history(isDatabase).entries()) {
    if (databases === previous) continue;
    previous = databases;
    const present = new Set<string>();
    for (const fact of databases.values()) {
      const keys = known.get(fact) ?? keysOf(fact);
      known.set(fact, keys);
      for (const key of keys) present.add(key);
    }
    for (const key of since.keys()) if (!present.has(key)) since.delete(key);
    for (const key of present) if (!since.has(key)) since.set(key, layerIndex);
  }
  return (key) => since.get(key) ?? Math.max(0, view.layerCount - 1);
}
