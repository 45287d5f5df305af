/** What went wrong in the store; callers branch on it, never on the message. */
export type StoreErrorCode =
  | 'name-taken'
  | 'invalid-cursor'
  | 'invalid-page-size'
  | 'not-found'
  | 'newer-database'
  | 'changed-migration'
  | 'invalid-master-key'
  | 'wrong-master-key'
  | 'unreadable-secret'
  | 'damaged-catalogue'
  | 'too-many-views'
  | 'read-too-long';

export interface StoreErrorDetails {
  readonly code: StoreErrorCode;
  /** Holds no secret and no other organisation's data. */
  readonly message: string;
  /** What to do, and who can do it. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** Every failure of the store that has a meaning to its caller. Failures of the database itself pass as the driver gave them. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  readonly code: StoreErrorCode;
  readonly remedy: string | undefined;

  constructor(details: StoreErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.remedy = details.remedy;
  }
}

/** The organisation already has a connection of this name. */
export class NameTakenError extends StoreError {
  override readonly name = 'NameTakenError';
  readonly takenName: string;

  constructor(takenName: string, cause: unknown) {
    super({ code: 'name-taken', message: `There is already a connection named "${takenName}".`, remedy: 'Choose another name.', cause });
    this.takenName = takenName;
  }
}

/** A cursor that this list did not give out. */
export class InvalidCursorError extends StoreError {
  override readonly name = 'InvalidCursorError';

  constructor() {
    super({
      code: 'invalid-cursor',
      message: 'The cursor does not belong to this list.',
      remedy: 'Start again without a cursor, and give cursors back as they were given.',
    });
  }
}

/** The row that a new row would belong to does not exist in this organisation. */
export class NotFoundError extends StoreError {
  override readonly name = 'NotFoundError';

  constructor(what: string) {
    super({ code: 'not-found', message: `There is no such ${what}.` });
  }
}
