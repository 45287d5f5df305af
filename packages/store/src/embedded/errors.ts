/** What went wrong, for callers that branch; message text is for people only. */
export type EmbeddedDatabaseErrorCode =
  | 'folder-in-use'
  | 'folder-not-a-database'
  | 'wrong-major-version'
  | 'insufficient-space'
  | 'creation-failed'
  | 'start-failed'
  | 'unavailable'
  | 'closed';

/** Failure of the embedded database as a whole. Failures of single statements are ordinary PostgreSQL errors of `pg`. */
export class EmbeddedDatabaseError extends Error {
  readonly code: EmbeddedDatabaseErrorCode;
  /** What the operator can do, one or two plain sentences. */
  readonly remedy: string;

  constructor(code: EmbeddedDatabaseErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedDatabaseError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** The engine's thread ended or stopped following the protocol; everything it was doing is lost unless it was committed. */
export class EngineLostError extends Error {
  /** True when the watchdog ended the thread because one statement ran past its limit. */
  readonly overLimit: boolean;

  constructor(message: string, options?: ErrorOptions & { overLimit?: boolean }) {
    super(message, options);
    this.name = 'EngineLostError';
    this.overLimit = options?.overLimit ?? false;
  }
}
