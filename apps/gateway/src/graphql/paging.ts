import { InvalidCursorError, type Page, type PageRequest } from '@esscm/store';
import { z } from 'zod';
import { failure } from './failures.js';
import type { PageInfo } from './page-info.type.js';

/** Arguments of every list. */
export interface PagingArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A connection in the words of the Relay specification. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
}

const maximumPageSize = 100;
const cursorSchema = z.object({ after: z.string().max(2000).optional(), skip: z.int().min(0).max(maximumPageSize) });
type Position = z.infer<typeof cursorSchema>;

/** Opaque to clients. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws GraphQLError BAD_USER_INPUT when the cursor was not made here */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const invalid = invalidCursor();
  if (cursor.length > 4000) throw invalid;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalid;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid;
  return parsed.data;
}

function invalidCursor() {
  return failure('BAD_USER_INPUT', 'The cursor in `after` is not one of this list.');
}

/** @throws GraphQLError BAD_USER_INPUT outside 1 to 100 */
export function checkPageSize(first: number): number {
  if (first < 1 || first > maximumPageSize) throw failure('BAD_USER_INPUT', `\`first\` is 1 to ${maximumPageSize}.`);
  return first;
}

/**
 * Reads one page of a stored list. The store marks only the end of a page; an entry inside a page is addressed as the
 * page it is in and how many entries of it to skip.
 */
export async function readPage<S, T>(
  paging: PagingArguments,
  read: (request: PageRequest) => Promise<Page<S>>,
  view: (record: S) => T,
): Promise<Connection<T>> {
  const list = async (request: PageRequest) => {
    try {
      return await read(request);
    } catch (error) {
      throw error instanceof InvalidCursorError ? invalidCursor() : error;
    }
  };
  const first = checkPageSize(paging.first);
  const start: Position = paging.after == null ? { skip: 0 } : decodeCursor(cursorSchema, paging.after);
  let after = start.after;
  if (start.skip > 0) {
    const skipped = await list({ first: start.skip, ...(after === undefined ? {} : { after }) });
    if (skipped.nextCursor === undefined) return emptyConnection();
    after = skipped.nextCursor;
  }
  const page = await list({ first, ...(after === undefined ? {} : { after }) });
  const edges = page.items.map((record, index) => {
    const last = index === page.items.length - 1 && page.nextCursor !== undefined;
    const position = last ? { after: page.nextCursor, skip: 0 } : { after, skip: index + 1 };
    return { cursor: encodeCursor(position), node: view(record) };
  });
  return { edges, pageInfo: { hasNextPage: page.nextCursor !== undefined, endCursor: edges.at(-1)?.cursor } };
}

function emptyConnection<T>(): Connection<T> {
  return { edges: [], pageInfo: { hasNextPage: false, endCursor: undefined } };
}
