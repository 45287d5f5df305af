import type { DataColumn, TableSort } from './DataTable.js';
import { readSort, writeSort } from './sort-address.js';

/** A column that a list can be ordered by: what the API calls that order, and which way it goes by itself. */
interface OrderedColumn<Sort> {
  readonly sort: Sort;
  readonly first: 'ascending' | 'descending';
}

/** The orders of one list, between address, table and API. */
export interface ListOrder<Sort> {
  /** The order in an address; the list's own without one, or with nonsense. */
  readonly read: (text: string) => TableSort;
  /** As `read` reads it; the list's own order needs no word. */
  readonly write: (sort: TableSort) => string;
  /** As the API takes it. */
  readonly input: (sort: TableSort) => { readonly sort: Sort; readonly reversed: boolean };
  /** Which way a column goes first; undefined for one that the list cannot be ordered by. */
  readonly sortable: (column: string) => 'ascending' | 'descending' | undefined;
}

/** @param own the column that the list is ordered by where nothing else is asked for */
export function listOrder<Sort, Column extends string>(columns: Readonly<Record<Column, OrderedColumn<Sort>>>, own: NoInfer<Column>): ListOrder<Sort> {
  const known: Readonly<Record<string, OrderedColumn<Sort>>> = columns;
  const ownSort: TableSort = { column: own, descending: columns[own].first === 'descending' };
  return {
    read: (text) => readSort(text, known) ?? ownSort,
    write: (sort) => (sort.column === own && sort.descending === ownSort.descending ? '' : writeSort(sort)),
    input({ column, descending }) {
      const { sort, first } = known[column] ?? columns[own];
      return { sort, reversed: descending !== (first === 'descending') };
    },
    sortable: (column) => (Object.hasOwn(known, column) ? known[column]?.first : undefined),
  };
}

/** Columns of a table, each with whether the list can be ordered by it. */
export function orderedColumns<Row>(columns: readonly DataColumn<Row>[], order: Pick<ListOrder<unknown>, 'sortable'>): readonly DataColumn<Row>[] {
  return columns.map((column) => {
    const sortable = order.sortable(column.id);
    return sortable === undefined ? column : { ...column, sortable };
  });
}
