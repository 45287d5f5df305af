/** A value that ends, and when to get the next one. */
export interface Renewable<Value> {
  readonly value: Value;
  readonly renewAt: Date;
}

/** Keeps a value until it is time to renew it; many callers at once cause one renewal. */
export class SharedRenewal<Value> {
  readonly #fetch: () => Promise<Renewable<Value>>;
  readonly #clock: { now(): Date };
  #current: Renewable<Value> | undefined;
  #renewal: Promise<Renewable<Value>> | undefined;

  constructor(clock: { now(): Date }, fetch: () => Promise<Renewable<Value>>) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  /**
   * The value as it is now. A caller that gives up leaves the renewal to the others.
   * @param options.renew not to take the kept value, as it was refused
   * @throws the signal's reason when it is aborted, or what the renewal failed with
   */
  async get(options: { readonly signal: AbortSignal; readonly renew?: boolean | undefined }): Promise<Value> {
    options.signal.throwIfAborted();
    const current = this.#current;
    if (options.renew !== true && current !== undefined && this.#clock.now() < current.renewAt) return current.value;
    this.#renewal ??= this.#renew();
    return (await untilAborted(this.#renewal, options.signal)).value;
  }

  async #renew(): Promise<Renewable<Value>> {
    try {
      this.#current = await this.#fetch();
      return this.#current;
    } finally {
      this.#renewal = undefined;
    }
  }
}

async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
