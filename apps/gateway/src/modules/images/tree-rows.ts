import type { SeverityCounts } from '@esscm/store';
import type { ComponentForest, ForestNode } from './component-forest.js';

/** Most that are shown below one component. */
const maximumChildren = 50;

/** What is on and below a component. */
interface Weighed {
  readonly belowCount: number;
  readonly below: SeverityCounts;
  /** As bad as it is together with what is below it: the larger, the worse. */
  readonly weight: number;
}

export interface TreeRow extends Weighed {
  readonly node: ForestNode;
}

/** A forest in the order it is shown in: at each level the worst first, and among equals the catalogue's order. */
export class WeighedForest {
  readonly #forest: ComponentForest;
  readonly #weighed: ReadonlyMap<ForestNode, Weighed>;
  /** The worst first. */
  readonly roots: readonly ForestNode[];

  /** @param counts findings by component id; what is not in it has none */
  constructor(forest: ComponentForest, counts: ReadonlyMap<string, SeverityCounts>) {
    this.#forest = forest;
    this.#weighed = weigh(forest, counts);
    this.roots = this.#worstFirst(forest.roots);
  }

  /** These roots and, below those that are unfolded, what they brought in. */
  rows(roots: readonly ForestNode[], unfolded: ReadonlySet<string>): readonly TreeRow[] {
    return roots.flatMap((node) => [
      { node, ...(this.#weighed.get(node) ?? nothing) },
      ...(unfolded.has(node.id) ? this.rows(this.#worstFirst(node.children).slice(0, maximumChildren), unfolded) : []),
    ]);
  }

  get size(): number {
    return this.#forest.nodes.size;
  }

  #worstFirst(nodes: readonly ForestNode[]): readonly ForestNode[] {
    const weightOf = (node: ForestNode): number => this.#weighed.get(node)?.weight ?? 0;
    return nodes.toSorted((left, right) => weightOf(right) - weightOf(left));
  }
}

const none: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const nothing: Weighed = { belowCount: 0, below: none, weight: 0 };

/** Children before parents, without recursion: a chain may be as long as the image has components. */
function weigh({ roots }: ComponentForest, counts: ReadonlyMap<string, SeverityCounts>): ReadonlyMap<ForestNode, Weighed> {
  const downwards = [...roots];
  for (const node of downwards) downwards.push(...node.children);
  const weighed = new Map<ForestNode, Weighed>();
  for (const node of downwards.toReversed()) {
    const own = counts.get(node.id) ?? none;
    let below = none;
    let belowCount = 0;
    for (const child of node.children) {
      const of = weighed.get(child) ?? nothing;
      below = sum(sum(below, of.below), counts.get(child.id) ?? none);
      belowCount += of.belowCount + 1;
    }
    weighed.set(node, { belowCount, below, weight: weightOf(sum(own, below)) });
  }
  return weighed;
}

function sum(left: SeverityCounts, right: SeverityCounts): SeverityCounts {
  if (left === none) return right;
  if (right === none) return left;
  return {
    critical: left.critical + right.critical,
    high: left.high + right.high,
    medium: left.medium + right.medium,
    low: left.low + right.low,
    negligible: left.negligible + right.negligible,
    none: left.none + right.none,
    unknown: left.unknown + right.unknown,
  };
}

const most = 99_999;

function weightOf({ critical, high, medium }: SeverityCounts): number {
  return (Math.min(critical, most) * (most + 1) + Math.min(high, most)) * (most + 1) + Math.min(medium, most);
}
