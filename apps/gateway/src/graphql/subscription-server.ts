import type { IncomingMessage, Server } from 'node:http';
import { getOperationAST, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { loggableError } from '../loggable-error.js';
import type { RequestContext } from '../request-context.js';
import { documentLimitsRule, maximumTokens } from './document-limits.js';
import { isExpected, maskError } from './error-masking.js';
import { checkOperation } from './operation-checks.js';

interface SubscriptionServerOptions {
  readonly schema: GraphQLSchema;
  readonly httpServer: Server;
  readonly path: string;
  readonly log: Logger;
  /** Whether the upgrade's `Host` is one this server answers to. */
  acceptsHost(request: IncomingMessage): boolean;
  /** Undefined when nobody is signed in. Called when a socket opens, again for each operation, and every minute. */
  authenticate(request: IncomingMessage, authorization: string | undefined, signal: AbortSignal): Promise<RequestContext | undefined>;
  /** Between checks that the session or token of an open socket has not ended. */
  readonly recheckMs?: number;
}

const parametersSchema = z.object({ authorization: z.string().max(200).optional() });
const maximumMessageBytes = 256 * 1024;
const maximumOperations = 20;

/** Subscriptions over WebSocket, by the graphql-transport-ws protocol. Dispose it before the HTTP server closes. */
export function startSubscriptionServer(options: SubscriptionServerOptions): { dispose(): Promise<void> } {
  const { schema, httpServer, path, log } = options;
  const socketServer = new WebSocketServer({ noServer: true, maxPayload: maximumMessageBytes });
  const timers = new Set<NodeJS.Timeout>();
  const operations = new WeakMap<object, Map<string, AbortController>>();

  const onUpgrade: Parameters<typeof httpServer.on>[1] = (request: IncomingMessage, socket, head) => {
    const isOurs = new URL(request.url ?? '/', 'http://host').pathname === path;
    if (!isOurs || !options.acceptsHost(request)) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (webSocket) => socketServer.emit('connection', webSocket, request));
  };
  httpServer.on('upgrade', onUpgrade);

  const server = useServer<Record<string, unknown>, Extra & Record<PropertyKey, unknown>>(
    {
      connectionInitWaitTimeout: 10_000,
      onConnect: async (connection) => {
        const { request, socket } = connection.extra;
        const gone = new AbortController();
        const authenticate = () => options.authenticate(request, tokenOf(connection.connectionParams), gone.signal);
        if ((await authenticate()) === undefined) return false;
        const timer = setInterval(() => {
          authenticate().then(
            (context) => {
              if (context === undefined) socket.close(CloseCode.Forbidden, 'Forbidden');
            },
            (error: unknown) => log.warn({ error: loggableError(error) }, 'The session of an open socket could not be checked.'),
          );
        }, options.recheckMs ?? 60_000).unref();
        timers.add(timer);
        operations.set(socket, new Map());
        socket.once('close', () => {
          gone.abort();
          clearInterval(timer);
          timers.delete(timer);
          for (const operation of operations.get(socket)?.values() ?? []) operation.abort();
        });
        return true;
      },
      onSubscribe: async (connection, id, payload) => {
        const { request, socket } = connection.extra;
        const operation = new AbortController();
        const context = await options.authenticate(request, tokenOf(connection.connectionParams), operation.signal);
        if (context === undefined) return [new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })];
        const running = operations.get(socket);
        if (running === undefined || running.size >= maximumOperations) {
          return [new GraphQLError(`At most ${maximumOperations} subscriptions at once.`, { extensions: { code: 'LIMIT_EXCEEDED' } })];
        }
        try {
          const prepared = prepare(schema, payload, context);
          running.set(id, operation);
          return prepared;
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
      onComplete: (connection, id) => {
        const running = operations.get(connection.extra.socket);
        running?.get(id)?.abort();
        running?.delete(id);
      },
      onError: (_connection, _id, _payload, errors) => masked(errors, log),
      onNext: (_connection, _id, _payload, _arguments, { data, errors }) =>
        errors === undefined ? undefined : { ...(data !== undefined && { data }), errors: masked(errors, log) },
    },
    socketServer,
    12_000,
  );
  return {
    dispose: async () => {
      httpServer.off('upgrade', onUpgrade);
      for (const timer of timers) clearInterval(timer);
      await server.dispose();
    },
  };
}

function tokenOf(parameters: unknown): string | undefined {
  return parametersSchema.safeParse(parameters).data?.authorization;
}

/** @throws GraphQLError when the operation is not acceptable */
function prepare(schema: GraphQLSchema, payload: SubscribePayload, contextValue: RequestContext) {
  const document = parse(payload.query, { maxTokens: maximumTokens });
  const errors = validate(schema, document, [...specifiedRules, documentLimitsRule]);
  if (errors.length > 0) return errors;
  const operation = getOperationAST(document, payload.operationName);
  // A session cookie cannot be set over a socket, so everything else goes over HTTP.
  if (operation?.operation !== 'subscription') {
    throw new GraphQLError('Only subscriptions are answered here.', { extensions: { code: 'BAD_REQUEST' } });
  }
  const variables = payload.variables ?? undefined;
  checkOperation({ schema, document, operationName: payload.operationName ?? undefined, variables, requester: contextValue.requester });
  return { schema, document, operationName: payload.operationName, variableValues: variables, contextValue };
}

function masked(errors: readonly GraphQLError[], log: Logger) {
  return errors.map((error) => {
    if (!isExpected(error)) log.error({ error: loggableError(error.originalError ?? error), path: error.path }, 'An event could not be given.');
    return maskError(withCode(error), error);
  });
}

/** Errors of validation have no code of their own outside Apollo Server. */
function withCode(error: GraphQLError) {
  const formatted = error.toJSON();
  return formatted.extensions?.['code'] === undefined ? { ...formatted, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } } : formatted;
}
