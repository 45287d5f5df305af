/**
 * Failure codes of BatchGetImage for what the simulator has none of: keys of KMS, registries that are pulled through, an image in use by an index.
 * The other codes of the service follow from the request.
 */
export const IMAGE_FAILURE_CODES = [
  'ImageInaccessible',
  'ImageReferencedByManifestList',
  'KmsError',
  'UpstreamAccessDenied',
  'UpstreamTooManyRequests',
  'UpstreamUnavailable',
] as const;

/**
 * What goes wrong instead of, or on top of, the ordinary answer:
 * - `throttle`: `ThrottlingException` or 429, with `Retry-After` when `retryAfterSeconds` is given;
 * - `server-error`: `ServerException` or 500;
 * - `html-page`: a proxy's page with this status (default 502);
 * - `hang`: no answer until the connection ends; `reset`: the connection is dropped;
 * - `cut`, `corrupt`, `wrong-length`: for blobs only: the connection ends after so many bytes, one byte is changed, or
 *   `Content-Length` announces one byte more than is sent;
 * - `image-failure`: for `ecr:BatchGetImage` only: the call succeeds, and every image that would be in it is among the failures, with this code.
 */
export type FaultBehaviour =
  | { readonly kind: 'throttle'; readonly retryAfterSeconds?: number | undefined }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'html-page'; readonly status?: number | undefined }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'wrong-length' }
  | { readonly kind: 'image-failure'; readonly failureCode: (typeof IMAGE_FAILURE_CODES)[number] };

/** A fault and where it strikes. */
export interface SimulatedFault {
  /** An operation of the request log (`ecr:ListImages`, `registry:manifest`, `blobs:get`), or `ecr:*`, `*`. The newest fault that fits strikes. */
  readonly operation: string;
  readonly behaviour: FaultBehaviour;
  /** How many requests it strikes. Default: all, until it is replaced. */
  readonly times?: number | undefined;
}

/** A token bucket: `burst` requests at once, then `perSecond`. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

const covers = (pattern: string, operation: string): boolean =>
  pattern === '*' || pattern === operation || (pattern.endsWith(':*') && operation.startsWith(pattern.slice(0, -1)));

/** Decides, request by request, which fault strikes and which rate limit is exhausted. */
export class FaultPlan {
  readonly #faults = new Map<string, { readonly behaviour: FaultBehaviour; remaining: number }>();
  readonly #limits: ReadonlyMap<string, RateLimit>;
  readonly #buckets = new Map<string, { tokens: number; refilledAtMs: number }>();

  constructor(faults: readonly SimulatedFault[], rateLimits: Readonly<Record<string, RateLimit>>) {
    for (const fault of faults) this.set(fault);
    this.#limits = new Map(Object.entries(rateLimits));
  }

  set(fault: SimulatedFault): void {
    this.#faults.delete(fault.operation);
    this.#faults.set(fault.operation, { behaviour: fault.behaviour, remaining: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(operation: string | undefined): void {
    if (operation === undefined) this.#faults.clear();
    else this.#faults.delete(operation);
  }

  /** The behaviour for this request, counted as used. An exhausted rate limit is a `throttle`. */
  next(operation: string, now: Date): FaultBehaviour | undefined {
    const found = [...this.#faults].reverse().find(([pattern, fault]) => fault.remaining > 0 && covers(pattern, operation));
    if (found !== undefined) {
      found[1].remaining -= 1;
      return found[1].behaviour;
    }
    const limited = [...this.#limits].find(([pattern]) => covers(pattern, operation));
    return limited === undefined || this.#take(limited[0], limited[1], now.getTime()) ? undefined : { kind: 'throttle' };
  }

  #take(name: string, limit: RateLimit, nowMs: number): boolean {
    const bucket = this.#buckets.get(name) ?? { tokens: limit.burst, refilledAtMs: nowMs };
    const refilled = Math.min(limit.burst, bucket.tokens + (Math.max(nowMs - bucket.refilledAtMs, 0) / 1_000) * limit.perSecond);
    const allowed = refilled >= 1;
    this.#buckets.set(name, { tokens: allowed ? refilled - 1 : refilled, refilledAtMs: nowMs });
    return allowed;
  }
}
