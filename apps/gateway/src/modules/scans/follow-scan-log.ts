import type { ScanLogRecord, Store } from '@esscm/store';
import type { GatewayJobs } from '../../dependencies.js';
import { followScans } from './follow-scans.js';

interface FollowScanLogOptions {
  readonly store: Pick<Store, 'scans' | 'scanLogs'>;
  readonly jobs: Pick<GatewayJobs, 'events'>;
  readonly organizationId: string;
  readonly scanId: string;
  /** The last line the reader has; 0 for none. */
  readonly after: number;
  readonly signal: AbortSignal;
}

/**
 * Lines of a scan's log after a position, then those that come, several at a time: a scanner writes them before it changes the row.
 * Ends when the signal aborts or the reader stops.
 */
export async function* followScanLog({ scanId, after, ...options }: FollowScanLogOptions): AsyncGenerator<readonly ScanLogRecord[], void, undefined> {
  let last = after;
  for await (const scan of followScans({ ...options, scans: { ids: [scanId] } })) {
    const lines = await options.store.scanLogs.read(scan.organizationId, scan.id, last);
    last = lines.at(-1)?.position ?? last;
    if (lines.length > 0) yield lines;
  }
}
