/** Why the simulator could not be built or asked: a mistake of the person who configured it, never an answer sent over the wire. */
export type SimulatorErrorCode = 'invalid-configuration' | 'invalid-image-layout' | 'unknown-repository';

/** Thrown by the simulator's own functions. `remedy` says what to change. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;
  readonly remedy: string;

  constructor(code: SimulatorErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SimulatorError';
    this.code = code;
    this.remedy = remedy;
  }
}

/**
 * An answer of the AWS API other than success. `code` is the name without the `Exception` suffix rules of any protocol:
 * each protocol's writer spells it (JSON keeps it, the query protocol has its own names).
 */
export class ServiceFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'ServiceFault';
    this.code = code;
    this.status = status;
  }
}
