import { useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { ScanProgressDocument } from '../gql/graphql.js';
import { useLive } from '../graphql/connection-state.js';
import { isActive } from './scan-words.js';

interface ScanUpdatesOptions {
  /** Which scans: those named, or all of a connection. Nothing is asked while there is nothing to follow. */
  readonly ids?: readonly string[];
  readonly connectionId?: string;
  readonly active: boolean;
  /** Asks the page's operation again: polled while no events arrive, and once after scans ended. */
  readonly refetch: () => Promise<unknown>;
}

const pollMs = 3_000;
const settleMs = 400;

/** Keeps the scans of a page current, by events or by asking again. The events land in the client's cache. */
export function useScanUpdates({ ids, connectionId, active, refetch }: ScanUpdatesOptions): void {
  const live = useLive();
  const latest = useRef(refetch);
  latest.current = refetch;
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useSubscription(ScanProgressDocument, {
    variables: { ids: ids === undefined ? null : [...ids], connectionId: connectionId ?? null },
    skip: !active || (connectionId === undefined && (ids === undefined || ids.length === 0)),
    ignoreResults: true,
    onData: ({ data }) => {
      const state = data.data?.scanProgress.state;
      if (state === undefined || isActive(state)) return;
      // Counts and results of other objects changed with it. Several ends close together are one question.
      clearTimeout(settling.current);
      settling.current = setTimeout(() => void latest.current().catch(() => undefined), settleMs);
    },
    onError: () => undefined,
  });
  useEffect(() => () => clearTimeout(settling.current), []);
  useEffect(() => {
    if (!active || live) return undefined;
    const timer = setInterval(() => void latest.current().catch(() => undefined), pollMs);
    return () => clearInterval(timer);
  }, [active, live]);
}
