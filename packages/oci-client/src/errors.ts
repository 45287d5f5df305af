/** Why a registry or an image store did not give what was asked for. */
export type OciErrorCode =
  /** No or refused credential: 401, or an authorization server that says no. */
  | 'unauthorized'
  /** The credential is good and may not do this: 403. */
  | 'denied'
  | 'not-found'
  | 'throttled'
  /** No connection: name, network, TLS, time-out, or the server's own failure (5xx). */
  | 'unreachable'
  /** The address is one the guarded dialer refuses to connect to. */
  | 'blocked'
  /** Bytes that do not have the promised digest or size. */
  | 'integrity'
  /** An answer that is not the registry protocol. */
  | 'protocol'
  /** Something real that is not supported, such as a schema 1 manifest or a foreign layer. */
  | 'unsupported'
  /** Larger or deeper than the configured limits. */
  | 'limit'
  | 'cancelled';

export interface OciErrorDetails {
  readonly code: OciErrorCode;
  readonly message: string;
  /** Whether the same request may succeed later with nothing changed. */
  readonly retryable?: boolean;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Code and text in the registry's error body, such as `MANIFEST_UNKNOWN`. */
  readonly upstreamCode?: string;
  readonly upstreamMessage?: string;
  readonly requestId?: string;
  readonly host?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Every failure that leaves this package. Messages hold no query strings, tokens or credentials. */
export class OciError extends Error {
  override readonly name = 'OciError';
  readonly code: OciErrorCode;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly upstreamCode: string | undefined;
  readonly upstreamMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly host: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(details: OciErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.retryable = details.retryable ?? (details.code === 'throttled' || details.code === 'unreachable');
    this.status = details.status;
    this.upstreamCode = details.upstreamCode;
    this.upstreamMessage = details.upstreamMessage;
    this.requestId = details.requestId;
    this.host = details.host;
    this.retryAfterMs = details.retryAfterMs;
  }
}
