import TreeView from '@cloudscape-design/components/tree-view';
import type { ReactNode } from 'react';

interface TreeProps<Node> {
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly nodeId: (node: Node) => string;
  readonly childrenOf: (node: Node) => readonly Node[];
  readonly nameOf: (node: Node) => string;
  readonly expanded: readonly string[];
  readonly draw: (node: Node) => ReactNode;
  readonly onToggle: (id: string, expanded: boolean) => void;
}

/** A tree moved through with the arrow keys. It selects nothing: boxes and buttons stand in what `draw` returns. */
export function Tree<Node>({ label, nodes, nodeId, childrenOf, nameOf, expanded, draw, onToggle }: TreeProps<Node>) {
  return (
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
  );
}
