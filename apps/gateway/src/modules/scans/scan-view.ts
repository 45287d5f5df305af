import type { ScanRecord } from '@esscm/store';
import type { Scan } from './scan.type.js';

/** A scan as the API shows it. */
export function scanView(record: ScanRecord): Scan {
  const { id, state, stage, sequence, attempt, trigger, failure, diagnostics, digest, componentCount, findings, createdAt, startedAt, endedAt, cancelledByName: cancelledBy } = record;
  const stages = record.progress.stages.map((timing) => ({
    stage: timing.stage,
    startedAt: new Date(timing.startedAt),
    endedAt: timing.endedAt === undefined ? undefined : new Date(timing.endedAt),
  }));
  return {
    id,
    state,
    stage,
    sequence,
    attempt,
    trigger,
    failure,
    diagnostics,
    digest,
    componentCount,
    findings,
    createdAt,
    startedAt,
    endedAt,
    cancelledBy,
    progress: { ...record.progress, stages },
    imageId: record.trackedImageId,
  };
}
