import type { UnknownFile } from '../catalogue.js';
import type { CatalogueView } from '../cataloguers/cataloguer.js';
import type { ExecutableFact } from '../cataloguers/executables/executable-scanner.js';
import { compareText } from './compare-text.js';

/** More than any image a person can look through has. */
const maximumUnknowns = 2000;

/**
 * Programs, libraries and archives that nothing accounts for, and package databases that could not be read, by path.
 * @param view of the cataloguer of executables
 * @param databases that could not be read
 */
export function findUnknowns(
  view: CatalogueView<ExecutableFact>,
  isAccountedFor: (path: string) => boolean,
  databases: readonly UnknownFile[],
): { readonly unknowns: readonly UnknownFile[]; readonly omitted: number } {
  const files = view.files
    .filter(({ path }) => !isAccountedFor(path))
    .map(({ path, layerIndex, fact: { kind } }): UnknownFile => ({ kind, ...view.location(path, layerIndex) }));
  const all = [...new Map(databases.map((database) => [database.path, database])).values(), ...files].sort((left, right) => compareText(left.path, right.path));
  return { unknowns: all.slice(0, maximumUnknowns), omitted: Math.max(0, all.length - maximumUnknowns) };
}
