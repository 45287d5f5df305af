import type { Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { GatewayJobs } from './dependencies.js';
import { failure } from './graphql/failures.js';
import type { Loaders } from './loaders.js';
import type { AccessScope } from './modules/access-tokens/access-token.type.js';

/** Who asks. */
export interface Requester {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** Already widened: ADMIN holds every scope. */
  readonly scopes: ReadonlySet<AccessScope>;
  readonly via: 'session' | 'token';
}

/** Everything a resolver knows of the request it serves; one a request, or one a WebSocket operation. */
export interface RequestContext {
  readonly correlationId: string;
  readonly log: Logger;
  /** Aborted when the client goes away or the time limit passes. */
  readonly signal: AbortSignal;
  readonly remoteAddress: string;
  readonly requester?: Requester;
  readonly loaders: Loaders;
  /** Forgets what the loaders hold, before the next event of a subscription. */
  renewLoaders(): void;
  /** What subscriptions read from; type-graphql calls them without a resolver. */
  readonly follow: {
    readonly store: Pick<Store, 'scanLogs' | 'scanPauses' | 'scans' | 'drafts' | 'connections' | 'advisorySources'>;
    readonly jobs: Pick<GatewayJobs, 'events'>;
    readonly clock?: { now(): Date };
  };
  /** Of the request, for the session cookie. */
  readonly headers: Headers;
  /** Adds `Set-Cookie` lines to the response; does nothing over WebSocket. */
  setCookies(cookies: readonly string[]): void;
}

/** @throws GraphQLError UNAUTHENTICATED when nobody is signed in */
export function requireRequester(context: RequestContext): Requester {
  if (context.requester === undefined) throw failure('UNAUTHENTICATED', 'Sign in first.');
  return context.requester;
}
