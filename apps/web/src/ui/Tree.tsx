import TreeView from '@cloudscape-design/components/tree-view';
import type { KeyboardEvent, ReactNode } from 'react';

interface TreeProps<Node> {
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly nodeId: (node: Node) => string;
  readonly childrenOf: (node: Node) => readonly Node[];
  readonly nameOf: (node: Node) => string;
  readonly expanded: readonly string[];
  readonly draw: (node: Node) => ReactNode;
  readonly onToggle: (id: string, expanded: boolean) => void;
  /** Enter was pressed on a node that has none below it; the kit folds the others by that key. */
  readonly onEnter: (node: Node) => void;
}

/** A tree moved through with the arrow keys. It selects nothing: boxes and buttons stand in what `draw` returns. */
export function Tree<Node>({ label, nodes, nodeId, childrenOf, nameOf, expanded, draw, onToggle, onEnter }: TreeProps<Node>) {
  const byId = (level: readonly Node[], id: string): Node | undefined => {
    for (const node of level) {
      const found = nodeId(node) === id ? node : byId(childrenOf(node), id);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const onKeyDown = ({ key, target }: KeyboardEvent): void => {
    // What stands in a row, such as a box, has a meaning of its own for the key.
    if (key !== 'Enter' || !(target instanceof HTMLElement) || target.role !== 'group') return;
    const node = byId(nodes, target.closest('[role=treeitem]')?.id ?? '');
    if (node !== undefined) onEnter(node);
  };
  return (
    <div onKeyDown={onKeyDown}>
      <TreeView<Node>
        ariaLabel={label}
        items={nodes}
        getItemId={nodeId}
        getItemChildren={(node) => {
          const children = childrenOf(node);
          return children.length === 0 ? undefined : children;
        }}
        expandedItems={expanded}
        onItemToggle={({ detail }) => onToggle(detail.id, detail.expanded)}
        renderItem={(node) => ({ content: draw(node), announcementLabel: nameOf(node) })}
        // The kit puts the announced name behind them.
        i18nStrings={{ expandButtonLabel: () => 'Unfold', collapseButtonLabel: () => 'Fold' }}
      />
    </div>
  );
}
