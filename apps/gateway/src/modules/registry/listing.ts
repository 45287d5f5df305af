import type { CallMeter } from '@esscm/registry-core';

interface GrowingBody<T> {
  add(page: readonly T[]): void;
  readonly length: number;
  readonly bytes: number;
}

interface ListingOptions<T> {
  readonly read: (meter: CallMeter) => AsyncIterable<readonly T[]>;
  readonly body: GrowingBody<T>;
  readonly meter: CallMeter;
  readonly listedAt: Date;
  readonly maximumLength: number;
}

/** One reading of one list. */
export class Listing<out T> {
  readonly body: Pick<GrowingBody<never>, 'length' | 'bytes'>;
  readonly listedAt: Date;
  complete = false;
  /** Requests made so far. */
  calls = 0;
  /** Whether the reading ended well; never rejects. */
  readonly settled: Promise<boolean>;
  readonly #done: Promise<void>;
  readonly #firstPage: Promise<void>;

  constructor(options: ListingOptions<T>) {
    this.body = options.body;
    this.listedAt = options.listedAt;
    const first = Promise.withResolvers<void>();
    this.#firstPage = first.promise;
    this.#done = this.#read(options, first.resolve);
    this.settled = this.#done.then(
      () => true,
      () => false,
    );
    this.#done.catch(first.reject);
    first.promise.catch(() => undefined);
  }

  /** After the whole list, or with a patience after the first page once that has ended. @throws what the reading threw */
  async ready(patienceMs: number | undefined): Promise<void> {
    if (patienceMs === undefined) {
      await this.#done;
      return;
    }
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, patienceMs);
    try {
      await Promise.race([this.#done, Promise.all([this.#firstPage, patience.promise])]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read({ read, body, meter, maximumLength }: ListingOptions<T>, firstPage: () => void): Promise<void> {
    const counting: CallMeter = {
      turn: (signal) => meter.turn(signal),
      made: (requests) => {
        this.calls += requests;
        meter.made(requests);
      },
    };
    for await (const page of read(counting)) {
      body.add(page);
      if (body.length > 0) firstPage();
      if (body.length >= maximumLength) return;
    }
    this.complete = true;
    firstPage();
  }
}
