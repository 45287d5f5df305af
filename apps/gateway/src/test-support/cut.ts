import type { Page, PageRequest } from '@esscm/store';

/** A page of rows in memory; its cursor is a position. */
export function cut<T>(items: readonly T[], { first, after = '0' }: PageRequest): Page<T> {
  const start = Number(after);
  const end = start + first;
  return { items: items.slice(start, end), ...(end < items.length && { nextCursor: String(end) }) };
}
