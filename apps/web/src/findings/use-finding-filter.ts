import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { filterNames, readFilter, type FindingFilter } from './finding-filter.js';

/** The filter in the address, and how to change it; changing it starts the list over. */
export function useFindingFilter(): readonly [FindingFilter, (filter: FindingFilter) => void] {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const setFilter = useCallback(
    (next: FindingFilter) =>
      setQuery(
        (before) => {
          const after = new URLSearchParams(before);
          for (const name of filterNames) after.delete(name);
          for (const [name, value] of Object.entries(next)) after.set(name, value);
          for (const name of ['after', 'page', 'finding']) after.delete(name);
          return after;
        },
        { replace: true },
      ),
    [setQuery],
  );
  return [filter, setFilter];
}
