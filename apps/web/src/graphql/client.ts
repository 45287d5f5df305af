import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { tap } from 'rxjs';
import { possibleTypes } from '../gql/possible-types.js';
import { live, unreachable } from './connection-state.js';
import { hasErrorCode } from './error-codes.js';

/** The API's client and the socket behind its subscriptions; `close` ends both. */
export interface ApiClient {
  readonly apollo: ApolloClient;
  close(): Promise<void>;
}

/**
 * The client of a signed-in user. `onSignedOut` is called when the server no longer knows the session.
 */
export function createApiClient(onSignedOut: () => void): ApiClient {
  const socket = createSocket();
  const errors = new ErrorLink(({ error, operation }) => {
    noteReference(error, operation.getContext()['response']);
    if (isUnauthenticated(error)) onSignedOut();
    else if (!CombinedGraphQLErrors.is(error) && !ServerError.is(error) && !isAbort(error)) unreachable.set(true);
  });
  const answered = new ApolloLink((operation, forward) => forward(operation).pipe(tap(() => unreachable.set(false))));
  const http = ApolloLink.from([errors, answered, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]);
  const apollo = new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket), http),
    cache: createCache(),
  });
  return {
    apollo,
    close: async () => {
      await socket.dispose();
      apollo.stop();
    },
  };
}

/** Objects by type and id. Of two states of a scan the later one stays: events and answers may overtake each other. */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Scan: {
        merge(existing, incoming, { readField, mergeObjects }) {
          const before = readField<number>('sequence', existing);
          const after = readField<number>('sequence', incoming);
          return before !== undefined && after !== undefined && after < before ? mergeObjects(incoming, existing) : mergeObjects(existing, incoming);
        },
      },
      // One of each in an installation, and events bring parts of it.
      ScanQueue: { keyFields: [], fields: { counts: { merge: true } } },
      Overview: { merge: true },
      Installation: { merge: true },
      AttachedVexTrust: { keyFields: ['connectionId'] },
      VexVerdict: { keyFields: false },
      VexDocument: { fields: { effect: { merge: true } } },
      AdvisorySource: { keyFields: ['name'] },
      AdvisoryFeed: { keyFields: false },
      Layer: { keyFields: false },
      Component: { keyFields: ['id'] },
      FormField: { keyFields: false },
      PluginVariant: { keyFields: false },
      // Lists ask for less of these than panels and forms do.
      Exploited: { merge: true },
      // Of the same result, what a list brings is added to what is known; of another one nothing is kept.
      Matching: {
        merge(existing, incoming, { readField, mergeObjects }) {
          return existing != null && incoming != null && readField('matchedAt', existing) === readField('matchedAt', incoming) ? mergeObjects(existing, incoming) : incoming;
        },
      },
      // A page of its neighbours leaves the others in place.
      ComponentDependencies: { merge: true },
      CredentialKind: { keyFields: false, merge: true },
    },
  });
}

function createSocket(): Client {
  const url = new URL('/graphql', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createClient({
    url: url.href,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    on: { connected: () => live.set(true), closed: () => live.set(false) },
  });
}

function isUnauthenticated(error: unknown): boolean {
  return hasErrorCode(error, 'UNAUTHENTICATED') || (ServerError.is(error) && error.statusCode === 401);
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

const references = new WeakMap<object, string>();

function noteReference(error: unknown, response: unknown): void {
  const reference = response instanceof Response ? response.headers.get('x-correlation-id') : null;
  const key = referenceKey(error);
  if (key !== undefined && reference !== null) references.set(key, reference);
}

/** The client wraps the errors of an answer anew for every reader; the answer's own first error is the same for all. */
function referenceKey(error: unknown): object | undefined {
  if (CombinedGraphQLErrors.is(error)) return error.errors[0];
  return typeof error === 'object' && error !== null ? error : undefined;
}

/** The server's reference for a failed request, when it gave one. */
export function errorReference(error: unknown): string | undefined {
  const key = referenceKey(error);
  return key === undefined ? undefined : references.get(key);
}
