import type { Relationship } from '@esscm/sbom';

/** A component among those it needs and those that need it, by catalogue id. */
export interface DependencyView {
  /** Directly, in the order of the catalogue. */
  readonly dependsOn: readonly string[];
  readonly requiredBy: readonly string[];
  /** The shortest way to it from something nothing else needs; that first, the component last. */
  readonly chain: readonly string[];
  /** How many it needs and how many need it, at any distance. */
  readonly dependsOnCount: number;
  readonly requiredByCount: number;
}

/** Reads the neighbourhood of one component out of a catalogue's relationships. */
export function dependencyView(relationships: readonly Relationship[], componentId: string): DependencyView {
  const needs = neighbours(relationships, 'from', 'to');
  const neededBy = neighbours(relationships, 'to', 'from');
  const upwards = walk(neededBy, componentId);
  return {
    dependsOn: needs.get(componentId) ?? [],
    requiredBy: neededBy.get(componentId) ?? [],
    chain: chainFrom(upwards, neededBy, componentId),
    dependsOnCount: walk(needs, componentId).size - 1,
    requiredByCount: upwards.size - 1,
  };
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(relationships: readonly Relationship[], at: 'from' | 'to', towards: 'from' | 'to'): Neighbours {
  const found = new Map<string, string[]>();
  for (const relationship of relationships) {
    const others = found.get(relationship[at]);
    if (others === undefined) found.set(relationship[at], [relationship[towards]]);
    else if (!others.includes(relationship[towards])) others.push(relationship[towards]);
  }
  return found;
}

/** Everything reached, nearest first, each with where it was reached from; circles end by themselves. */
function walk(edges: Neighbours, start: string): ReadonlyMap<string, string | undefined> {
  const reached = new Map<string, string | undefined>([[start, undefined]]);
  for (const [id] of reached) {
    for (const next of edges.get(id) ?? []) if (!reached.has(next)) reached.set(next, id);
  }
  return reached;
}

/** Back down from the nearest that nothing needs. In a circle that nothing outside needs there is none. */
function chainFrom(upwards: ReadonlyMap<string, string | undefined>, neededBy: Neighbours, componentId: string): readonly string[] {
  const root = [...upwards.keys()].find((id) => !neededBy.has(id)) ?? componentId;
  const chain: string[] = [];
  for (let id: string | undefined = root; id !== undefined; id = upwards.get(id)) chain.push(id);
  return chain;
}
