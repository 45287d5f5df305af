import { formatSpan } from '../../formats/format-duration.js';
import type { ScanRowFragment } from '../../gql/graphql.js';
import { stageName, stageOrder } from '../../scans/scan-words.js';
import type { StatusKind } from '../../ui/Status.js';

/** One stage of a scan: how it stands, and how long it took. */
export interface StageRow {
  readonly name: string;
  readonly kind: StatusKind;
  readonly word: string;
  readonly took: string | undefined;
}

type Scan = Pick<ScanRowFragment, 'state' | 'stage' | 'progress' | 'endedAt'>;

/** The stages in order. A stage without a start was not reached, or was not needed. */
export function stageRows(scan: Scan, now: Date): readonly StageRow[] {
  const ended = scan.state === 'SUCCEEDED' || scan.state === 'PARTIAL';
  return stageOrder.map((stage): StageRow => {
    const timing = scan.progress.stages.findLast((entry) => entry.stage === stage);
    const name = stageName(stage);
    if (timing === undefined) return ended ? { name, kind: 'stopped', word: 'Not needed', took: undefined } : { name, kind: 'waiting', word: 'Not reached', took: undefined };
    const failed = scan.state === 'FAILED' && scan.stage === stage;
    // The last stage of a scan that ended well ends with it.
    const stageEnd = timing.endedAt ?? (ended ? scan.endedAt : undefined);
    const took = stageEnd == null && scan.state !== 'RUNNING' ? undefined : formatSpan(timing.startedAt, stageEnd, now);
    if (failed) return { name, kind: 'failed', word: 'Failed', took };
    if (stageEnd != null || ended) return { name, kind: 'done', word: 'Done', took };
    return scan.state === 'RUNNING' ? { name, kind: 'running', word: 'Running', took } : { name, kind: 'stopped', word: 'Stopped', took };
  });
}
