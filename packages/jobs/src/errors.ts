export type JobsErrorCode = 'invalid-payload' | 'event-too-large' | 'unreachable';

/** A job or event that cannot be taken, or a Redis server that cannot be reached; only the last may pass by itself. */
export class JobsError extends Error {
  readonly code: JobsErrorCode;
  readonly retryable: boolean;

  constructor(code: JobsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JobsError';
    this.code = code;
    this.retryable = code === 'unreachable';
  }
}

/** What an error says, or what else was thrown, for a log. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when the error says of itself that another attempt cannot succeed. */
export function isFinal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false;
}
