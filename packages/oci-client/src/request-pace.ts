import { systemClock, type Clock } from './clock.js';
import { OciError } from './errors.js';

export interface RequestPaceOptions {
  readonly perSecond: number;
  /** At once, after a rest. */
  readonly burst: number;
  readonly clock?: Clock;
}

export interface PaceWaitOptions {
  readonly signal: AbortSignal;
  /** For the failure: whose rate it is. */
  readonly host: string;
  /** A request that would wait longer is refused at once, as somebody waits for it. For ever by default. */
  readonly longestWaitMs?: number;
}

/**
 * Keeps requests within a published rate instead of running into it: a token bucket, first come first served. Shared by all
 * that ask from the same address.
 */
export class RequestPace {
  readonly #intervalMs: number;
  readonly #burst: number;
  readonly #clock: Clock;
  /** When the bucket will be full again. */
  #fullAt = 0;

  constructor({ perSecond, burst, clock = systemClock }: RequestPaceOptions) {
    this.#intervalMs = 1000 / perSecond;
    this.#burst = burst;
    this.#clock = clock;
  }

  /** @throws OciError of code `throttled` with the wait in `retryAfterMs`, or `cancelled` */
  async wait({ signal, host, longestWaitMs = Number.POSITIVE_INFINITY }: PaceWaitOptions): Promise<void> {
    const now = this.#clock.now();
    const waitMs = Math.max(0, this.#fullAt - (this.#burst - 1) * this.#intervalMs - now);
    if (waitMs > longestWaitMs) {
      throw new OciError({
        code: 'throttled',
        message: `Requests to ${host} wait their turn, as it limits their rate.`,
        host,
        // Tried again by whoever asked, not here: the turn is what is waited for.
        retryable: false,
        retryAfterMs: Math.ceil(waitMs),
      });
    }
    this.#fullAt = Math.max(this.#fullAt, now) + this.#intervalMs;
    if (waitMs === 0) return;
    try {
      await this.#clock.sleep(waitMs, signal);
    } catch (interruption) {
      throw new OciError({ code: 'cancelled', message: 'The work was cancelled.', retryable: false, cause: interruption });
    }
  }
}
