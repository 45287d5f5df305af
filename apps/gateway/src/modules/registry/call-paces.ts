import { CallPace, listingRate } from '@esscm/registry-core';

const maximumPaces = 1000;

/** One pace for each connection or draft, whoever asks for it. */
export class CallPaces {
  readonly #paces = new Map<string, CallPace>();

  of(sourceId: string): CallPace {
    const pace = this.#paces.get(sourceId) ?? new CallPace(listingRate);
    this.#paces.delete(sourceId);
    this.#paces.set(sourceId, pace);
    const [oldest] = this.#paces.keys();
    if (this.#paces.size > maximumPaces && oldest !== undefined) this.#paces.delete(oldest);
    return pace;
  }
}
