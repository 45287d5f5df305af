import { followPause, type Jobs } from '@esscm/jobs';
import type { ComponentMatcher, ScanEngine } from '@esscm/scan-engine';
import type { PluginHost, PluginRegistry } from '@esscm/registry-core';
import type { ConnectionRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import { announcer } from './announcer.js';
import { givenUpFailure } from './failures/scan-failure.js';
import { scanImage } from './jobs/scan-image.js';

export interface ScannerOptions {
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'scans' | 'events'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  /** What the operator gives to plugins for a connection. */
  readonly host: (connection: ConnectionRecord) => PluginHost;
  /** Stays the caller's, who disposes it after the scanner is closed. */
  readonly engine: Pick<ScanEngine, 'scan'>;
  /** The engine's own, for images whose content is known already. Stays the caller's too. */
  readonly matcher: Pick<ComponentMatcher, 'match' | 'held'>;
  /** Advisory ecosystems that judge an image; must not reject. */
  readonly onAdvisoriesNeeded: (ecosystems: readonly string[]) => Promise<void>;
  /** Called with the image whose result was stored, before it is announced; must not reject. */
  readonly onStored: (imageId: string) => Promise<void>;
  /** Scans at once in this process. */
  readonly concurrency: number;
  readonly clock?: { now(): Date };
  readonly log: Logger;
}

export interface RunningScanner {
  /** Takes no further scans; running ones are aborted and go back to the queue. */
  close(): Promise<void>;
}

const systemClock = { now: () => new Date() };

/**
 * Starts taking scans from the queue. Before that, every scan that the database knows as unfinished is put on the queue, because
 * the queue may have lost it, and its pause with it; what is on it already is not queued twice.
 */
export async function startScanner(options: ScannerOptions): Promise<RunningScanner> {
  const { store, jobs, log, clock = systemClock } = options;
  const announce = announcer(jobs.events, log);
  await followPause(jobs.scans, () => store.scanPauses.holds());
  await restoreQueue(options);
  const worker = await jobs.scans.work(
    (job, context) => scanImage({ ...options, announce, clock }, job, context),
    {
      concurrency: options.concurrency,
      onGivenUp: async ({ scanId }) => {
        const failed = await store.scans.fail(scanId, givenUpFailure());
        if (failed !== undefined) await announce(failed);
      },
    },
  );
  return { close: () => worker.close({ abort: true }) };
}

async function restoreQueue({ store, jobs, log }: ScannerOptions): Promise<void> {
  const unfinished = await store.scans.unfinished();
  for (const { id, organizationId } of unfinished) await jobs.scans.add({ scanId: id, organizationId });
  if (unfinished.length > 0) log.info({ scans: unfinished.length }, 'unfinished scans are on the queue');
}
