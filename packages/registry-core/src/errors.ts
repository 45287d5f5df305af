/** The kinds every plugin translates its vendor's failures to, once. */
export type RegistryErrorKind =
  | 'invalid-credentials'
  | 'access-denied'
  | 'not-found'
  | 'throttled'
  | 'unreachable'
  | 'expired'
  | 'unsupported'
  | 'archived'
  | 'protocol'
  | 'cancelled';

/** What the upstream said, for the folded details of an error panel. Holds no secret. */
export interface UpstreamAnswer {
  /** The call made, such as `ecr:BatchGetImage`. */
  readonly call?: string;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
  readonly host?: string;
}

/** A mistyped text of the connection's settings, for a button that puts it right. */
export interface Correction {
  /** As it stands in a setting, or as one entry of a setting that lists several separated by commas. */
  readonly typed: string;
  /** What was probably meant. */
  readonly meant: string;
}

export interface RegistryErrorDetails {
  readonly kind: RegistryErrorKind;
  /** What the user reads first: `Credentials verification failed`, `Repository not found`, `Access denied`, … */
  readonly heading: string;
  /** The exact cause, one or two sentences. */
  readonly message: string;
  /** What to do, and who can do it. */
  readonly remedy?: string;
  /** Text to copy that mends it, such as a policy statement. */
  readonly remedySnippet?: string;
  readonly correction?: Correction;
  readonly upstream?: UpstreamAnswer;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Every failure that leaves a plugin. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly kind: RegistryErrorKind;
  readonly heading: string;
  readonly remedy: string | undefined;
  readonly remedySnippet: string | undefined;
  readonly correction: Correction | undefined;
  readonly upstream: UpstreamAnswer | undefined;
  readonly retryAfterMs: number | undefined;
  /** Whether the same call may succeed later with nothing changed. */
  readonly retryable: boolean;

  constructor(details: RegistryErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.heading = details.heading;
    this.remedy = details.remedy;
    this.remedySnippet = details.remedySnippet;
    this.correction = details.correction;
    this.upstream = details.upstream;
    this.retryAfterMs = details.retryAfterMs;
    this.retryable = details.kind === 'throttled' || details.kind === 'unreachable';
  }
}

export interface FieldIssue {
  /** Name of the form field; empty for the form as a whole. */
  readonly field: string;
  readonly message: string;
}

/** Values a form cannot be accepted with. Names fields, never repeats a secret value. */
export class InvalidConfigurationError extends Error {
  override readonly name = 'InvalidConfigurationError';
  readonly issues: readonly FieldIssue[];

  constructor(issues: readonly FieldIssue[]) {
    super(issues.map((issue) => issue.message).join(' '));
    this.issues = issues;
  }
}

export type InvalidReferenceCode =
  /** Nothing was typed. */
  | 'empty'
  /** No registry host, or text that is no image reference at all. */
  | 'no-host'
  /** A reference to a registry this plugin does not connect. */
  | 'other-registry'
  /** A reference of this plugin's other variant. */
  | 'other-variant'
  /** Almost a host of this registry: a wrong account, region, port or ending. */
  | 'invalid-host'
  | 'invalid-repository'
  | 'invalid-tag'
  | 'invalid-digest';

export interface InvalidReferenceDetails {
  readonly code: InvalidReferenceCode;
  /** One or two sentences saying what is wrong, shown under the field. */
  readonly message: string;
  /** A reference that would be accepted, when the mistake has one obvious mend. */
  readonly suggestion?: string;
}

/** An image reference that cannot be read. Callers branch on `code`; the text typed is not repeated in the message. */
export class InvalidReferenceError extends Error {
  override readonly name = 'InvalidReferenceError';
  readonly code: InvalidReferenceCode;
  readonly suggestion: string | undefined;

  constructor(details: InvalidReferenceDetails) {
    super(details.message);
    this.code = details.code;
    this.suggestion = details.suggestion;
  }
}
