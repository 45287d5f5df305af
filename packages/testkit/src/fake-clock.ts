interface Sleeper {
  readonly wakesAt: number;
  wake(): void;
}

/** Time that passes only when it is told to, or as fast as it is slept away. */
export class FakeClock {
  /** Every duration slept or begun to be slept, in order, in milliseconds. */
  readonly sleeps: number[] = [];
  readonly #automatic: boolean;
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  /** With `automatic`, the default, a sleep ends at once and moves the clock on by its length. */
  constructor({ now = Date.UTC(2026, 0, 1), automatic = true }: { readonly now?: number; readonly automatic?: boolean } = {}) {
    this.#now = now;
    this.#automatic = automatic;
  }

  now(): number {
    return this.#now;
  }

  /** Rejects with the signal's reason when that aborts. */
  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(durationMs);
    if (this.#automatic) {
      this.#now += durationMs;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const sleeper: Sleeper = { wakesAt: this.#now + durationMs, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers.delete(sleeper);
          reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted.', { cause: signal.reason }));
        },
        { once: true },
      );
    });
  }

  /** Moves on and wakes, in order, whoever has slept enough. */
  advance(durationMs: number): void {
    this.#now += durationMs;
    const due = [...this.#sleepers].filter(({ wakesAt }) => wakesAt <= this.#now).toSorted((a, b) => a.wakesAt - b.wakesAt);
    for (const sleeper of due) {
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
