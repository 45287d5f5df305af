import type { ComponentSort } from '../../gql/graphql.js';
import type { TableSort } from '../../ui/DataTable.js';
import { readSort, writeSort } from '../../ui/sort-address.js';

/** Columns by which components can be ordered, with what the API calls it. */
const columns: Readonly<Record<string, ComponentSort>> = { name: 'NAME', version: 'VERSION', type: 'TYPE', licence: 'LICENCE', findings: 'FINDINGS', layer: 'LAYER' };

const worstFirst: TableSort = { column: 'findings', descending: true };

/** The order in an address; the worst first without one. */
export function readComponentSort(text: string): TableSort {
  return readSort(text, columns) ?? worstFirst;
}

/** As {@link readComponentSort} reads it; the worst first needs no word. */
export function writeComponentSort(sort: TableSort): string {
  return sort.column === worstFirst.column && sort.descending ? '' : writeSort(sort);
}

/** The order as the API takes it, which has the worst findings first by itself. */
export function componentSortInput({ column, descending }: TableSort): { readonly sort: ComponentSort; readonly reversed: boolean } {
  return { sort: columns[column] ?? 'FINDINGS', reversed: descending !== (column === worstFirst.column) };
}
