import type { ComponentMatchSort } from '../../gql/graphql.js';
import type { TableSort } from '../../ui/DataTable.js';
import { readSort } from '../../ui/sort-address.js';

/** Columns by which matches can be ordered, with what the API calls it. */
const columns: Readonly<Record<string, ComponentMatchSort>> = { name: 'NAME', version: 'VERSION', images: 'IMAGES', projects: 'PROJECTS', findings: 'FINDINGS' };

/** The order in an address; undefined is the best match first. */
export function readMatchSort(text: string): TableSort | undefined {
  return readSort(text, columns);
}

/** The order as the API takes it, which has the worst findings first by itself. */
export function matchSortInput(sort: TableSort | undefined): { readonly sort: ComponentMatchSort; readonly reversed: boolean } {
  if (sort === undefined) return { sort: 'MATCH', reversed: false };
  return { sort: columns[sort.column] ?? 'MATCH', reversed: sort.descending !== (sort.column === 'findings') };
}
