/** Numbers that look random and are the same for the same seed. The generator is mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to `below`, which is not included. */
  integer(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** True so many times of a hundred. */
  happens(percent: number): boolean {
    return this.integer(100) < percent;
  }

  oneOf<Item>(items: readonly Item[]): Item {
    // In range, unless there is nothing to choose from.
    return items[this.integer(items.length)] as Item;
  }
}
