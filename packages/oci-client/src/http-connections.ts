import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { connectionError } from './connection-error.js';
import type { DialPolicy, GuardedAgents } from './guarded-dialer.js';
import { httpRequest, httpsRequest } from './node-http.js';

export interface HttpConnectionsOptions {
  readonly dialer: DialPolicy;
  readonly userAgent: string;
  readonly idleTimeoutMs: number;
  /** Requests for `host` go to this origin instead, with the `Host` header and TLS name of `host`. */
  readonly redirected?: { readonly host: string; readonly origin: URL };
}

/** Requests that only read. */
export type ReadMethod = 'GET' | 'HEAD';

/** Requests over guarded keep-alive connections. Redirects and statuses are the caller's. */
export class HttpConnections implements Disposable {
  readonly #options: HttpConnectionsOptions;
  readonly #agents: GuardedAgents;

  constructor(options: HttpConnectionsOptions) {
    this.#options = options;
    this.#agents = options.dialer.createAgents();
  }

  /**
   * Fulfils when the headers are there. The caller reads or destroys the body.
   * @throws OciError of code `unreachable`, `blocked` or `cancelled`
   */
  async exchange(method: ReadMethod, url: URL, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.#send(method, url, headers, signal);
    } catch (error) {
      if (error instanceof StaleConnectionError) {
        try {
          return await this.#send(method, url, headers, signal);
        } catch (second) {
          throw connectionError(second instanceof StaleConnectionError ? second.cause : second, url.host, signal);
        }
      }
      throw connectionError(error, url.host, signal);
    }
  }

  [Symbol.dispose](): void {
    this.#agents.destroy();
  }

  #send(method: ReadMethod, url: URL, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<IncomingMessage> {
    const { redirected, userAgent, idleTimeoutMs, dialer } = this.#options;
    const target = redirected !== undefined && url.host === redirected.host ? redirected.origin : url;
    signal.throwIfAborted();
    dialer.checkHost(target.hostname);
    const secure = target.protocol === 'https:';
    const options = {
      method,
      protocol: target.protocol,
      hostname: target.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: target.port === '' ? undefined : Number(target.port),
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, 'user-agent': userAgent, 'accept-encoding': 'identity' },
      signal,
    };
    return new Promise((fulfil, reject) => {
      const request = secure
        ? httpsRequest({ ...options, agent: this.#agents.https, servername: serverName(url.hostname) })
        : httpRequest({ ...options, agent: this.#agents.http });
      let response: IncomingMessage | undefined;
      request.setTimeout(idleTimeoutMs);
      request.on('timeout', () => {
        if (response?.isPaused() === true) {
          // The reader, not the peer, is slow: keep the connection and start the watch again.
          request.setTimeout(idleTimeoutMs);
          return;
        }
        const error = Object.assign(new Error(`No bytes for ${idleTimeoutMs} ms.`), { code: 'ETIMEDOUT' });
        if (response === undefined) request.destroy(error);
        else response.destroy(error);
      });
      request.on('response', (answer) => {
        response = answer;
        fulfil(answer);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale ? new StaleConnectionError('A kept connection was closed by the peer.', { cause: error }) : error);
      });
      request.end();
    });
  }
}

/** A kept-alive connection that the peer closed while idle: worth one silent try on a new one. */
class StaleConnectionError extends Error {}

function serverName(hostname: string): string {
  // TLS knows no server names that are addresses (RFC 6066, section 3).
  return /^\[|^[\d.]+$/.test(hostname) ? '' : hostname;
}
