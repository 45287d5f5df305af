import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router';

/** The rows of a list in the address: which page, and how to turn it. */
export interface CursorPage {
  readonly page: number;
  readonly after: string | undefined;
  readonly next: (endCursor: string) => void;
  readonly previous: () => void;
}

/** Values of the address by name; an empty one leaves the address. */
type AddressValues = Readonly<Record<string, string>>;

/** A page of a cursor list. The way back is kept with the history entry; without it "previous" leads to the first page. */
export function useCursorPage(): CursorPage {
  const [query, setQuery] = useSearchParams();
  const location = useLocation();
  const trail = readTrail(location.state);
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const after = query.get('after') ?? undefined;
  const turn = (target: number, cursor: string | undefined, state: readonly string[]): void => {
    const next = new URLSearchParams(query);
    if (cursor === undefined || cursor === '') {
      next.delete('after');
      next.delete('page');
    } else {
      next.set('after', cursor);
      next.set('page', String(target));
    }
    setQuery(next, { state: { trail: state } });
  };
  return {
    page: after === undefined ? 1 : page,
    after,
    next: (endCursor) => turn(page + 1, endCursor, [...trail, after ?? '']),
    previous: () => turn(page - 1, trail.at(-1), trail.slice(0, -1)),
  };
}

/** A `filter` changes what the page shows, and back leaves the page; another `view` of it is a step that back undoes. */
type AddressStep = 'filter' | 'view';

/** One value of the address. Changing it starts the list over; an empty one leaves the address. */
export function useAddressValue(name: string, step: AddressStep = 'filter'): readonly [string, (value: string) => void] {
  const [query] = useSearchParams();
  const set = useSetAddressValues(step);
  return [query.get(name) ?? '', (value) => set({ [name]: value })];
}

/** Changes several values of the address at once. Of several setters called one after the other only the last would count. */
export function useSetAddressValues(step: AddressStep = 'filter'): (values: AddressValues) => void {
  const [, setQuery] = useSearchParams();
  return (values) => setQuery((before) => withValues(before, { ...values, after: '', page: '' }), { replace: step === 'filter' });
}

/** What is opened beside a list, in the address; the list stays where it is. */
export function useAddressDetail(name: string): readonly [string, (value: string) => void] {
  const [query] = useSearchParams();
  const setDetails = useSetAddressDetails();
  const set = useCallback((value: string) => setDetails({ [name]: value }), [name, setDetails]);
  return [query.get(name) ?? '', set];
}

/** Changes several details of the address at once; the list stays where it is. */
export function useSetAddressDetails(step: AddressStep = 'filter'): (values: AddressValues) => void {
  const [, setQuery] = useSearchParams();
  const { state }: { state: unknown } = useLocation();
  return useCallback((values: AddressValues) => setQuery((before) => withValues(before, values), { replace: step === 'filter', state, preventScrollReset: true }), [setQuery, state, step]);
}

/** The query of an address with one value set. */
export function withDetail(query: URLSearchParams, name: string, value: string): string {
  return withValues(query, { [name]: value }).toString();
}

/** The query of an address with other values; an empty one leaves it. */
export function withValues(query: URLSearchParams, values: AddressValues): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}

function readTrail(state: unknown): readonly string[] {
  const trail: unknown = typeof state === 'object' && state !== null && 'trail' in state ? state.trail : [];
  return Array.isArray(trail) ? trail.filter((cursor): cursor is string => typeof cursor === 'string') : [];
}
