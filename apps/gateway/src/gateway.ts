import { drizzleAuthenticationDatabase } from './authentication/drizzle-authentication-database.js';
import type { GatewayDependencies } from './dependencies.js';
import { type RunningGateway, serveGateway } from './serve-gateway.js';

/**
 * Starts answering: GraphQL over HTTP and sockets, downloads, health, metrics and the web app, on one port. Accounts and
 * sessions are kept in the tables of the store.
 * @throws Error when it would listen beyond loopback without a setup code, or the port is taken
 */
export function startGateway(dependencies: GatewayDependencies): Promise<RunningGateway> {
  return serveGateway(dependencies, drizzleAuthenticationDatabase(dependencies.store.drizzle));
}
