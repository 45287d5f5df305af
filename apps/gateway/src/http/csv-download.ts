import { once } from 'node:events';
import type { Page, PageRequest } from '@esscm/store';
import type { Response } from 'express';
import type { RequestContext, Requester } from '../request-context.js';
import { csvLine } from './csv-text.js';

const pageSize = 100;

/** Answers with an error in the form of the API's own. */
export function refuseDownload(response: Response, status: number, code: string, message: string): void {
  const { correlationId }: RequestContext = response.locals['context'];
  response.status(status).json({ errors: [{ message, extensions: { code, correlationId } }] });
}

/** Who asks and may read; undefined when the answer was a refusal. */
export function readerOf(response: Response): Requester | undefined {
  const { requester }: RequestContext = response.locals['context'];
  if (requester === undefined) refuseDownload(response, 401, 'UNAUTHENTICATED', 'Sign in first.');
  else if (requester.scopes.has('READ')) return requester;
  else refuseDownload(response, 403, 'FORBIDDEN', 'This access token lacks the scope READ.');
  return undefined;
}

/** Sends a list as a table, page by page, so that a hundred thousand rows cost no memory. Stops when the reader has gone. */
export async function sendTable<Row>(
  response: Response,
  fileName: string,
  header: readonly string[],
  read: (page: PageRequest) => Promise<Page<Row>>,
  linesOf: (rows: readonly Row[]) => Promise<readonly string[]>,
): Promise<void> {
  const { signal }: RequestContext = response.locals['context'];
  // One for the whole table: a listener a page would be thousands.
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  let page = await read({ first: pageSize });
  response.status(200).set({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${fileName}"` });
  response.write(csvLine(header));
  for (;;) {
    const lines = await linesOf(page.items);
    // Whoever has gone takes no more, and nothing would say that there is room again.
    if (signal.aborted) return;
    if (!response.write(lines.join(''))) await Promise.race([once(response, 'drain'), gone]);
    if (page.nextCursor === undefined || signal.aborted) break;
    page = await read({ first: pageSize, after: page.nextCursor });
  }
  response.end();
}
