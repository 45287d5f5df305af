/** A generator of chances that gives the same ones for the same seed (Lehmer, modulus 2^31 - 1). */
export class SeededRandom {
  #state: number;

  /** @param seed any whole number but 0 */
  constructor(seed: number) {
    this.#state = (Math.abs(seed) % 2_147_483_646) + 1;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return limit <= 1 ? 0 : this.#state % limit;
  }

  /** One of a list that is not empty. */
  oneOf<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }
}
