import type { IncomingMessage } from 'node:http';
import type { AuthenticationSource } from './authentication.js';
import { Authenticator } from './authenticator.js';
import { backoffDelayMs, type Clock } from './clock.js';
import { OciError } from './errors.js';
import { errorOfAnswer, saysTokenRefused } from './error-response.js';
import type { DialPolicy } from './guarded-dialer.js';
import { HttpConnections, type ReadMethod } from './http-connections.js';
import type { OciLimits } from './limits.js';
import { discardBody, readBody } from './read-body.js';
import { redirectTarget } from './redirect-target.js';

/** One HTTP exchange that was answered, for logs and metrics. Holds no query string and no header. */
export interface RequestEvent {
  readonly host: string;
  readonly path: string;
  readonly status: number;
  /** Until the headers were there. */
  readonly durationMs: number;
}

export interface RegistrySessionOptions {
  readonly host: string;
  readonly connectTo?: URL;
  readonly plainHttp: boolean;
  readonly authentication: AuthenticationSource;
  readonly dialer: DialPolicy;
  readonly limits: OciLimits;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Waited for before each request that is `paced`, tries again included. */
  readonly pace?: (signal: AbortSignal) => Promise<void>;
  readonly onRequest?: (event: RequestEvent) => void;
}

export interface RegistryRequest {
  /** GET when absent. */
  readonly method?: ReadMethod;
  readonly url: URL;
  readonly scope: string;
  /** Completes "… does not have": `manifest nginx/nginx:latest`. */
  readonly subject: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Counts against the rate of the registry. */
  readonly paced?: boolean;
  /** Statuses besides 200 that the caller reads itself. */
  readonly accepts?: readonly number[];
}

export interface RegistryDocument {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Hop {
  readonly response: IncomingMessage;
  readonly host: string;
  readonly fromRegistry: boolean;
}

const errorBodyBytes = 64 * 1024;

/** Authorised requests to one registry that only read: challenges, renewal, redirects, retries. */
export class RegistrySession implements Disposable {
  readonly #options: RegistrySessionOptions;
  readonly #connections: HttpConnections;
  readonly #authenticator: Authenticator;
  readonly #insecure: boolean;

  constructor(options: RegistrySessionOptions) {
    const { host, connectTo, dialer, userAgent, limits, authentication: source, clock } = options;
    this.#options = options;
    this.#insecure = connectTo === undefined ? options.plainHttp : connectTo.protocol === 'http:';
    this.#connections = new HttpConnections({
      dialer,
      userAgent,
      idleTimeoutMs: limits.idleTimeoutMs,
      ...(connectTo === undefined ? {} : { redirected: { host: this.url('').host, origin: connectTo } }),
    });
    this.#authenticator = new Authenticator({
      host,
      source,
      clock,
      plainHttp: this.#insecure,
      isRegistry: (url) => this.isRegistry(url),
      get: (url, headers, signal) => this.#exchange('GET', url, headers, signal),
    });
  }

  /** `path` has a leading slash and only checked parts. */
  url(path: string): URL {
    return new URL(`${this.#options.plainHttp ? 'http' : 'https'}://${this.#options.host}${path}`);
  }

  /** Whether a URL is served by the registry, by its own name or where it is connected to instead. */
  isRegistry(url: URL): boolean {
    if (url.protocol === 'http:' && !this.#insecure) return false;
    const own = this.url('');
    return url.host === own.host || url.origin === this.#options.connectTo?.origin;
  }

  /** The headers of a successful answer; the caller reads or destroys the body. Tries again where that may help. */
  async open(request: RegistryRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return await this.#retrying(signal, () => this.#attempt(request, signal, () => signal));
  }

  /** A whole answer of at most `limitBytes`, within the time limit for documents, which begins anew with each turn. */
  async document(request: RegistryRequest, limitBytes: number, signal: AbortSignal): Promise<RegistryDocument> {
    return await this.#retrying(signal, async () => {
      let limited = signal;
      const startLimit = (): AbortSignal => {
        limited = AbortSignal.any([signal, AbortSignal.timeout(this.#options.limits.documentTimeoutMs)]);
        return limited;
      };
      try {
        const response = await this.#attempt(request, signal, startLimit);
        const details = { host: this.#options.host, subject: request.subject, signal: limited };
        const body = await readBody(response, limitBytes, details);
        return { status: response.statusCode ?? 0, headers: response.headers, body };
      } catch (error) {
        if (signal.aborted || !limited.aborted) throw error;
        throw new OciError({
          code: 'unreachable',
          message: `${this.#options.host} took longer than ${this.#options.limits.documentTimeoutMs} ms to give ${request.subject}.`,
          host: this.#options.host,
          cause: error,
        });
      }
    });
  }

  [Symbol.dispose](): void {
    this.#connections[Symbol.dispose]();
  }

  async #retrying<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const { limits, clock } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof OciError) || !error.retryable || attempt >= limits.attempts) throw error;
        const delayMs = Math.max(error.retryAfterMs ?? 0, backoffDelayMs(attempt));
        if (delayMs > limits.longestRetryAfterMs) throw error;
        try {
          await clock.sleep(delayMs, signal);
        } catch (interruption) {
          throw new OciError({ code: 'cancelled', message: 'The work was cancelled.', retryable: false, cause: interruption });
        }
      }
    }
  }

  /**
   * One try: at most one answer to a challenge and one renewal of a refused credential. `signal` is the caller's; what is asked
   * after a turn is asked within what `startLimit` gives then, as the registry cannot help how long the turn took to come.
   */
  async #attempt(request: RegistryRequest, signal: AbortSignal, startLimit: () => AbortSignal): Promise<IncomingMessage> {
    const { scope, accepts = [], subject } = request;
    let limited = startLimit();
    let authorization = await this.#authenticator.header({ scope, renew: false, signal: limited });
    let challenged = false;
    let renewed = false;
    for (;;) {
      if (request.paced === true && this.#options.pace !== undefined) {
        await this.#options.pace(signal);
        limited = startLimit();
      }
      const { response, host, fromRegistry } = await this.#follow(request, authorization, limited);
      const status = response.statusCode ?? 0;
      if (status === 200 || accepts.includes(status)) return response;
      const body = (await readBody(response, errorBodyBytes, { host, subject, signal: limited })).toString('utf8');
      const answer = { status, headers: response.headers, body, host, fromRegistry, subject, now: this.#options.clock.now() };
      const failure = errorOfAnswer(answer);
      const refused = saysTokenRefused(answer);
      if (!fromRegistry || (status !== 401 && !refused)) throw failure;
      if (status === 401 && !this.#authenticator.learn(response.headers['www-authenticate'])) throw failure;
      const renew: boolean = authorization !== undefined;
      if (renew ? renewed : challenged) throw failure;
      const next: string | undefined = await this.#authenticator.header({ scope, renew, signal: limited });
      // The same credential would be refused the same way.
      if (next === undefined || next === authorization) throw failure;
      if (renew) renewed = true;
      else challenged = true;
      authorization = next;
    }
  }

  async #follow(request: RegistryRequest, authorization: string | undefined, signal: AbortSignal): Promise<Hop> {
    let url = request.url;
    let credential = authorization;
    for (let hops = 0; ; hops += 1) {
      const headers = { ...request.headers, ...(credential === undefined ? {} : { authorization: credential }) };
      const response = await this.#exchange(request.method ?? 'GET', url, headers, signal);
      const { location } = response.headers;
      const host = url.host;
      if (!isRedirect(response.statusCode ?? 0) || location === undefined) {
        return { response, host, fromRegistry: this.isRegistry(url) };
      }
      discardBody(response);
      if (hops >= this.#options.limits.redirects) {
        throw new OciError({ code: 'protocol', message: `${host} redirected ${request.subject} too often.`, host });
      }
      const next = redirectTarget(url, location, { plainHttp: this.#insecure });
      // Once it has been taken off it stays off: object stores refuse a second way of authorisation (Amazon S3: 400).
      if (!this.isRegistry(next) || !this.isRegistry(url)) credential = undefined;
      url = next;
    }
  }

  async #exchange(method: ReadMethod, url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage> {
    const { onRequest, clock } = this.#options;
    const startedAt = clock.now();
    const response = await this.#connections.exchange(method, url, headers, signal);
    onRequest?.({
      host: url.host,
      path: url.pathname,
      status: response.statusCode ?? 0,
      durationMs: clock.now() - startedAt,
    });
    return response;
  }
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}
