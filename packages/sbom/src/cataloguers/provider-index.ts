/** Of the packages that provide one name; more than this many real packages never do, and edges to all would multiply. */
const maximumProviders = 32;

/** Packages by the virtual names they provide, in the order of the database. */
export function providerIndex<Package>(
  packages: readonly Package[],
  providedBy: (provider: Package) => readonly string[],
): ReadonlyMap<string, readonly Package[]> {
  const providers = new Map<string, Package[]>();
  for (const provider of packages) {
    for (const name of new Set(providedBy(provider))) {
      const known = providers.get(name);
      if (known === undefined) providers.set(name, [provider]);
      else if (known.length < maximumProviders) known.push(provider);
    }
  }
  return providers;
}
