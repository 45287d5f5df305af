import { createId } from '../ids.js';
import type { ScanProgressRecord, ScanRecord } from '../records.js';
import type { scans } from '../schema/image-tables.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';

const noProgress: ScanProgressRecord = { layersDone: 0, layersTotal: 0, bytesDone: 0, bytesTotal: 0, layersCached: 0, stages: [] };

/** The record of a row. */
export function toScan(row: typeof scans.$inferSelect): ScanRecord {
  return withoutNulls(withoutColumns(row, 'active', 'standing', 'listedAt'));
}

/** A row of a scan that waits to be run. */
export function queuedScan(scan: {
  readonly organizationId: string;
  readonly trackedImageId: string;
  readonly connectionId: string;
  readonly trigger: ScanRecord['trigger'];
  readonly requestedBy: string;
  readonly createdAt: Date;
}): typeof scans.$inferInsert {
  return { ...scan, id: createId('scn'), state: 'queued', progress: noProgress, sequence: 1, attempt: 0, diagnostics: [] };
}
