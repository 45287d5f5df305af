import type { ScanLogLine, ScanLogRecord } from '../records.js';

/** What scans did, line by line. */
export interface ScanLogRepository {
  /** Adds lines in their order. A scan keeps its newest 500, each of at most 1,000 characters; of a scan that is gone nothing is kept. */
  append(scanId: string, lines: readonly ScanLogLine[]): Promise<void>;
  /** Lines after a position, oldest first. */
  read(organizationId: string, scanId: string, after: number): Promise<readonly ScanLogRecord[]>;
  /** Forgets lines older than this; gives their number. */
  deleteBefore(moment: Date): Promise<number>;
}
