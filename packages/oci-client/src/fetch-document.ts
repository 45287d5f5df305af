import type { IncomingHttpHeaders } from 'node:http';
import { systemClock } from './clock.js';
import { OciError } from './errors.js';
import { errorOfAnswer } from './error-response.js';
import type { DialPolicy } from './guarded-dialer.js';
import { HttpConnections } from './http-connections.js';
import { isLoopbackHost } from './loopback.js';
import { discardBody, readBody } from './read-body.js';
import { redirectTarget } from './redirect-target.js';

export interface FetchDocumentOptions {
  readonly dialer: DialPolicy;
  /** Longer documents are refused while they are read. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

/** What an earlier answer said, by which a server tells that nothing changed since (RFC 9110, section 13). */
export interface DocumentValidators {
  readonly entityTag?: string;
  readonly lastModified?: string;
}

/** An answer with a document, and what to ask by the next time. */
export interface FetchedDocument {
  readonly bytes: Buffer;
  readonly validators: DocumentValidators;
}

const maximumValidator = 1000;

const redirects = 5;
const idleTimeoutMs = 30_000;

/**
 * The bytes of a document at a web address that a user names, over the guarded dialer, redirects included. Plain http is
 * spoken only to this machine.
 * @throws OciError `blocked`, `unreachable`, `not-found`, `denied`, `limit`, `protocol`, `cancelled`
 */
export async function fetchDocument(address: string, options: FetchDocumentOptions): Promise<Buffer> {
  const fetched = await fetchChangedDocument(address, {}, options);
  if (fetched === undefined) throw new OciError({ code: 'protocol', message: 'The server says that nothing has changed, and was not asked.' });
  return fetched.bytes;
}

/** The same, where an earlier answer is known: undefined when the document is still that one. @throws OciError as `fetchDocument` */
export async function fetchChangedDocument(address: string, { entityTag, lastModified }: DocumentValidators, { dialer, limitBytes, signal }: FetchDocumentOptions): Promise<FetchedDocument | undefined> {
  let url = webAddress(address);
  const asked = { accept: 'application/json, */*;q=0.5', ...(entityTag !== undefined && { 'if-none-match': entityTag }), ...(lastModified !== undefined && { 'if-modified-since': lastModified }) };
  using connections = new HttpConnections({ dialer, userAgent: 'esscm', idleTimeoutMs });
  for (let hop = 0; hop <= redirects; hop += 1) {
    const subject = `the document ${url.pathname}`;
    const response = await connections.exchange('GET', url, asked, signal);
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return { bytes: await readBody(response, limitBytes, { host: url.host, subject, signal }), validators: validatorsOf(headers) };
    discardBody(response);
    if (status === 304) return undefined;
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) {
      throw errorOfAnswer({ status, headers, body: '', host: url.host, fromRegistry: false, subject, now: systemClock.now() });
    }
    url = redirectTarget(url, headers.location, { plainHttp: url.protocol === 'http:' });
  }
  throw new OciError({ code: 'protocol', message: `${url.host} redirects more than ${redirects} times.`, host: url.host });
}

function validatorsOf({ etag, 'last-modified': modified }: IncomingHttpHeaders): DocumentValidators {
  const usable = (value: string | undefined) => value !== undefined && value.length <= maximumValidator;
  return { ...(usable(etag) && { entityTag: etag }), ...(usable(modified) && { lastModified: modified }) } as DocumentValidators;
}

function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1'))))) {
    throw new OciError({ code: 'protocol', message: 'The address of a document begins with https://.' });
  }
  url.hash = '';
  return url;
}
