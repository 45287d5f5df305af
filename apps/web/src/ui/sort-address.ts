import type { TableSort } from './DataTable.js';

/** An order in an address: a column, with a minus in front the other way round. Undefined without one, or with nonsense. */
export function readSort(text: string, columns: Readonly<Record<string, unknown>>): TableSort | undefined {
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return Object.hasOwn(columns, column) ? { column, descending } : undefined;
}

/** As {@link readSort} reads it. */
export function writeSort({ column, descending }: TableSort): string {
  return `${descending ? '-' : ''}${column}`;
}
