export { SimulatorError, type SimulatorErrorCode } from './errors.js';
export type { FaultBehaviour, RateLimit, SimulatedFault } from './faults.js';
export type { RecordedRequest, SimulatorPlane } from './http/request-log.js';
export type { PolicyDocument, PolicyStatement } from './iam/policy-document.js';
export type { SimulatedImage, SimulatedRepository, SimulatedRole, SimulatedUser, TagMutability } from './simulated-account.js';
export type { EcrSimulatorOptions } from './simulator-options.js';
export { type EcrSimulator, startEcrSimulator } from './start-ecr-simulator.js';
