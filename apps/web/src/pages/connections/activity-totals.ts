import type { ConnectionActivityQuery, ScanRowFragment } from '../../gql/graphql.js';

type Totals = NonNullable<ConnectionActivityQuery['connection']>['latestScanTotals'];
type Row = Pick<ScanRowFragment, 'state' | 'progress'>;

/** How far the scans of a connection are together: the newest of each image. */
export interface ActivityTotals {
  readonly count: Omit<Totals['states'], '__typename'>;
  readonly total: number;
  /** Ended with a result, whole or partial. */
  readonly finished: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Bytes a second since the first running scan began; undefined before anything arrived. */
  readonly bytesPerSecond: number | undefined;
  /** Until the last scan ends; those that wait are taken for as large as the average of those that are known. */
  readonly leftMs: number | undefined;
}

/** Images whose size has to be known before others are estimated by them. */
const fewestKnown = 3;

/**
 * What the server added up, with the bytes of running scans as the events since then have them. `running` are the rows of scans
 * that ran then, whatever their state is now.
 */
export function activityTotals({ states, ...sums }: Totals, running: readonly Row[], now: Date): ActivityTotals {
  const { __typename: _, ...count } = { __typename: undefined, ...states };
  const total = Object.values(count).reduce((sum, part) => sum + part, 0);
  const known = total - count.queued - count.cancelled;
  const newer = running.reduce((sum, { progress }) => sum + Number(progress.bytesDone), 0);
  const runningBytes = Math.max(newer, Number(sums.runningBytesDone));
  const bytesDone = Number(sums.bytesDone) - Number(sums.runningBytesDone) + runningBytes;
  const bytesTotal = Math.max(bytesDone, Number(sums.bytesTotal));
  const seconds = sums.runningSince == null ? 0 : (now.getTime() - new Date(sums.runningSince).getTime()) / 1000;
  const bytesPerSecond = runningBytes > 0 && seconds >= 1 ? runningBytes / seconds : undefined;
  const waitingBytes = count.queued === 0 ? 0 : known < fewestKnown ? undefined : (bytesTotal / known) * count.queued;
  return {
    count,
    total,
    finished: count.succeeded + count.partial,
    bytesDone,
    bytesTotal,
    bytesPerSecond,
    leftMs: bytesPerSecond === undefined || waitingBytes === undefined ? undefined : ((bytesTotal - bytesDone + waitingBytes) / bytesPerSecond) * 1000,
  };
}
