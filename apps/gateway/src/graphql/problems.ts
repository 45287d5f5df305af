import type { RegistryError } from '@esscm/registry-core';
import { instance } from './instance.js';
import {
  ConflictProblem,
  type FieldIssue,
  NotFoundProblem,
  type ProblemCode,
  RegistryProblem,
  ThrottledProblem,
  ValidationProblem,
} from './problem.type.js';

/** What a problem needs of the request it answers. */
interface ProblemContext {
  readonly correlationId: string;
}

/** Issues of one input; `message` joins them for clients that show one line. */
export function validationProblem(context: ProblemContext, issues: readonly FieldIssue[], message?: string): ValidationProblem {
  return instance(ValidationProblem, {
    code: 'INVALID_INPUT',
    message: message ?? issues.map((issue) => issue.message).join(' '),
    retryable: false,
    correlationId: context.correlationId,
    issues,
  });
}

/** `what` is a noun with its article's place taken by "This": `connection`. */
export function notFoundProblem(context: ProblemContext, what: string): NotFoundProblem {
  return instance(NotFoundProblem, {
    code: 'NOT_FOUND',
    message: `This ${what} does not exist. It may have been deleted.`,
    retryable: false,
    correlationId: context.correlationId,
  });
}

/** The present state does not allow what was asked. */
export function conflictProblem(context: ProblemContext, message: string): ConflictProblem {
  return instance(ConflictProblem, { code: 'CONFLICT', message, retryable: false, correlationId: context.correlationId });
}

/** Too many attempts; `retryAfterMs` is when the next is accepted. */
export function throttledProblem(context: ProblemContext, retryAfterMs: number): ThrottledProblem {
  const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
  return instance(ThrottledProblem, {
    code: 'THROTTLED',
    message: `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    retryable: true,
    correlationId: context.correlationId,
    retryAfterMs,
  });
}

const codeOfKind = {
  'invalid-credentials': 'UPSTREAM_DENIED',
  'access-denied': 'UPSTREAM_DENIED',
  'not-found': 'NOT_FOUND',
  throttled: 'THROTTLED',
  unreachable: 'UPSTREAM_UNAVAILABLE',
  expired: 'EXPIRED_CREDENTIALS',
  unsupported: 'UNSUPPORTED',
  archived: 'UNSUPPORTED',
  protocol: 'UPSTREAM_UNAVAILABLE',
  cancelled: 'UPSTREAM_UNAVAILABLE',
} as const satisfies Record<RegistryError['kind'], ProblemCode>;

/** A plugin's failure as the user reads it. */
export function registryProblem(context: ProblemContext, error: RegistryError): RegistryProblem {
  return instance(RegistryProblem, {
    code: codeOfKind[error.kind],
    message: error.message,
    retryable: error.retryable,
    correlationId: context.correlationId,
    heading: error.heading,
    remedy: error.remedy,
    remedySnippet: error.remedySnippet,
    retryAfterMs: error.retryAfterMs,
    upstream: error.upstream,
  });
}
