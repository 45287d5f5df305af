import { z } from 'zod';
import { checkPageSize, type Connection, decodeCursor, encodeCursor, type PagingArguments } from '../../graphql/paging.js';
import type { ListingView } from './registry-listings.js';

/** A connection over a list that is in memory. */
export interface ListingConnection<T> extends Connection<T> {
  readonly totalCount: number;
  readonly complete: boolean;
  readonly listedAt: Date;
}

interface ListingOrder<T> {
  /** What an item is sorted by; unique, so that a cursor stays right while the list grows. */
  readonly key: (item: T) => readonly [number, string];
}

const cursorSchema = z.tuple([z.number(), z.string().max(2000)]);

/** Sorts by key, ascending, and cuts out one page. */
export function listingPage<T>(
  listing: ListingView<T>,
  paging: PagingArguments,
  { key }: ListingOrder<T>,
  matches: (item: T) => boolean,
): ListingConnection<T> {
  const first = checkPageSize(paging.first);
  const after = paging.after == null ? undefined : decodeCursor(cursorSchema, paging.after);
  const sorted = listing.items
    .filter(matches)
    .map((item) => ({ item, key: key(item) }))
    .toSorted((a, b) => compareKeys(a.key, b.key));
  const following = after === undefined ? sorted : sorted.filter((entry) => compareKeys(entry.key, after) > 0);
  const edges = following.slice(0, first).map((entry) => ({ cursor: encodeCursor(entry.key), node: entry.item }));
  return {
    edges,
    pageInfo: { hasNextPage: following.length > first, endCursor: edges.at(-1)?.cursor },
    totalCount: sorted.length,
    complete: listing.complete,
    listedAt: listing.listedAt,
  };
}

function compareKeys(a: readonly [number, string], b: readonly [number, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}
