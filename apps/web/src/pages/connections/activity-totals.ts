import type { ScanRowFragment, ScanState } from '../../gql/graphql.js';

type Row = Pick<ScanRowFragment, 'state' | 'progress' | 'startedAt'>;

/** All scans of a page together. */
export interface ActivityTotals {
  readonly count: Readonly<Record<ScanState, number>>;
  readonly total: number;
  /** Ended with a result, whole or partial. */
  readonly finished: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Bytes a second since the first running scan began; undefined before anything arrived. */
  readonly bytesPerSecond: number | undefined;
}

/** Sums over the rows. Bytes are of the scans that know theirs. */
export function activityTotals(scans: readonly Row[], now: Date): ActivityTotals {
  const count: Record<ScanState, number> = { QUEUED: 0, RUNNING: 0, SUCCEEDED: 0, PARTIAL: 0, FAILED: 0, CANCELLED: 0 };
  let bytesDone = 0;
  let bytesTotal = 0;
  let runningBytes = 0;
  let since = Number.POSITIVE_INFINITY;
  for (const { state, progress, startedAt } of scans) {
    count[state] += 1;
    bytesDone += Number(progress.bytesDone);
    bytesTotal += Number(progress.bytesTotal);
    if (state === 'RUNNING' && startedAt != null) {
      runningBytes += Number(progress.bytesDone);
      since = Math.min(since, new Date(startedAt).getTime());
    }
  }
  const seconds = (now.getTime() - since) / 1000;
  return {
    count,
    total: scans.length,
    finished: count.SUCCEEDED + count.PARTIAL,
    bytesDone,
    bytesTotal,
    bytesPerSecond: runningBytes > 0 && seconds >= 1 ? runningBytes / seconds : undefined,
  };
}
