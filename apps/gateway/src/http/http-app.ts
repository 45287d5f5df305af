import { isLoopbackHost } from '@esscm/oci-client';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import type { ServedDependencies } from '../dependencies.js';
import type { DocumentWriter } from '../documents/document-writer.js';
import { loggableError } from '../loggable-error.js';
import type { RequestContext } from '../request-context.js';
import { createHealthHandler } from './health.js';
import type { GatewayMetrics } from './metrics.js';
import { correlationIdOf, type RequestContexts } from './request-contexts.js';
import type { RegistryEventsHandler } from './registry-events.js';
import type { RequestGuard } from './request-guard.js';
import type { AttachmentReader } from '../modules/attachments/attachment-reader.js';
import { createAttachmentHandler } from './attachment-download.js';
import { createComparisonHandler } from './comparison-download.js';
import { createComponentsHandler } from './components-download.js';
import { createFindingsHandler } from './findings-download.js';
import { createSbomHandler } from './sbom-download.js';
import type { VexService } from '../modules/vex/vex.service.js';
import { securityHeaders } from './security-headers.js';
import { createImageComponentsHandler } from './image-components-download.js';
import { createImageVexHandler, createVersionVexHandler } from './vex-download.js';
import { vexUploadRouter } from './vex-upload.js';
import { webAppRouter } from './web-app.js';

interface HttpAppOptions {
  readonly attachments: AttachmentReader;
  readonly apollo: ApolloServer<RequestContext>;
  readonly contexts: RequestContexts;
  readonly dependencies: ServedDependencies;
  readonly documents: DocumentWriter;
  readonly guard: RequestGuard;
  readonly metrics: GatewayMetrics;
  readonly https: boolean;
  readonly registryEvents: RegistryEventsHandler;
  readonly vex: VexService;
}

type ContextLocals = { context: RequestContext };

const maximumBody = '256kb';
/** An event of a registry is about a kilobyte. */
const maximumEvent = '64kb';
const timeoutMs = 30_000;

/** Every HTTP route. GraphQL subscriptions come over the same port as sockets and do not pass here. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { apollo, attachments, contexts, dependencies, documents, guard, metrics, https, registryEvents, vex } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(observe(dependencies.log, metrics));
  app.use(securityHeaders(https));
  app.use((request, response, next) => {
    if (guard.acceptsHost(request.headers)) next();
    else answerError(response, 421, 'MISDIRECTED', 'This server does not answer to this host name.');
  });
  app.use(compression());

  app.get('/healthz', createHealthHandler(dependencies.store, dependencies.jobs));
  const authenticate = contextMiddleware(contexts);
  app.get('/metrics', authenticate, async (request, response: Response<string, ContextLocals>) => {
    if (!mayReadMetrics(request, response.locals.context)) {
      answerError(response, 403, 'FORBIDDEN', 'Metrics are for this machine and for access tokens with the scope ADMIN.');
      return;
    }
    response.set('content-type', metrics.contentType).send(await metrics.text());
  });
  app.use(
    '/graphql',
    timeLimit,
    express.json({ limit: maximumBody }),
    authenticate,
    expressMiddleware(apollo, { context: ({ res }) => Promise.resolve(contextOf(res)) }),
  );
  app.post('/api/connections/:connectionId/events', timeLimit, express.json({ limit: maximumEvent }), registryEvents);
  app.get('/api/images/:imageId/components.csv', authenticate, createImageComponentsHandler(dependencies.store));
  app.get('/api/images/:imageId/sbom', authenticate, createSbomHandler(dependencies.store, documents));
  const vexDownloads = { store: dependencies.store, version: dependencies.installation.version, publicOrigin: dependencies.settings.publicOrigin, now: () => dependencies.clock?.now() ?? new Date() };
  app.get('/api/images/:imageId/vex', timeLimit, authenticate, createImageVexHandler(vexDownloads));
  app.get('/api/project-versions/:versionId/vex', timeLimit, authenticate, createVersionVexHandler(vexDownloads));
  app.get('/api/images/:imageId/attachments/:digest', timeLimit, authenticate, createAttachmentHandler(attachments));
  app.use('/api/vex-documents', timeLimit, authenticate, vexUploadRouter(vex));
  app.get('/api/findings.csv', authenticate, createFindingsHandler(dependencies));
  app.get('/api/components.csv', authenticate, createComponentsHandler(dependencies.store));
  app.get('/api/comparison.csv', authenticate, createComparisonHandler(dependencies.store));
  app.use(['/api', '/graphql'], (_request, response) => answerError(response, 404, 'NOT_FOUND', 'There is nothing at this address.'));
  if (dependencies.settings.webFolder !== undefined) app.use(webAppRouter(dependencies.settings.webFolder));
  app.use((_request, response) => answerError(response, 404, 'NOT_FOUND', 'There is nothing at this address.'));
  app.use(lastResort(dependencies.log));
  return app;
}

/** Gives every response its correlation id, and writes one line when it has been sent. Addresses are logged without their query. */
function observe(log: Logger, metrics: GatewayMetrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const correlationId = correlationIdOf(request.headers);
    const { method, path } = request;
    response.locals['correlationId'] = correlationId;
    response.locals['log'] = log.child({ correlationId });
    response.set('x-correlation-id', correlationId);
    response.once('close', () => {
      const durationMs = Math.round(performance.now() - startedAt);
      const status = response.writableFinished ? response.statusCode : 499;
      const level = path === '/graphql' || path.startsWith('/api/') ? 'info' : 'debug';
      log[level]({ correlationId, method, path, status, durationMs }, 'request');
      metrics.observeRequest(knownMethods.includes(method) ? method : 'other', routeOf(path), status, durationMs / 1000);
    });
    next();
  };
}

const knownMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];

function routeOf(path: string): string {
  if (path === '/graphql' || path === '/healthz' || path === '/metrics') return path;
  return path.startsWith('/api/') ? '/api' : '/';
}

function contextMiddleware(contexts: RequestContexts): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const locals: { correlationId: string; log: Logger } = localsOf(response);
    response.locals['context'] = await contexts.create({
      request,
      correlationId: locals.correlationId,
      log: locals.log,
      signal: gone.signal,
      setCookies: (cookies) => {
        for (const cookie of cookies) response.append('set-cookie', cookie);
      },
    });
    response.set('cache-control', 'no-store');
    next();
  };
}

function localsOf(response: Response): { correlationId: string; log: Logger } & ContextLocals {
  return response.locals as { correlationId: string; log: Logger } & ContextLocals;
}

/** The context that `contextMiddleware` made for this response. */
function contextOf(response: Response): RequestContext {
  return localsOf(response).context;
}

const timeLimit: RequestHandler = (_request, response, next) => {
  const timer = setTimeout(() => answerError(response, 504, 'TIMEOUT', 'The answer took longer than 30 seconds.'), timeoutMs);
  response.once('close', () => clearTimeout(timer));
  next();
};

/** Programs on this machine, and tokens of administrators. A request that came through a proxy is not from this machine. */
function mayReadMetrics(request: Request, context: RequestContext): boolean {
  if (context.requester?.scopes.has('ADMIN') === true) return true;
  const proxied = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return !proxied && isLoopbackHost((request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
}

/** Errors in the form of GraphQL, whatever the route: clients read one form. */
function answerError(response: Response, status: number, code: string, message: string): void {
  if (response.headersSent) return;
  const { correlationId } = localsOf(response);
  response.status(status).json({ errors: [{ message, extensions: { code, correlationId } }] });
}

function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
    if (status === 413) {
      answerError(response, 413, 'LIMIT_EXCEEDED', 'The request is larger than is accepted here.');
    } else if (typeof status === 'number' && status >= 400 && status < 500) {
      answerError(response, status, status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST', 'The request cannot be read.');
    } else {
      log.error({ error: loggableError(error), correlationId: localsOf(response).correlationId }, 'A request failed.');
      // Cut off, so that the reader does not take what came for the whole.
      if (response.headersSent) return void response.destroy();
      answerError(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on the server.');
    }
  };
}
