import { z } from 'zod';
import { InvalidCursorError, StoreError } from './errors.js';
import type { Page, PageRequest } from './records.js';

const maximumCursorLength = 2048;
const maximumPageSize = 100;

/**
 * Reads and writes the cursors of one list: base64url of `[list, key…]`, where the key is what the list is ordered by. A cursor
 * carries no authority: whatever it holds only says where in the caller's own rows to go on.
 */
export interface PageCursor<Key> {
  /** @throws InvalidCursorError for a text that this list cannot have given out */
  read(cursor: string): Key;
  write(key: Key): string;
}

const storable = z.string().refine((text) => !text.includes('\0'));

/** Parts that keys of lists are made of. */
export const keyPart = {
  text: storable,
  number: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Any number that JSON can carry. */
  decimal: z.number(),
  /** Milliseconds since 1970 within the years that PostgreSQL and `Date` both know. */
  time: z.number().int().min(0).max(253_402_300_799_999),
};

export function pageCursor<const Parts extends readonly [z.ZodType, ...z.ZodType[]]>(
  list: string,
  parts: Parts,
): PageCursor<{ -readonly [Index in keyof Parts]: z.infer<Parts[Index]> }> {
  type Key = { -readonly [Index in keyof Parts]: z.infer<Parts[Index]> };
  const schema = z.tuple([z.literal(list), ...parts]);
  return {
    read: (cursor) => {
      if (cursor.length > maximumCursorLength) throw new InvalidCursorError();
      let value: unknown;
      try {
        value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
      } catch {
        throw new InvalidCursorError();
      }
      const parsed = schema.safeParse(value);
      if (!parsed.success) throw new InvalidCursorError();
      return parsed.data.slice(1) as Key;
    },
    write: (key) => Buffer.from(JSON.stringify([list, ...(key as readonly unknown[])])).toString('base64url'),
  };
}

/** Rows to ask for: one more than the page, which tells whether there is a next one. */
export function rowLimit(page: PageRequest): number {
  if (!Number.isInteger(page.first) || page.first < 1 || page.first > maximumPageSize) {
    throw new StoreError({ code: 'invalid-page-size', message: `A page has 1 to ${maximumPageSize} items.` });
  }
  return page.first + 1;
}

/** A page of the rows found for {@link rowLimit}; `cursorOf` gives the cursor of its last row. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  page: PageRequest,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, page.first);
  const last = shown.at(-1);
  const items = shown.map(toItem);
  return rows.length > page.first && last !== undefined ? { items, nextCursor: cursorOf(last) } : { items };
}
