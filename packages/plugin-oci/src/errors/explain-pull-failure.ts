import { OciError, type OciErrorCode } from '@esscm/oci-client';
import type { RegistryError } from '@esscm/registry-core';
import { translateOciError, type FailureContext } from './translate-oci-error.js';

/** Failures that the registry is the cause of; the others say what they have to say themselves. */
const causedByRegistry: ReadonlySet<OciErrorCode> = new Set(['unauthorized', 'denied', 'not-found', 'throttled', 'unreachable']);

/** Implements `RegistryConnection.explainPullFailure`. */
export function explainPullFailure(error: unknown, context: FailureContext): RegistryError | undefined {
  return error instanceof OciError && causedByRegistry.has(error.code) ? translateOciError(error, context) : undefined;
}
