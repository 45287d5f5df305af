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
}

const slowest = 0.2;

/**
 * A token bucket that slows down when the registry refuses for rate: the rate is halved at each refusal and grows back over the
 * calls after it. Waits are jittered, so that processes which were refused together do not come back together.
 */
export class CallPace implements CallMeter {
  readonly #options: Required<CallPaceOptions>;
  #perSecond: number;
  /** When the next call may be made if the bucket is empty; in the past when calls are saved up. */
  #nextAt = Number.NEGATIVE_INFINITY;
  #requests = 0;
  #refused = 0;

  constructor(options: CallPaceOptions) {
    this.#options = { now: () => performance.now(), sleep, random: Math.random, ...options };
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

  async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { now, burst, random } = this.#options;
    const interval = 1000 / this.#perSecond;
    const at = Math.max(this.#nextAt, now() - (burst - 1) * interval);
    this.#nextAt = at + interval;
    const wait = at - now();
    if (wait > 0) await this.#options.sleep(wait * (1 + 0.2 * random()), signal);
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
