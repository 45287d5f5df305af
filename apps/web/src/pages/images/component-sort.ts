import type { ComponentSort } from '../../gql/graphql.js';
import type { TableSort } from '../../ui/DataTable.js';

/** Columns by which components can be ordered, with what the API calls it. */
const columns: Readonly<Record<string, ComponentSort>> = { name: 'NAME', version: 'VERSION', type: 'TYPE', licence: 'LICENCE', findings: 'FINDINGS', layer: 'LAYER' };

const worstFirst: TableSort = { column: 'findings', descending: true };

/** The order in an address: a column, with a minus in front the other way round. Without one, or with nonsense, the worst first. */
export function readComponentSort(text: string): TableSort {
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return Object.hasOwn(columns, column) ? { column, descending } : worstFirst;
}

/** As {@link readComponentSort} reads it; the worst first needs no word. */
export function writeComponentSort({ column, descending }: TableSort): string {
  return column === worstFirst.column && descending ? '' : `${descending ? '-' : ''}${column}`;
}

/** The order as the API takes it, which has the worst findings first by itself. */
export function componentSortInput({ column, descending }: TableSort): { readonly sort: ComponentSort; readonly reversed: boolean } {
  return { sort: columns[column] ?? 'FINDINGS', reversed: descending !== (column === worstFirst.column) };
}
