import type { AffectedPackage } from '../advisories/advisory-record.js';
import type { StoredRange } from './stored-range.js';

/** Ranges of one package. */
export interface PackageRanges {
  readonly ecosystem: number;
  readonly name: string;
  /** The lowest advisory among them. */
  readonly part: number;
  /** In the order of their advisories, as JSON: a list of `StoredRange`. */
  readonly ranges: string;
}

interface KeptRanges {
  readonly part: number;
  /** Each as JSON: waiting as lists, they would cost the collector of garbage three times as much. */
  readonly ranges: string[];
}

/** What is kept of an advisory that only lists versions. */
const withoutBounds: readonly string[] = [''];

/** Ranges kept back, by package, to be written in the order of the table, those of one package together. */
export class PendingRanges {
  readonly #ecosystems = new Map<number, Map<string, KeptRanges>>();
  count = 0;

  /** Keeps the ranges an advisory has for one package; its list of exact versions belongs to the first. */
  add(ecosystem: number, name: string, advisory: number, firstSequence: number, affected: AffectedPackage): void {
    const kept = this.#of(ecosystem, name, advisory).ranges;
    const { ranges, detail } = affected;
    let hasVersions: 0 | 1 = affected.versions.length > 0 ? 1 : 0;
    let sequence = firstSequence;
    for (const events of ranges.length === 0 ? withoutBounds : ranges) {
      const range: StoredRange = detail === undefined ? [advisory, sequence, events, hasVersions] : [advisory, sequence, events, hasVersions, detail];
      kept.push(JSON.stringify(range));
      hasVersions = 0;
      sequence += 1;
    }
    this.count += sequence - firstSequence;
  }

  #of(ecosystem: number, name: string, advisory: number): KeptRanges {
    let names = this.#ecosystems.get(ecosystem);
    if (names === undefined) this.#ecosystems.set(ecosystem, (names = new Map()));
    let kept = names.get(name);
    if (kept === undefined) names.set(name, (kept = { part: advisory, ranges: [] }));
    return kept;
  }

  /** Everything, in the order of the table; none is left. */
  *take(): Generator<PackageRanges> {
    for (const [ecosystem, names] of [...this.#ecosystems].sort(([one], [other]) => one - other)) {
      for (const name of [...names.keys()].sort()) {
        const kept = names.get(name);
        if (kept !== undefined) yield { ecosystem, name, part: kept.part, ranges: `[${kept.ranges.join(',')}]` };
      }
    }
    this.#ecosystems.clear();
    this.count = 0;
  }
}
