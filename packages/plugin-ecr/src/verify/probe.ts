import { RegistryError } from '@esscm/registry-core';
import type { CheckOutcome, PermissionCheck } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';
import { parseDenial } from '../errors/parse-denial.js';
import type { Denial } from '../errors/parse-denial.js';
import { privatePermissions } from '../permissions.js';
import type { VerifiedAction } from '../permissions.js';
import { unsafeRoleCode } from './unsafe-role-code.js';

/** One permission tried once. */
export interface Probe {
  readonly action: VerifiedAction;
  /** An ARN or a name. */
  readonly triedOn: string;
  /** The call was made on a name that no policy for certain repositories covers, so a refusal proves nothing. */
  readonly onInventedName?: boolean;
  readonly call: () => Promise<unknown>;
}

export interface ProbeResult {
  readonly check: PermissionCheck;
  readonly error?: RegistryError;
  /** What the refusal says, when it was one. */
  readonly denial?: Denial;
}

/** Answers that come after authorization: whoever gets one was allowed to ask. */
const provesAllowed: ReadonlySet<string | undefined> = new Set([
  'RepositoryNotFoundException',
  'ImageNotFoundException',
  'LayersNotFoundException',
  'LayerInaccessibleException',
]);

/** Tries a permission. Only a cancelled call is thrown; every other failure is the result. */
export async function tryPermission(probe: Probe, clock: { now(): Date }): Promise<ProbeResult> {
  const started = clock.now().getTime();
  const shared = { action: probe.action, required: isRequired(probe.action), triedOn: probe.triedOn };
  try {
    await probe.call();
    return { check: { ...shared, outcome: 'allowed', durationMs: clock.now().getTime() - started } };
  } catch (error) {
    if (!(error instanceof RegistryError) || error.kind === 'cancelled') throw error;
    const denial = error.kind === 'access-denied' ? parseDenial(error.upstream?.message ?? '') : undefined;
    const outcome = outcomeOf(error, denial, probe.onInventedName === true);
    return {
      check: {
        ...shared,
        outcome,
        durationMs: clock.now().getTime() - started,
        ...(outcome !== 'allowed' && answerOf(error, denial)),
      },
      error,
      ...(denial !== undefined && { denial }),
    };
  }
}

/** The row of a permission that was not worth trying. */
export function notTried(action: VerifiedAction): PermissionCheck {
  return { action, required: isRequired(action), outcome: 'not-tried' };
}

/** Whether a failure is about the credentials or the clock, so that every further call would fail the same way. */
export function concernsCredentials(error: RegistryError | undefined): boolean {
  return error?.heading === headings.credentials;
}

function outcomeOf(error: RegistryError, denial: Denial | undefined, onInventedName: boolean): CheckOutcome {
  if (error.upstream?.code === unsafeRoleCode) return 'unsafe';
  if (provesAllowed.has(error.upstream?.code)) return 'allowed';
  if (denial !== undefined) {
    if (denial.effect === 'explicit') return 'denied-explicit';
    return onInventedName ? 'not-proven' : 'denied-implicit';
  }
  if (error.kind === 'throttled') return 'throttled';
  // The one not-found that is left is a region without an endpoint.
  if (error.kind === 'unreachable' || error.kind === 'not-found') return 'unreachable';
  return 'not-proven';
}

function answerOf(error: RegistryError, denial: Denial | undefined): Partial<PermissionCheck> {
  const { code, message, requestId } = error.upstream ?? {};
  return {
    ...(denial?.deniedBy !== undefined && { deniedBy: denial.deniedBy }),
    ...(code !== undefined && { upstreamCode: code }),
    ...(message !== undefined && { upstreamMessage: message }),
    ...(requestId !== undefined && { requestId }),
    ...(error.remedy !== undefined && { remedy: error.remedy }),
  };
}

function isRequired(action: VerifiedAction): boolean {
  return privatePermissions.some((permission) => permission.action === action && permission.required);
}
