import { z } from 'zod';
import { checkPageSize, type Connection, decodeCursor, encodeCursor, type PagingArguments } from './paging.js';

/** A page of a list that is in memory, and how many entries the list has. */
export interface CountedPage<T> extends Connection<T> {
  readonly totalCount: number;
}

/** Characters of an id that a cursor holds: enough to find an entry again, and never more than `decodeCursor` takes. */
const longestId = 400;
const cursorSchema = z.tuple([z.string().max(longestId), z.int().min(0)]);

/**
 * Cuts one page out of a list in its order. A cursor names an entry and its place: while a list grows or is read again the entry
 * is looked for, and only if it is gone the place counts.
 */
export function listPage<T>(list: ArrayLike<T>, paging: PagingArguments, idOf: (entry: T) => string): CountedPage<T> {
  const shortIdOf = (entry: T): string => idOf(entry).slice(0, longestId);
  const first = checkPageSize(paging.first);
  const after = paging.after == null ? undefined : decodeCursor(cursorSchema, paging.after);
  const start = after === undefined ? 0 : placeOf(list, after, shortIdOf) + 1;
  const nodes = Array.from({ length: Math.max(0, Math.min(first, list.length - start)) }, (_, index) => list[start + index] as T);
  const edges = nodes.map((node, index) => ({ cursor: encodeCursor([shortIdOf(node), start + index]), node }));
  return {
    edges,
    pageInfo: { hasNextPage: start + nodes.length < list.length, endCursor: edges.at(-1)?.cursor },
    totalCount: list.length,
  };
}

function placeOf<T>(list: ArrayLike<T>, [id, place]: readonly [string, number], idOf: (entry: T) => string): number {
  const known = list[place];
  if (known !== undefined && idOf(known) === id) return place;
  for (let index = 0; index < list.length; index += 1) if (idOf(list[index] as T) === id) return index;
  return Math.min(place, list.length) - 1;
}
