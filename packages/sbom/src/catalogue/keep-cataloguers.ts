import type { Catalogue, Component } from '../catalogue.js';
import { cataloguers } from '../cataloguers/table.js';

/** Names of all readers, in the order of the table. */
export const cataloguerNames: readonly string[] = cataloguers.map(({ name }) => name);

/** The catalogue with only the components that the named readers found, and the relationships among these. Diagnostics stay: they may be of any reader. */
export function keepCataloguers(catalogue: Catalogue, names: readonly string[]): Catalogue {
  const kept = catalogue.components.filter(({ cataloguer }) => names.includes(cataloguer));
  const ids = new Set(kept.map(({ id }) => id));
  return {
    ...catalogue,
    components: kept.map(({ ownedBy, ...component }): Component => (ownedBy === undefined || !ids.has(ownedBy) ? component : { ...component, ownedBy })),
    relationships: catalogue.relationships.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    cataloguers: catalogue.cataloguers.filter(({ name }) => names.includes(name)),
  };
}
