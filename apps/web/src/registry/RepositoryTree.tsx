import type { ReactNode } from 'react';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import { SearchField } from '../ui/SearchField.js';
import { TextButton } from '../ui/TextButton.js';
import { Time } from '../ui/Time.js';
import { Tree } from '../ui/Tree.js';
import styles from './Registry.module.css';
import { RepositoryName } from './RepositoryName.js';
import type { RepositoryItem } from './registry-lists.js';
import type { RepositoryTreeState, TreeNode } from './use-repository-tree.js';

interface RepositoryTreeProps {
  readonly tree: RepositoryTreeState;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly current: string | undefined;
  readonly onOpen: (repository: RepositoryItem) => void;
  /** Before the name, such as a box. */
  readonly before?: (node: TreeNode) => ReactNode;
  /** At the end of the row; the number of images or repositories unless told. */
  readonly amount?: (node: TreeNode) => string;
}

/** Repositories as a tree by path segments, unfolded level by level. */
export function RepositoryTree({ tree, search, onSearch, current, onOpen, before, amount = amountOf }: RepositoryTreeProps) {
  const { nodes, repositoryCount, listedAt, loading } = tree;
  const open = ({ path, uri }: TreeNode): void => onOpen({ name: path, uri: uri ?? path });
  const draw = (node: TreeNode) => {
    const { more } = node;
    if (more !== undefined) {
      return more.after === undefined ? <span className={styles['count']}>{node.label}</span> : <TextButton onClick={() => tree.loadMore(more.folder, more.after)}>{node.label}</TextButton>;
    }
    return (
      <div className={styles['node']}>
        {before?.(node)}
        {node.kind === 'FOLDER' ? (
          <span className={styles['folder']}>{node.label}</span>
        ) : (
          <RepositoryName label={node.label} current={node.path === current} onOpen={() => open(node)} />
        )}
        <span className={styles['amount']}>{amount(node)}</span>
      </div>
    );
  };
  const empty = nodes.length === 0;
  return (
    <div className={styles['tree']}>
      <SearchField value={search} onSearch={onSearch} ariaLabel="Find a repository" placeholder={repositoryCount === undefined || search !== '' ? 'Find a repository' : `Find in ${formatQuantity(repositoryCount, 'repository', 'repositories')}`} />
      <div className={styles['scroll']}>
        {empty ? (
          <span className={styles['count']}>{search === '' ? 'No repositories here.' : 'No match.'}</span>
        ) : (
          <Tree
            label="Repositories"
            nodes={nodes}
            nodeId={({ path }) => path}
            childrenOf={({ children }) => children}
            nameOf={({ label }) => label}
            expanded={tree.expanded}
            draw={draw}
            onToggle={tree.toggle}
            onEnter={(node) => {
              if (node.more?.after !== undefined) tree.loadMore(node.more.folder, node.more.after);
              else if (node.more === undefined && node.kind === 'REPOSITORY') open(node);
            }}
          />
        )}
      </div>
      {listedAt === undefined ? null : (
        <span className={styles['count']}>
          {repositoryCount === undefined ? 'counting…' : formatQuantity(repositoryCount, 'repository', 'repositories')}, listed <Time instant={listedAt} />{' '}
          <TextButton busy={loading} onClick={tree.refresh}>
            List again
          </TextButton>
        </span>
      )}
    </div>
  );
}

function amountOf({ kind, repositoryCount, imageCount }: TreeNode): string {
  if (kind === 'FOLDER') return formatCount(repositoryCount);
  return imageCount == null ? '' : formatCount(imageCount);
}
