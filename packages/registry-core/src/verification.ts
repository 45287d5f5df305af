/** What a credential may do, tried a moment ago. Plain data without secrets: it crosses the API and is stored. */
export interface VerificationReport {
  /** `verified`: everything required is allowed. `limited`: scanning works, something else does not. `failed`: it does not. */
  readonly status: 'verified' | 'limited' | 'failed';
  /** Who the registry says we are: an ARN for AWS. */
  readonly principal?: string;
  readonly account?: string;
  readonly region?: string;
  /** ISO 8601. */
  readonly checkedAt: string;
  /** In the order of the variant's `permissions`. */
  readonly checks: readonly PermissionCheck[];
  /** One a cause, worst first: what the user reads above the rows. */
  readonly problems: readonly VerificationProblem[];
}

export type CheckOutcome =
  | 'allowed'
  /** Nothing allows it. */
  | 'denied-implicit'
  /** A statement forbids it. */
  | 'denied-explicit'
  /** The probe could not tell. */
  | 'not-proven'
  | 'throttled'
  | 'unreachable'
  /** Not tried, because an earlier failure made it pointless. */
  | 'not-tried';

/** Which document decided, when the registry names it. */
export type DenialSource =
  | 'identity-policy'
  | 'resource-policy'
  | 'permissions-boundary'
  | 'service-control-policy'
  | 'resource-control-policy'
  | 'session-policy'
  | 'endpoint-policy';

export interface PermissionCheck {
  readonly action: string;
  readonly required: boolean;
  readonly outcome: CheckOutcome;
  readonly deniedBy?: DenialSource;
  /** What it was tried on: an ARN or a name. */
  readonly triedOn?: string;
  readonly upstreamCode?: string;
  readonly upstreamMessage?: string;
  readonly requestId?: string;
  readonly durationMs?: number;
  readonly remedy?: string;
}

export interface VerificationProblem {
  /** One of the headings users know, such as `Access denied`. */
  readonly heading: string;
  readonly message: string;
  readonly remedy?: string;
  /** Text to copy that mends it. */
  readonly remedySnippet?: string;
  /** The actions this explains; empty when it explains all. */
  readonly actions: readonly string[];
  readonly upstreamCode?: string;
  readonly upstreamMessage?: string;
  readonly upstreamStatus?: number;
  readonly requestId?: string;
}
