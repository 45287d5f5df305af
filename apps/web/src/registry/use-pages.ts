import { useCallback, useEffect, useRef, useState } from 'react';

/** One page of a list, or why there is none. */
export type PageAnswer<Item, Problem> =
  | {
      readonly items: readonly Item[];
      readonly totalCount: number;
      /** False while the server is still reading the list. */
      readonly complete: boolean;
      readonly listedAt: string;
      readonly endCursor: string | undefined;
      /** What a list of images says of all of them. */
      readonly together?: Together | undefined;
      /** Why the list could not be read again: it is the one of `listedAt`. */
      readonly stale?: Problem | undefined;
    }
  | { readonly problem: Problem };

/** All images of a list. */
interface Together {
  readonly trackedImageCount: number;
  /** Decimal text; unset where a size is not known. */
  readonly sizeBytes?: string | null;
}

export interface Pages<Item, Problem> {
  readonly items: readonly Item[];
  /** Undefined while it is being counted: never a number of before. */
  readonly totalCount: number | undefined;
  readonly together: Together | undefined;
  readonly listedAt: string | undefined;
  readonly loading: boolean;
  readonly hasMore: boolean;
  readonly problem: Problem | undefined;
  /** Why the list shown is an old one. */
  readonly stale: Problem | undefined;
  readonly loadMore: () => void;
  /** Asks the server again for what it knows. */
  readonly reload: () => void;
  /** Asks the registry again instead of the server's list. */
  readonly refresh: () => void;
}

const countingPollMs = 1000;

/**
 * A list that grows page by page. `key` says what is listed: a new one starts over, keeping the old rows until the first
 * page is there. While the server is still reading the list, the first page is asked for again. `load` never throws.
 */
export function usePages<Item, Problem>(key: string | undefined, load: (after: string | undefined, refresh: boolean) => Promise<PageAnswer<Item, Problem>>): Pages<Item, Problem> {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [totalCount, setTotalCount] = useState<number>();
  const [together, setTogether] = useState<Together>();
  const [listedAt, setListedAt] = useState<string>();
  const [cursor, setCursor] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [stale, setStale] = useState<Problem>();
  const [loading, setLoading] = useState(false);
  const run = useRef(0);
  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(load);
  latest.current = load;
  const fetchPage = useCallback(async (after: string | undefined, refresh: boolean) => {
    run.current += 1;
    const own = run.current;
    clearTimeout(again.current);
    setLoading(true);
    if (refresh) setTotalCount(undefined);
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
    setStale(() => answer.stale);
    setItems((before) => (after === undefined ? answer.items : [...before, ...answer.items]));
    setTotalCount(answer.complete ? answer.totalCount : undefined);
    setTogether(answer.together);
    setListedAt(answer.listedAt);
    setCursor(answer.endCursor);
    if (!answer.complete && after === undefined) again.current = setTimeout(() => void fetchPage(undefined, false), countingPollMs);
  }, []);
  useEffect(() => {
    setTotalCount(undefined);
    if (key !== undefined) void fetchPage(undefined, false);
  }, [key, fetchPage]);
  useEffect(() => () => clearTimeout(again.current), []);
  return {
    items,
    totalCount,
    together: totalCount === undefined ? undefined : together,
    listedAt,
    loading,
    hasMore: cursor !== undefined,
    problem,
    stale,
    loadMore: () => void fetchPage(cursor, false),
    reload: () => void fetchPage(undefined, false),
    refresh: () => void fetchPage(undefined, true),
  };
}
