import { isDeepStrictEqual } from 'node:util';
import type { Catalogue, Component } from '../catalogue.js';
import { compareText } from '../catalogue/compare-text.js';

/** What is in one catalogue and not, or not so, in another. Everything sorted by ecosystem, name and version. */
export interface CatalogueComparison {
  readonly added: readonly Component[];
  readonly removed: readonly Component[];
  readonly changed: readonly ComponentChange[];
  /** Components that are the same in both. */
  readonly unchanged: number;
}

/** A component that both have, with what differs. */
export interface ComponentChange {
  readonly before: Component;
  readonly after: Component;
  readonly differences: readonly ('version' | 'licences' | 'layer' | 'path')[];
}

/**
 * Compares two catalogues. Components of one ecosystem, name and architecture are the same thing: first those of equal version and
 * path, then of equal version, then of equal path, then in the order of their versions. What is left over was added or removed.
 */
export function compareCatalogues(before: Catalogue, after: Catalogue): CatalogueComparison {
  const olds = Map.groupBy(before.components, subject);
  const news = Map.groupBy(after.components, subject);
  const added: Component[] = [];
  const removed: Component[] = [];
  const changed: ComponentChange[] = [];
  let unchanged = 0;
  for (const key of [...new Set([...olds.keys(), ...news.keys()])].toSorted(compareText)) {
    const { pairs, left, right } = pair(olds.get(key) ?? [], news.get(key) ?? []);
    removed.push(...left);
    added.push(...right);
    for (const [old, fresh] of pairs) {
      const differences = differencesOf(old, fresh);
      if (differences.length === 0) unchanged += 1;
      else changed.push({ before: old, after: fresh, differences });
    }
  }
  return { added, removed, changed, unchanged };
}

function subject({ ecosystem, name, architecture = '' }: Component): string {
  return [ecosystem, name, architecture].join('\0');
}

type Pair = readonly [before: Component, after: Component];

function pair(olds: readonly Component[], news: readonly Component[]): { pairs: readonly Pair[]; left: readonly Component[]; right: readonly Component[] } {
  const pairs: Pair[] = [];
  let left = olds.toSorted(byVersion);
  let right = news.toSorted(byVersion);
  const rules: readonly ((component: Component) => string)[] = [({ version, locations }) => `${version}\0${locations[0]?.path ?? ''}`, ({ version }) => version, ({ locations }) => locations[0]?.path ?? '', () => ''];
  for (const rule of rules) {
    const candidates = Map.groupBy(right, rule);
    const taken = new Set<Component>();
    left = left.filter((old) => {
      const fresh = candidates.get(rule(old))?.shift();
      if (fresh === undefined) return true;
      pairs.push([old, fresh]);
      taken.add(fresh);
      return false;
    });
    right = right.filter((fresh) => !taken.has(fresh));
  }
  return { pairs, left, right };
}

function byVersion(one: Component, other: Component): number {
  return compareText(one.version, other.version) || compareText(one.locations[0]?.path ?? '', other.locations[0]?.path ?? '');
}

function differencesOf(before: Component, after: Component): ComponentChange['differences'] {
  const [oldPlace, newPlace] = [before.locations[0], after.locations[0]];
  const bothPlaced = oldPlace !== undefined && newPlace !== undefined;
  return [
    ...(before.version === after.version ? [] : (['version'] as const)),
    ...(isDeepStrictEqual(licencesOf(before), licencesOf(after)) ? [] : (['licences'] as const)),
    // Documents of other programs may not tell layers or paths; that is no difference of the software.
    ...(bothPlaced && oldPlace.layerDiffId !== undefined && newPlace.layerDiffId !== undefined && oldPlace.layerDiffId !== newPlace.layerDiffId ? (['layer'] as const) : []),
    ...(bothPlaced && oldPlace.path !== newPlace.path ? (['path'] as const) : []),
  ];
}

function licencesOf({ licences }: Component): readonly string[] {
  return [...new Set(licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared))].toSorted(compareText);
}
