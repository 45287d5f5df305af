import { useEffect } from 'react';

const pollMs = 1500;

interface Progressing {
  readonly data?: { readonly vexProgress: { readonly imagesBehind: number } } | undefined;
  readonly startPolling: (intervalMs: number) => void;
  readonly stopPolling: () => void;
}

/** Asks again until documents are applied to every image; gives how many images are left. */
export function useVexProgress({ data, startPolling, stopPolling }: Progressing): number {
  const behind = data?.vexProgress.imagesBehind ?? 0;
  useEffect(() => {
    if (behind === 0) return undefined;
    startPolling(pollMs);
    return () => stopPolling();
  }, [behind, startPolling, stopPolling]);
  return behind;
}
