import { useCallback, useEffect, useRef, useState } from 'react';

/** One page of a list, or why there is none. */
export type PageAnswer<Item, Problem> =
  | { readonly items: readonly Item[]; readonly totalCount: number; readonly complete: boolean; readonly listedAt: string; readonly endCursor: string | undefined }
  | { readonly problem: Problem };

export interface Pages<Item, Problem> {
  readonly items: readonly Item[];
  readonly totalCount: number | undefined;
  readonly listedAt: string | undefined;
  readonly loading: boolean;
  readonly hasMore: boolean;
  readonly problem: Problem | undefined;
  readonly loadMore: () => void;
  /** Asks the registry again instead of the server's list. */
  readonly refresh: () => void;
}

/**
 * A list that grows page by page. `key` says what is listed: a new one starts over, keeping the old rows until the first
 * page is there. `load` never throws.
 */
export function usePages<Item, Problem>(key: string | undefined, load: (after: string | undefined, refresh: boolean) => Promise<PageAnswer<Item, Problem>>): Pages<Item, Problem> {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [totalCount, setTotalCount] = useState<number>();
  const [listedAt, setListedAt] = useState<string>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const run = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const fetchPage = useCallback(async (after: string | undefined, refresh: boolean) => {
    run.current += 1;
    const own = run.current;
    setLoading(true);
    const answer = await latest.current(after, refresh);
    // An answer to a question nobody asks any more.
    if (own !== run.current) return;
    setLoading(false);
    if ('problem' in answer) {
      setProblem(() => answer.problem);
      if (after === undefined) setItems([]);
      return;
    }
    setProblem(undefined);
    setItems((before) => (after === undefined ? answer.items : [...before, ...answer.items]));
    setTotalCount(answer.totalCount);
    setListedAt(answer.listedAt);
    setCursor(answer.endCursor);
  }, []);
  useEffect(() => {
    if (key !== undefined) void fetchPage(undefined, false);
  }, [key, fetchPage]);
  return {
    items,
    totalCount,
    listedAt,
    loading,
    hasMore: cursor !== undefined,
    problem,
    loadMore: () => void fetchPage(cursor, false),
    refresh: () => void fetchPage(undefined, true),
  };
}
