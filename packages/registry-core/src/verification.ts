import type { Correction } from './errors.js';

/** What a credential may do, tried a moment ago. Plain data without secrets: it crosses the API and is stored. */
export interface VerificationReport {
  /** `verified`: everything required is allowed. `limited`: scanning works, something else does not. `failed`: it does not. */
  readonly status: 'verified' | 'limited' | 'failed';
  /** Who the registry says we are: an ARN for AWS. */
  readonly principal?: string;
  /** Of the registry; several are separated by commas. */
  readonly account?: string;
  readonly region?: string;
  /** ISO 8601. */
  readonly checkedAt: string;
  /** In the order of the variant's `permissions` that the credential kind is tried with; registry after registry where there are several. */
  readonly checks: readonly PermissionCheck[];
  /** One a cause, worst first: what the user reads above the rows. */
  readonly problems: readonly VerificationProblem[];
  /** The smallest policy that grants all that is missing, to copy; absent when nothing is, or when no grant would help. */
  readonly missingPolicy?: string;
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
  | 'not-tried'
  /** It works, and would work for others as well: not to be used, and a connection with it is refused. */
  | 'unsafe';

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
  /** Which registry, where the connection covers several: `4182-7390-5562 in eu-central-1`. */
  readonly registry?: string;
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
  readonly correction?: Correction;
  /** The actions this explains; empty when it explains all. */
  readonly actions: readonly string[];
  readonly upstreamCode?: string;
  readonly upstreamMessage?: string;
  readonly upstreamStatus?: number;
  readonly requestId?: string;
}
