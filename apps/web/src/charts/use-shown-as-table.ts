import { useSearchParams } from 'react-router';
import { useSetAddressDetails } from '../pages/use-address-state.js';

/** Names the charts of a page that are shown as tables. */
const parameter = 'tables';

/** Whether a chart of the page is shown as its table, and how to change that: a view in the address, which back undoes. */
export function useShownAsTable(chart: string): readonly [boolean, (asTable: boolean) => void] {
  const [query] = useSearchParams();
  const set = useSetAddressDetails('view');
  const tables = (query.get(parameter) ?? '').split(',').filter((name) => name !== '');
  const others = tables.filter((name) => name !== chart);
  return [tables.includes(chart), (asTable) => set({ [parameter]: (asTable ? [...others, chart] : others).toSorted().join(',') })];
}
