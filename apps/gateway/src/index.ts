export { startGateway } from './gateway.js';
export { loggableError } from './loggable-error.js';
export type { RunningGateway } from './serve-gateway.js';
export type { GatewayDependencies, GatewayJobs, GatewaySample, GatewaySettings, InstallationFacts } from './dependencies.js';
