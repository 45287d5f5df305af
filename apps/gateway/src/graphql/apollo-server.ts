import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { loggableError } from '../loggable-error.js';
import type { GatewayMetrics } from '../http/metrics.js';
import type { RequestContext } from '../request-context.js';
import { documentLimitsRule, maximumTokens } from './document-limits.js';
import { isExpected, maskError } from './error-masking.js';
import { checkOperation } from './operation-checks.js';

interface ApolloServerOptions {
  readonly schema: GraphQLSchema;
  readonly httpServer: Server;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
}

/** Queries and mutations over HTTP. The caller starts and stops it. */
export function createApolloServer({ schema, httpServer, metrics, log }: ApolloServerOptions): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    // Allowed here, refused to those who are not signed in by `checkOperation`.
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: maximumTokens },
    validationRules: [documentLimitsRule],
    formatError: maskError,
    logger: log,
    plugins: [
      requestPlugin(metrics),
      ApolloServerPluginDrainHttpServer({ httpServer }),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

function requestPlugin(metrics: GatewayMetrics): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () => {
      const startedAt = performance.now();
      return Promise.resolve({
        didResolveOperation: ({ schema, document, operationName, request, contextValue }) => {
          checkOperation({
            schema,
            document,
            operationName: operationName ?? undefined,
            variables: request.variables,
            requester: contextValue.requester,
          });
          return Promise.resolve();
        },
        didEncounterErrors: ({ errors, contextValue }) => {
          for (const error of errors) {
            if (!isExpected(error)) contextValue.log.error({ error: loggableError(error.originalError ?? error), path: error.path }, 'A field could not be answered.');
          }
          return Promise.resolve();
        },
        willSendResponse: ({ response, contextValue, operation, errors }) => {
          const { body } = response;
          if (body.kind === 'single' && body.singleResult.errors !== undefined) {
            body.singleResult.errors = body.singleResult.errors.map((error) => ({
              ...error,
              extensions: { ...error.extensions, correlationId: contextValue.correlationId },
            }));
          }
          metrics.observeOperation(operation?.operation ?? 'none', errors === undefined, (performance.now() - startedAt) / 1000);
          return Promise.resolve();
        },
      });
    },
  };
}
