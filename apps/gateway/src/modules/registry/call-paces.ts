import { CallPace } from '@esscm/registry-core';

/**
 * ECR does not publish the rates of its listing operations; few a second for each connection stay clear of them, and of what else
 * the account does.
 */
const perSecond = 5;
const burst = 10;
const maximumPaces = 1000;

/** One pace for each connection or draft, whoever asks for it. */
export class CallPaces {
  readonly #paces = new Map<string, CallPace>();

  of(sourceId: string): CallPace {
    const pace = this.#paces.get(sourceId) ?? new CallPace({ perSecond, burst });
    this.#paces.delete(sourceId);
    this.#paces.set(sourceId, pace);
    const [oldest] = this.#paces.keys();
    if (this.#paces.size > maximumPaces && oldest !== undefined) this.#paces.delete(oldest);
    return pace;
  }
}
