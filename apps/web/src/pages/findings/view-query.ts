import { filterNames } from '../../findings/finding-filter.js';

/** What of an address makes a view: filter, grouping, columns and order, not the page or what is open. */
export function viewQuery(query: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of [...filterNames, 'group', 'columns', 'sort']) {
    const value = query.get(name);
    if (value !== null && value !== '') kept.set(name, value);
  }
  return kept.toString();
}
