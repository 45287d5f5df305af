import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openAdvisoryDatabase } from '../database/generation-folder.js';
import type { AdvisoryDatabase } from '../database/advisory-database.js';
import type { FeedAddresses } from '../advisories/feed-addresses.js';
import type { RefusedRecord } from '../advisories/feed.js';
import { updateAdvisories } from '../advisories/update-advisories.js';
import type { UpdateOptions, UpdateOutcome } from '../advisories/update-advisories.js';
import { temporaryFolder } from './temporary-database.js';

/** What a path answers: a body with status 200 and an entity tag of its content, or whatever a function does. */
export type Route = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

/** A server on the loopback interface; for tests. `routes` may be changed while it runs. */
export interface FeedServer extends AsyncDisposable {
  readonly address: string;
  readonly routes: Record<string, Route>;
  /** Method, path and range of every request, in order. */
  readonly requests: string[];
}

/** Serves the routes; paths without one answer with that of `*`, or 404. */
export async function serveFeeds(routes: Record<string, Route>): Promise<FeedServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    requests.push(`${request.url}${range === undefined ? '' : ` ${range}`}`);
    const route = routes[decodeURI(request.url ?? '')] ?? routes['*'];
    if (route === undefined) response.writeHead(404).end();
    else if (typeof route === 'function') route(request, response);
    else answerWith(route)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/`,
    routes,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers as an ordinary file server does: with an entity tag, conditional requests and ranges. */
export function answerWith(content: string | Buffer): (request: IncomingMessage, response: ServerResponse) => void {
  const body = Buffer.from(content);
  const etag = `"${body.length}-${body.subarray(0, 16).toString('hex')}-${body.subarray(-16).toString('hex')}"`;
  return (request, response) => {
    const { range, 'if-none-match': known, 'if-range': condition } = request.headers;
    const [, start] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
    if (known === etag) response.writeHead(304).end();
    else if (start !== undefined && condition === etag) {
      response.writeHead(206, { etag, 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }).end(body.subarray(Number(start)));
    } else response.writeHead(200, { etag, 'content-length': body.length }).end(body);
  };
}

/** What `update` needs besides the sources. */
type MoreOptions = Partial<Omit<UpdateOptions, 'sources'>>;

/** A folder of generations that is updated from a server; for tests. Dispose of it. */
export interface UpdatedFolder extends AsyncDisposable {
  readonly path: string;
  readonly refused: RefusedRecord[];
  update(sources: readonly string[], options?: MoreOptions): Promise<UpdateOutcome[]>;
  open(): Promise<AdvisoryDatabase>;
}

/** Updates from `feeds` with a fixed clock and without waiting between attempts. */
export async function updatedFolder(feeds: Partial<FeedAddresses>): Promise<UpdatedFolder> {
  const folder = await temporaryFolder();
  const refused: RefusedRecord[] = [];
  return {
    path: folder.path,
    refused,
    update: (sources, options = {}) =>
      updateAdvisories(folder.path, { feeds, signal: new AbortController().signal, now: '2026-08-01T00:00:00Z', patienceMs: 0, onRefused: (record) => refused.push(record), ...options, sources }),
    open: () => openAdvisoryDatabase(folder.path),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Every range of a database as `ecosystem name: events`, sorted; for whole comparisons in tests. */
export function allRanges(database: AdvisoryDatabase, identifier: string): string[] {
  return database.advisoriesNaming(identifier).flatMap((advisory) => database.rangesOf(advisory).map(({ ecosystem, name, events }) => `${ecosystem} ${name}: ${events.replaceAll('\n', ' ')}`)).toSorted();
}
