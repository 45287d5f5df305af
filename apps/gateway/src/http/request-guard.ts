import { isLoopbackHost } from '@esscm/oci-client';
import type { IncomingHttpHeaders } from 'node:http';

interface RequestGuardOptions {
  /** Address the server listens on. */
  readonly listenHost: string;
  readonly publicOrigin?: string;
}

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Tells requests that a foreign page made a browser send from those of our own pages and of programs. */
export class RequestGuard {
  readonly #options: RequestGuardOptions;

  constructor(options: RequestGuardOptions) {
    this.#options = options;
  }

  /**
   * Whether the `Host` is a name of this server. A server on loopback answers to no other name, so that a foreign name
   * made to resolve to 127.0.0.1 (DNS rebinding) reaches nothing.
   */
  acceptsHost(headers: IncomingHttpHeaders): boolean {
    const { listenHost, publicOrigin } = this.#options;
    if (!isLoopbackHost(listenHost)) return headers.host !== undefined;
    const url = urlOf(`http://${headers.host ?? ''}`);
    if (url === undefined) return false;
    return loopbackHosts.includes(url.hostname) || (publicOrigin !== undefined && url.host === urlOf(publicOrigin)?.host);
  }

  /** Whether a session cookie of this request counts: browsers name the page that sends it. */
  trustsCookies(headers: IncomingHttpHeaders): boolean {
    const site = headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') return false;
    const { origin } = headers;
    if (origin === undefined) return true;
    if (origin === this.#options.publicOrigin) return true;
    return headers.host !== undefined && urlOf(origin)?.host === headers.host;
  }
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
