import { InvalidCursorError } from '@esscm/store';
import { type Connection, type PagingArguments, readPage } from './paging.js';

/** One page of a list that is in memory. */
export function listPage<T>(paging: PagingArguments, items: readonly T[]): Promise<Connection<T>> {
  return readPage(
    paging,
    async ({ first, after }) => {
      const start = after === undefined ? 0 : Number(after);
      if (!Number.isInteger(start) || start < 0) throw new InvalidCursorError();
      const end = start + first;
      return { items: items.slice(start, end), ...(end < items.length && { nextCursor: String(end) }) };
    },
    (item) => item,
  );
}
