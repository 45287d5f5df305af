import { isLoopbackHost } from '@esscm/oci-client';
// Before any decorated class: the decorators write what this reads.
import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthenticationDatabase } from './authentication/authentication-database.js';
import type { ServedDependencies } from './dependencies.js';
import { createApolloServer } from './graphql/apollo-server.js';
import { startSubscriptionServer } from './graphql/subscription-server.js';
import { DocumentWriter } from './documents/document-writer.js';
import { createHttpApp } from './http/http-app.js';
import { GatewayMetrics } from './http/metrics.js';
import { correlationIdOf, RequestContexts } from './http/request-contexts.js';
import { RequestGuard } from './http/request-guard.js';
import { createServices } from './services.js';

/** A gateway that answers. */
export interface RunningGateway {
  /** Origin it answers at, such as `http://127.0.0.1:4000`. */
  readonly address: string;
  /** Lets requests that are being answered end, closes sockets and the port. The dependencies stay open. */
  close(): Promise<void>;
}

/**
 * Starts answering: GraphQL over HTTP and sockets, downloads, health, metrics and the web app, on one port.
 * @throws Error when it would listen beyond loopback without a setup code, or the port is taken
 */
export async function serveGateway(dependencies: ServedDependencies, authenticationDatabase: AuthenticationDatabase): Promise<RunningGateway> {
  const { settings, log, jobs } = dependencies;
  const loopback = isLoopbackHost(settings.host);
  if ((!loopback || settings.publicOrigin !== undefined) && settings.setupCode === undefined) {
    throw new Error('A server that other machines can reach needs a setup code for its first account.');
  }
  const origin = settings.publicOrigin ?? originOf(settings.host, settings.port);
  const services = createServices({
    dependencies,
    authenticationDatabase,
    origin,
    setupCode: settings.setupCode,
    log,
  });
  const guard = new RequestGuard({
    listenHost: settings.host,
    ...(settings.publicOrigin !== undefined && { publicOrigin: settings.publicOrigin }),
  });
  const metrics = new GatewayMetrics(async () => ({ ...(await jobs.scans.counts()) }));
  const contexts = new RequestContexts({ dependencies, authenticator: services.authenticator, guard });
  const documents = new DocumentWriter();
  const httpServer = createServer();
  const apollo = createApolloServer({ schema: services.schema, httpServer, metrics, log });
  const subscriptions = startSubscriptionServer({
    schema: services.schema,
    httpServer,
    path: '/graphql',
    log,
    acceptsHost: (request) => guard.acceptsHost(request.headers),
    authenticate: async (request, authorization, signal) => {
      const correlationId = correlationIdOf(request.headers);
      const context = await contexts.create({
        request,
        correlationId,
        authorization,
        log: log.child({ correlationId }),
        signal,
      });
      return context.requester === undefined ? undefined : context;
    },
  });
  await apollo.start();
  httpServer.on('request', createHttpApp({ apollo, attachments: services.attachments, contexts, dependencies, documents, guard, metrics, https: origin.startsWith('https:'), registryEvents: services.registryEvents, vex: services.vex }));
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(settings.port, settings.host, () => resolve());
  });
  // The port is the one chosen by the system when 0 was asked for.
  const { port } = httpServer.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = async () => {
    await subscriptions.dispose();
    await apollo.stop();
    await documents.close();
    services.close();
    metrics.close();
  };
  return {
    address: originOf(settings.host, port),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
