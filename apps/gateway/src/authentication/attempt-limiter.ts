interface AttemptLimiterOptions {
  /** Attempts accepted within the window. */
  readonly limit: number;
  readonly windowMs: number;
  readonly now: () => Date;
  /** Keys remembered; beyond it the one used longest ago is forgotten, so that memory stays bounded. */
  readonly maximumKeys?: number;
}

/** Counts attempts by key within a sliding window. In memory: each gateway process counts for itself. */
export class AttemptLimiter {
  readonly #options: AttemptLimiterOptions;
  readonly #attempts = new Map<string, readonly number[]>();

  constructor(options: AttemptLimiterOptions) {
    this.#options = options;
  }

  /** Milliseconds until the next attempt is accepted; 0 when it is accepted now. */
  retryAfterMs(key: string): number {
    const recent = this.#recent(key);
    const oldestThatCounts = recent.at(-this.#options.limit);
    if (oldestThatCounts === undefined) return 0;
    return oldestThatCounts + this.#options.windowMs - this.#options.now().getTime();
  }

  record(key: string): void {
    const recent = [...this.#recent(key), this.#options.now().getTime()];
    this.#attempts.delete(key);
    this.#attempts.set(key, recent.slice(-this.#options.limit));
    const oldest = this.#attempts.keys().next();
    if (this.#attempts.size > (this.#options.maximumKeys ?? 10_000) && oldest.done !== true) this.#attempts.delete(oldest.value);
  }

  forget(key: string): void {
    this.#attempts.delete(key);
  }

  #recent(key: string): readonly number[] {
    const start = this.#options.now().getTime() - this.#options.windowMs;
    return (this.#attempts.get(key) ?? []).filter((at) => at > start);
  }
}
