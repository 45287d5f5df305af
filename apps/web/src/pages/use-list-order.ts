import type { TableSort } from '../ui/DataTable.js';
import type { ListOrder } from '../ui/list-order.js';
import { useAddressValue } from './use-address-state.js';

/** The order of a list, kept in the address: for its table and, as `input`, for the API. */
export function useListOrder<Sort>(order: ListOrder<Sort>): { readonly table: TableSort & { readonly onChange: (sort: TableSort) => void }; readonly input: { readonly sort: Sort; readonly reversed: boolean } } {
  const [text, setText] = useAddressValue('sort');
  const sort = order.read(text);
  return { table: { ...sort, onChange: (chosen) => setText(order.write(chosen)) }, input: order.input(sort) };
}
