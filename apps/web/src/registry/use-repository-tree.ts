import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { listLevel, type ListProblem, type RegistrySource, type TreeItem } from './registry-lists.js';

/** A place of the tree with what is known below it. */
export interface TreeNode extends TreeItem {
  readonly children: readonly TreeNode[];
  /** Set on a row that stands for entries not yet here: whose level it goes on with. */
  readonly more?: { readonly folder: string; readonly after: string | undefined };
}

interface Level {
  readonly items: readonly TreeItem[];
  readonly endCursor: string | undefined;
}

/** The tree as far as it was unfolded; the server gives it level by level. */
export interface RepositoryTreeState {
  readonly nodes: readonly TreeNode[];
  readonly expanded: readonly string[];
  readonly repositoryCount: number | undefined;
  readonly listedAt: string | undefined;
  readonly loading: boolean;
  readonly problem: ListProblem | undefined;
  readonly stale: ListProblem | undefined;
  readonly first: TreeItem | undefined;
  readonly toggle: (path: string, open: boolean) => void;
  readonly loadMore: (folder: string, after: string | undefined) => void;
  readonly refresh: () => void;
}

const pageSize = 100;
const countingPollMs = 1000;

/** Asks for a level when its folder is unfolded, and for the top again while the server is still listing. */
export function useRepositoryTree(source: RegistrySource, search: string): RepositoryTreeState {
  const client = useApolloClient();
  const sourceKey = JSON.stringify(source);
  const [levels, setLevels] = useState<ReadonlyMap<string, Level>>(new Map());
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const [status, setStatus] = useState<{ readonly repositoryCount?: number | undefined; readonly listedAt?: string; readonly problem?: ListProblem; readonly stale?: ListProblem | undefined }>({});
  const [loading, setLoading] = useState(false);
  const run = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const load = useCallback(
    async (folder: string, after: string | undefined, refresh: boolean): Promise<void> => {
      const top = folder === '' && after === undefined;
      if (top) run.current += 1;
      const own = run.current;
      clearTimeout(timer.current);
      setLoading(true);
      const answer = await listLevel(client, JSON.parse(sourceKey) as RegistrySource, folder, { search, after, refresh, first: pageSize });
      if (own !== run.current) return;
      setLoading(false);
      if ('problem' in answer) {
        setStatus((before) => ({ ...before, problem: answer.problem }));
        return;
      }
      const { items, endCursor, complete, listedAt, stale, repositoryCount } = answer;
      setStatus({ listedAt, stale, repositoryCount: complete ? repositoryCount : undefined });
      setLevels((before) => {
        const next = new Map(refresh ? [] : before);
        next.set(folder, { endCursor, items: after === undefined ? items : [...(before.get(folder)?.items ?? []), ...items] });
        return next;
      });
      if (!complete && top) timer.current = setTimeout(() => void load('', undefined, false), countingPollMs);
    },
    [client, sourceKey, search],
  );
  useEffect(() => {
    setLevels(new Map());
    setExpanded([]);
    setStatus({});
    void load('', undefined, false);
    return () => clearTimeout(timer.current);
  }, [load]);

  const toggle = (path: string, open: boolean): void => {
    setExpanded((before) => (open ? [...before, path] : before.filter((other) => other !== path)));
    if (open && !levels.has(path)) void load(path, undefined, false);
  };
  // A short top level, or the finds of a search, are unfolded at once: the first level below shows what there is.
  const top = levels.get('');
  const unfold = top !== undefined && top.items.length <= 6 && expanded.length === 0;
  useEffect(() => {
    if (!unfold) return;
    for (const { kind, path } of top?.items ?? []) if (kind === 'FOLDER') toggle(path, true);
    // Once for each new top level: later the user decides.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [top]);

  return {
    nodes: nodesOf(levels, '', status.problem === undefined ? 'Listing…' : 'Not listed'),
    expanded,
    loading,
    repositoryCount: status.repositoryCount,
    listedAt: status.listedAt,
    problem: status.problem,
    stale: status.stale,
    first: firstRepository(levels, ''),
    toggle,
    loadMore: (folder, after) => void load(folder, after, false),
    refresh: () => void load('', undefined, true),
  };
}

/** `waiting`: what stands where a folder is not listed yet. */
function nodesOf(levels: ReadonlyMap<string, Level>, folder: string, waiting: string): readonly TreeNode[] {
  const level = levels.get(folder);
  if (level === undefined) return [placeholder(folder, undefined, waiting)];
  const nodes = level.items.map((item): TreeNode => ({ ...item, children: item.kind === 'FOLDER' ? nodesOf(levels, item.path, waiting) : [] }));
  return level.endCursor === undefined ? nodes : [...nodes, placeholder(folder, level.endCursor, 'Show more')];
}

function placeholder(folder: string, after: string | undefined, label: string): TreeNode {
  return { kind: 'REPOSITORY', path: `${folder}\0more`, label, repositoryCount: 0, uri: null, imageCount: null, children: [], more: { folder, after } };
}

function firstRepository(levels: ReadonlyMap<string, Level>, folder: string): TreeItem | undefined {
  for (const item of levels.get(folder)?.items ?? []) {
    const found = item.kind === 'REPOSITORY' ? item : firstRepository(levels, item.path);
    if (found !== undefined) return found;
  }
  return undefined;
}
