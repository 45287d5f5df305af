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

const redirects = 5;
const idleTimeoutMs = 30_000;

/**
 * The bytes of a document at a web address that a user names, over the guarded dialer, redirects included. Plain http is
 * spoken only to this machine.
 * @throws OciError `blocked`, `unreachable`, `not-found`, `denied`, `limit`, `protocol`, `cancelled`
 */
export async function fetchDocument(address: string, { dialer, limitBytes, signal }: FetchDocumentOptions): Promise<Buffer> {
  let url = webAddress(address);
  using connections = new HttpConnections({ dialer, userAgent: 'esscm', idleTimeoutMs });
  for (let hop = 0; hop <= redirects; hop += 1) {
    const subject = `the document ${url.pathname}`;
    const response = await connections.exchange('GET', url, { accept: 'application/json, */*;q=0.5' }, signal);
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return await readBody(response, limitBytes, { host: url.host, subject, signal });
    discardBody(response);
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) {
      throw errorOfAnswer({ status, headers, body: '', host: url.host, fromRegistry: false, subject, now: systemClock.now() });
    }
    url = redirectTarget(url, headers.location, { plainHttp: url.protocol === 'http:' });
  }
  throw new OciError({ code: 'protocol', message: `${url.host} redirects more than ${redirects} times.`, host: url.host });
}

function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1'))))) {
    throw new OciError({ code: 'protocol', message: 'The address of a document begins with https://.' });
  }
  url.hash = '';
  return url;
}
