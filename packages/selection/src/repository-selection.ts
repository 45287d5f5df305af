import type { RegistryImage } from '@esscm/registry-core';
import { compareTags, type CompiledRule } from './compile-rule.js';

/** An image a rule wants, followed by this tag. */
export interface SelectedImage {
  readonly image: RegistryImage;
  readonly tag: string;
  /** Index of the first rule that wants it. */
  readonly rule: number;
}

/**
 * Collects what rules want of one repository while its list arrives, each image once: by the first rule that wants it. Holds the
 * wanted images only, of a rule with `latest` little more than that many.
 */
export class RepositorySelection {
  readonly #rules: readonly { readonly index: number; readonly rule: CompiledRule; kept: SelectedImage[] }[];
  readonly #now: Date;
  readonly #followed: ReadonlySet<string>;

  /** `followed`: tags of the repository that are tracked already, which an image keeps when it has several. */
  constructor(rules: readonly CompiledRule[], repository: string, now: Date, followed: ReadonlySet<string> = new Set()) {
    this.#rules = rules.map((rule, index) => ({ index, rule, kept: [] })).filter(({ rule }) => rule.matchesRepository(repository));
    this.#now = now;
    this.#followed = followed;
  }

  /** Whether any rule looks at this repository at all. */
  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  add(images: readonly RegistryImage[]): void {
    for (const entry of this.#rules) {
      for (const image of images) {
        const tag = entry.rule.tagOf(image, this.#now, this.#followed);
        if (tag !== undefined) entry.kept.push({ image, tag, rule: entry.index });
      }
      const { latest } = entry.rule;
      // Twice as many before cutting back, so that sorting stays rare.
      if (latest !== undefined && entry.kept.length >= 2 * latest.count + 100) entry.kept = newest(entry.kept, latest);
    }
  }

  /** What is wanted of everything added. */
  selected(): readonly SelectedImage[] {
    const byDigest = new Map<string, SelectedImage>();
    for (const { rule, kept } of this.#rules) {
      for (const selected of rule.latest === undefined ? kept : newest(kept, rule.latest)) {
        if (!byDigest.has(selected.image.digest)) byDigest.set(selected.image.digest, selected);
      }
    }
    return [...byDigest.values()];
  }
}

function newest(selected: readonly SelectedImage[], { count, by }: NonNullable<CompiledRule['latest']>): SelectedImage[] {
  const time = ({ image }: SelectedImage) => image.pushedAt?.getTime() ?? 0;
  const order = (one: SelectedImage, other: SelectedImage): number =>
    (by === 'push' ? time(other) - time(one) || compareTags(one.tag, other.tag) : compareTags(one.tag, other.tag));
  return selected.toSorted(order).slice(0, count);
}
