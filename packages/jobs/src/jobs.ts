import type { Database } from '@esscm/store';
import type { EventBus } from './event-bus.js';
import { silentLog, type JobsLog } from './jobs-log.js';
import { openPostgresQueueBackend } from './postgres-queue-backend.js';
import { openRedisQueueBackend } from './redis-queue-backend.js';
import { DEFAULT_JOB_SETTINGS, QueuedScanJobs, type JobSettings, type ScanJobs } from './scan-jobs.js';

export interface OpenJobsOptions {
  readonly database: Database;
  /** `redis://` or `rediss://`. Without it jobs and events go through the database. */
  readonly redisUrl?: string;
  /** Start of every Redis key; ignored without Redis. */
  readonly redisPrefix?: string;
  readonly log?: JobsLog;
  readonly settings?: Partial<JobSettings>;
}

/** The queue and the events of an installation. */
export interface Jobs {
  readonly backend: 'embedded' | 'postgresql' | 'redis';
  readonly scans: ScanJobs;
  readonly events: EventBus;
  /** Aborts running jobs, which go back to the queue, and ends every connection. Call it before `Database.close`. */
  close(): Promise<void>;
}

const DEFAULT_REDIS_PREFIX = 'esscm';

/** Opens the queue, migrating its tables when it lives in the database. Rejects when the backend cannot be reached. */
export async function openJobs(options: OpenJobsOptions): Promise<Jobs> {
  const log = options.log ?? silentLog;
  const backend =
    options.redisUrl === undefined
      ? await openPostgresQueueBackend(options.database, log)
      : await openRedisQueueBackend(options.redisUrl, options.redisPrefix ?? DEFAULT_REDIS_PREFIX, log);
  const scans = new QueuedScanJobs(backend, { ...DEFAULT_JOB_SETTINGS, ...options.settings }, log);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await scans.close();
    await backend.close();
  };
  return {
    backend: backend.kind,
    scans,
    events: backend.events,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
