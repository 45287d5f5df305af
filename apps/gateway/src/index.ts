export { startGateway } from './gateway.js';
export type { RunningGateway } from './gateway.js';
export type { GatewayDependencies, GatewayJobs, GatewaySample, GatewaySettings, InstallationFacts } from './dependencies.js';
export type { AuthenticationDatabase } from './authentication/authentication-database.js';
