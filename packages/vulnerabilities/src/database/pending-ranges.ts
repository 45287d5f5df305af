import type { StoredRange } from './stored-range.js';

/** Ranges of one package, in the order of their advisories. */
export interface PackageRanges {
  readonly ecosystem: number;
  readonly name: string;
  readonly ranges: readonly StoredRange[];
}

/** Ranges kept back, by package, to be written in the order of the table, those of one package together. */
export class PendingRanges {
  readonly #ecosystems = new Map<number, Map<string, StoredRange[]>>();
  count = 0;

  add(ecosystem: number, name: string, range: StoredRange): void {
    this.count += 1;
    let names = this.#ecosystems.get(ecosystem);
    if (names === undefined) this.#ecosystems.set(ecosystem, (names = new Map()));
    const ranges = names.get(name);
    if (ranges === undefined) names.set(name, [range]);
    else ranges.push(range);
  }

  /** Everything, in the order of the table; none is left. */
  *take(): Generator<PackageRanges> {
    for (const [ecosystem, names] of [...this.#ecosystems].sort(([one], [other]) => one - other)) {
      for (const name of [...names.keys()].sort()) yield { ecosystem, name, ranges: names.get(name) ?? [] };
    }
    this.#ecosystems.clear();
    this.count = 0;
  }
}
