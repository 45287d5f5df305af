import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Authenticator } from '../authentication/authenticator.js';
import type { ServedDependencies } from '../dependencies.js';
import { createLoaders } from '../loaders.js';
import type { RequestContext } from '../request-context.js';
import type { RequestGuard } from './request-guard.js';

interface RequestContextsOptions {
  readonly dependencies: Pick<ServedDependencies, 'store' | 'jobs'>;
  readonly authenticator: Authenticator;
  readonly guard: RequestGuard;
}

interface ContextInput {
  readonly request: IncomingMessage;
  readonly correlationId: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** In place of the header, for sockets, whose browsers cannot set one. */
  readonly authorization?: string | undefined;
  readonly setCookies?: (cookies: readonly string[]) => void;
}

/** Makes the context of a request after telling who it is from. */
export class RequestContexts {
  readonly #options: RequestContextsOptions;

  constructor(options: RequestContextsOptions) {
    this.#options = options;
  }

  async create(input: ContextInput): Promise<RequestContext> {
    const { dependencies, authenticator, guard } = this.#options;
    const { request, correlationId, log, signal, authorization } = input;
    const headers = headersOf(request.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    const { requester, cookies } = await authenticator.authenticate(headers, guard.trustsCookies(request.headers));
    const setCookies = input.setCookies ?? (() => undefined);
    setCookies(cookies);
    const newLoaders = () => createLoaders(dependencies.store, requester?.organization.id ?? '');
    let loaders = newLoaders();
    return {
      correlationId,
      log,
      signal,
      headers,
      remoteAddress: request.socket.remoteAddress ?? '',
      ...(requester !== undefined && { requester }),
      get loaders() {
        return loaders;
      },
      renewLoaders: () => {
        loaders = newLoaders();
      },
      follow: dependencies,
      setCookies,
    };
  }
}

/** The caller's own id when it is a harmless one, or a new one. */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

function headersOf(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'cookie', 'user-agent'] as const) {
    const value = incoming[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}
