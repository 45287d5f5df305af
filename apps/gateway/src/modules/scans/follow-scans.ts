import { scanChangeTopic } from '@esscm/jobs';
import type { ScanRecord, Store } from '@esscm/store';
import type { GatewayJobs } from '../../dependencies.js';
import { scanChangeSchema } from './scan-change.js';

interface FollowScansOptions {
  readonly store: Pick<Store, 'scans'>;
  readonly jobs: Pick<GatewayJobs, 'events'>;
  readonly organizationId: string;
  /** Which scans: these, or all of a connection. */
  readonly scans: { readonly ids: readonly string[] } | { readonly connectionId: string };
  readonly signal: AbortSignal;
}

/**
 * The present state of each scan, then its changes, each read from the store when the reader is ready for it. A slow
 * reader gets the latest state of a scan instead of every one in between; no state is given twice or out of order.
 * Ends when the signal aborts or the reader stops.
 */
export async function* followScans(options: FollowScansOptions): AsyncGenerator<ScanRecord, void, undefined> {
  const { store, jobs, organizationId, scans, signal } = options;
  const ids = 'ids' in scans ? new Set(scans.ids) : undefined;
  const pending = new Set<string>(ids);
  const given = new Map<string, number>();
  let wake: () => void = () => undefined;

  // Subscribed before the present state is read: a change in between is then seen, at worst a second time.
  const unsubscribe = await jobs.events.subscribe(scanChangeTopic, (payload) => {
    const scanId = scanChangeSchema.safeParse(payload).data?.scanId;
    if (scanId === undefined) return;
    if (ids !== undefined && !ids.has(scanId)) return;
    pending.add(scanId);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    if ('connectionId' in scans) {
      for await (const scan of scansOfConnection(store, organizationId, scans.connectionId)) {
        given.set(scan.id, scan.sequence);
        yield scan;
      }
    }
    while (!signal.aborted) {
      for (const id of pending) {
        pending.delete(id);
        const scan = await store.scans.find(organizationId, id);
        if (scan === undefined || scan.sequence <= (given.get(id) ?? -1)) continue;
        if ('connectionId' in scans && scan.connectionId !== scans.connectionId) continue;
        given.set(id, scan.sequence);
        yield scan;
      }
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (pending.size === 0 && !signal.aborted) await changed;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await unsubscribe();
  }
}

async function* scansOfConnection(store: Pick<Store, 'scans'>, organizationId: string, connectionId: string) {
  let after: string | undefined;
  do {
    const page = await store.scans.list(organizationId, { connectionId }, { first: 100, ...(after !== undefined && { after }) });
    yield* page.items;
    after = page.nextCursor;
  } while (after !== undefined);
}
