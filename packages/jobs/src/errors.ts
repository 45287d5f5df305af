export type JobsErrorCode = 'invalid-payload' | 'event-too-large' | 'closed';

/** A job or event that cannot be taken; none of these becomes possible by trying again. */
export class JobsError extends Error {
  readonly code: JobsErrorCode;
  readonly retryable = false;

  constructor(code: JobsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JobsError';
    this.code = code;
  }
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when the error says of itself that another attempt cannot succeed. */
export function isFinal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false;
}
