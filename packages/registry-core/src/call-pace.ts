import type { RequestRate } from './request-rate.js';

/** How the caller of a listing keeps within a registry's rates, and counts what the listing costs. */
export interface CallMeter {
  /** Awaited before each upstream call. Rejects with the signal's reason. */
  turn(signal: AbortSignal): Promise<void>;
  /** After a call: requests it took, those refused for their rate included. */
  made(requests: number): void;
}

interface CallPaceOptions extends RequestRate {
  /** Milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (durationMs: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random?: () => number;
  /** The most that chance adds to a wait, as a part of it; a fifth by default. */
  readonly jitter?: number;
}

const slowest = 0.2;

/**
 * A token bucket, first come first served, that slows down when the registry refuses for rate: the rate is halved at each refusal
 * that `made` is told of and grows back over the calls after it. Waits are jittered, so that processes which were refused together
 * do not come back together.
 */
export class CallPace implements CallMeter {
  readonly #options: Required<CallPaceOptions>;
  #perSecond: number;
  /** When the next call may be made if the bucket is empty; in the past when calls are saved up. */
  #nextAt = Number.NEGATIVE_INFINITY;
  #requests = 0;
  #refused = 0;

  constructor(options: CallPaceOptions) {
    this.#options = { now: () => performance.now(), sleep, random: Math.random, jitter: 0.2, ...options };
    this.#perSecond = options.perSecond;
  }

  /** Requests made so far, refused ones included. */
  get requests(): number {
    return this.#requests;
  }

  /** Of these, requests refused for their rate. */
  get refused(): number {
    return this.#refused;
  }

  /** How long a call that asks for its turn now waits, before jitter. */
  get waitMs(): number {
    return Math.max(0, this.#turnAt() - this.#options.now());
  }

  async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { random, jitter } = this.#options;
    const { waitMs } = this;
    this.#nextAt = this.#turnAt() + 1000 / this.#perSecond;
    if (waitMs > 0) await this.#options.sleep(waitMs * (1 + jitter * random()), signal);
  }

  #turnAt(): number {
    const { now, burst } = this.#options;
    return Math.max(this.#nextAt, now() - ((burst - 1) * 1000) / this.#perSecond);
  }

  made(requests: number): void {
    const { perSecond } = this.#options;
    this.#requests += requests;
    this.#refused += requests - 1;
    if (requests > 1) this.#perSecond = Math.max(slowest, this.#perSecond / 2);
    else this.#perSecond = Math.min(perSecond, this.#perSecond + perSecond / 20);
  }
}

async function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, durationMs);
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
