import { useMemo, useState } from 'react';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import { Button } from '../ui/Button.js';
import { TextButton } from '../ui/TextButton.js';
import { Checkbox } from '../ui/Checkbox.js';
import { SearchField } from '../ui/SearchField.js';
import { Time } from '../ui/Time.js';
import { Tree } from '../ui/Tree.js';
import styles from './ImagesStep.module.css';
import type { ListProblem, RepositoryItem } from './registry-lists.js';
import { repositoriesOf, repositoryTree, type RepositoryNode } from './repository-tree.js';
import type { Pages } from './use-pages.js';

interface RepositoryTreeProps {
  readonly pages: Pages<RepositoryItem, ListProblem>;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly current: string | undefined;
  readonly onOpen: (repository: RepositoryItem) => void;
  /** Chosen images by repository. */
  readonly counts: ReadonlyMap<string, number>;
  /** Images by repository, where known. */
  readonly totals: ReadonlyMap<string, number>;
  readonly onChoose: (repositories: readonly RepositoryItem[], add: boolean) => void;
}

/** Repositories as a tree with boxes: full, empty, or mixed where a part is chosen. */
export function RepositoryTree({ pages, search, onSearch, current, onOpen, counts, totals, onChoose }: RepositoryTreeProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const byName = useMemo(() => new Map(pages.items.map((repository) => [repository.name, repository])), [pages.items]);
  const tree = useMemo(() => repositoryTree(pages.items.map(({ name }) => name)), [pages.items]);
  const expanded = useMemo(() => folderIds(tree).filter((id) => !folded.has(id)), [tree, folded]);
  const draw = (node: RepositoryNode) => {
    const names = repositoriesOf(node);
    const chosen = names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
    const known = names.every((name) => totals.has(name));
    const total = names.reduce((sum, name) => sum + (totals.get(name) ?? 0), 0);
    const full = known && chosen > 0 && chosen >= total;
    const repository = node.repository === undefined ? undefined : byName.get(node.repository);
    const label = node.repository ?? node.id.replace(/\/$/, '');
    return (
      <div className={styles['node']}>
        <Checkbox
          checked={full}
          indeterminate={chosen > 0 && !full}
          ariaLabel={`${label}, ${known ? `${chosen} of ${total}` : chosen} chosen`}
          onChange={() => onChoose(names.flatMap((name) => byName.get(name) ?? []), !full)}
        />
        {repository === undefined ? (
          <span>{node.label}</span>
        ) : (
          <button
            type="button"
            className={node.repository === current ? `${styles['name'] ?? ''} ${styles['current'] ?? ''}` : styles['name']}
            {...(node.repository === current ? { 'aria-current': 'true' as const } : {})}
            onClick={() => onOpen(repository)}
          >
            {node.label}
          </button>
        )}
        <span className={styles['amount']}>{known ? `${formatCount(chosen)} of ${formatCount(total)}` : chosen > 0 ? formatCount(chosen) : ''}</span>
      </div>
    );
  };
  const { totalCount, listedAt } = pages;
  return (
    <div className={styles['tree']}>
      <SearchField value={search} onSearch={onSearch} placeholder={totalCount === undefined || search !== '' ? 'Find a repository' : `Find in ${formatQuantity(totalCount, 'repository', 'repositories')}`} />
      <div className={styles['scroll']}>
        {tree.length === 0 ? (
          <span className={styles['count']}>{pages.loading ? 'Listing…' : search === '' ? 'No repositories here.' : 'No match.'}</span>
        ) : (
          <Tree
            label="Repositories"
            nodes={tree}
            nodeId={({ id }) => id}
            childrenOf={({ children }) => children}
            nameOf={({ label }) => label}
            expanded={expanded}
            draw={draw}
            onToggle={(id, open) =>
              setFolded((before) => {
                const next = new Set(before);
                if (open) next.delete(id);
                else next.add(id);
                return next;
              })
            }
          />
        )}
        {pages.hasMore ? (
          <Button variant="link" loading={pages.loading} onClick={pages.loadMore}>
            Show more
          </Button>
        ) : null}
      </div>
      {totalCount === undefined ? null : (
        <span className={styles['count']}>
          {formatQuantity(totalCount, 'repository', 'repositories')}, listed <Time instant={listedAt} />{' '}
          <TextButton busy={pages.loading} onClick={pages.refresh}>
            List again
          </TextButton>
        </span>
      )}
    </div>
  );
}

function folderIds(nodes: readonly RepositoryNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === 'folder' ? [node.id, ...folderIds(node.children)] : []));
}
