import type { RegistryPlugin } from './plugin.js';

/** The installed plugins by id, in the order they are shown. Cannot change once made. */
export class PluginRegistry {
  readonly #plugins: ReadonlyMap<string, RegistryPlugin>;

  /** @throws Error when two plugins have the same id: stored connections could no longer tell them apart */
  constructor(plugins: readonly RegistryPlugin[]) {
    const byId = new Map<string, RegistryPlugin>();
    for (const plugin of plugins) {
      const { id } = plugin.description;
      if (byId.has(id)) throw new Error(`Two registry plugins have the id '${id}'.`);
      byId.set(id, plugin);
    }
    this.#plugins = byId;
  }

  /** Undefined for a plugin that is not installed, as a stored connection may name one that has been removed. */
  get(id: string): RegistryPlugin | undefined {
    return this.#plugins.get(id);
  }

  list(): readonly RegistryPlugin[] {
    return [...this.#plugins.values()];
  }
}
