/** What a forest is made of: the catalogue's components in its order, and which of them needs or holds which. */
export interface ForestSource {
  readonly components: readonly { readonly id: string; readonly name: string }[];
  readonly relationships: readonly { readonly from: string; readonly to: string }[];
}

export interface ForestNode {
  readonly id: string;
  readonly name: string;
  /** What brought it in; undefined for what nothing else in the image accounts for. */
  readonly parent: ForestNode | undefined;
  readonly children: readonly ForestNode[];
}

/** Every component once, below what brought it in. */
export interface ComponentForest {
  readonly roots: readonly ForestNode[];
  readonly nodes: ReadonlyMap<string, ForestNode>;
}

interface GrowingNode extends ForestNode {
  parent: GrowingNode | undefined;
  readonly children: GrowingNode[];
}

/**
 * Puts every component below what needs or holds it, by the shortest way from something that nothing else accounts for. Of a
 * circle that nothing outside leads to, the first of the catalogue's order is on top.
 */
export function componentForest({ components, relationships }: ForestSource): ComponentForest {
  const nodes = new Map(components.map(({ id, name }): [string, GrowingNode] => [id, { id, name, parent: undefined, children: [] }]));
  const brings = Map.groupBy(relationships, ({ from }) => from);
  const broughtIn = new Set(relationships.filter(({ from, to }) => from !== to && nodes.has(from)).map(({ to }) => to));
  const placed = new Set<GrowingNode>();
  const place = (starts: readonly GrowingNode[]): void => {
    const waiting = [...starts];
    for (const start of starts) placed.add(start);
    for (const node of waiting) {
      for (const { to } of brings.get(node.id) ?? []) {
        const child = nodes.get(to);
        if (child === undefined || placed.has(child)) continue;
        placed.add(child);
        child.parent = node;
        node.children.push(child);
        waiting.push(child);
      }
    }
  };
  place([...nodes.values()].filter(({ id }) => !broughtIn.has(id)));
  for (const node of nodes.values()) if (!placed.has(node)) place([node]);
  return { roots: [...nodes.values()].filter(({ parent }) => parent === undefined), nodes };
}

/** Names of what brought a component in, outermost first, without itself. */
export function broughtInBy({ nodes }: ComponentForest, componentId: string): readonly string[] {
  const names: string[] = [];
  for (let above = nodes.get(componentId)?.parent; above !== undefined; above = above.parent) names.unshift(above.name);
  return names;
}
