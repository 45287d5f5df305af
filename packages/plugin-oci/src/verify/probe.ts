import { OciError } from '@esscm/oci-client';
import type { CheckOutcome, PermissionCheck, PluginHost, RegistryError } from '@esscm/registry-core';
import { cancelled } from '../errors/cancelled.js';
import { translateOciError, type FailureContext } from '../errors/translate-oci-error.js';
import { permissions, type PermissionAction } from '../permissions.js';

/** One permission and the request that tries it. */
export interface Probe {
  readonly action: PermissionAction;
  readonly triedOn: string;
  readonly context: FailureContext;
  call(): Promise<void>;
}

export interface ProbeResult {
  readonly check: PermissionCheck;
  /** Why it is not allowed. */
  readonly error?: RegistryError;
}

const outcomes: Readonly<Record<OciError['code'], CheckOutcome>> = {
  unauthorized: 'denied-implicit',
  denied: 'denied-implicit',
  'not-found': 'not-proven',
  throttled: 'throttled',
  unreachable: 'unreachable',
  blocked: 'unreachable',
  integrity: 'not-proven',
  protocol: 'not-proven',
  unsupported: 'not-proven',
  limit: 'not-proven',
  cancelled: 'not-tried',
};

/** @throws RegistryError of kind `cancelled` when the reader gives up; a refusal is a result */
export async function tryProbe(probe: Probe, clock: PluginHost['clock'], signal: AbortSignal): Promise<ProbeResult> {
  const started = clock.now().getTime();
  const row = (outcome: CheckOutcome) => ({ ...rowOf(probe.action, outcome), triedOn: probe.triedOn, durationMs: clock.now().getTime() - started });
  try {
    await probe.call();
    return { check: row('allowed') };
  } catch (error) {
    if (signal.aborted) throw cancelled(signal.reason);
    if (!(error instanceof OciError)) throw error;
    const translated = translateOciError(error, probe.context);
    const { upstreamCode, upstreamMessage, requestId } = error;
    return {
      check: {
        ...row(outcomes[error.code]),
        ...(upstreamCode !== undefined && { upstreamCode }),
        ...(upstreamMessage !== undefined && { upstreamMessage }),
        ...(requestId !== undefined && { requestId }),
        ...(translated.remedy !== undefined && { remedy: translated.remedy }),
      },
      error: translated,
    };
  }
}

/** A row without a request behind it. */
export function rowOf(action: PermissionAction, outcome: CheckOutcome): PermissionCheck {
  return { action, required: permissions.some((permission) => permission.action === action && permission.required), outcome };
}
