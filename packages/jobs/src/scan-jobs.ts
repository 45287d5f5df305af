import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { z } from 'zod';
import { errorMessage, isFinal } from './errors.js';
import type { JsonValue } from './event-bus.js';
import type { JobsLog } from './jobs-log.js';
import type { QueueBackend, ScanQueue, ScanWorker } from './queue-backend.js';
import { RecentCancellations } from './recent-cancellations.js';
import { parseScanJob, SCAN_QUEUE_NAME, type ScanJob } from './scan-job.js';

/** Times in milliseconds. */
export interface JobSettings {
  /** A job whose process vanished is taken over after at most this plus `stalledIntervalMs`; keep it at 30 s or more. */
  readonly lockDurationMs: number;
  readonly stalledIntervalMs: number;
  /** How often a job may be tried when it fails in a way that another attempt could mend. */
  readonly attempts: number;
  /** Wait before the second attempt; doubled for each further one. */
  readonly retryDelayMs: number;
}

/** What a server runs with; tests make it faster. */
export const DEFAULT_JOB_SETTINGS: JobSettings = {
  lockDurationMs: 30_000,
  stalledIntervalMs: 15_000,
  attempts: 3,
  retryDelayMs: 5000,
};

/** What a handler is given beside the payload. */
export interface ScanContext {
  /** Aborted when the scan is cancelled or the process stops; `reason` is an `Error` saying which. */
  readonly signal: AbortSignal;
  /** 1 for the first. A job taken over from a vanished process has the same number again. */
  readonly attempt: number;
  /** No further attempt follows, whatever this one throws. */
  readonly lastAttempt: boolean;
  /** Publishes on the scan's topic, see `scanTopic`. */
  readonly progress: (event: JsonValue) => Promise<void>;
}

/**
 * Runs one scan; must be safe to run twice. An error with `retryable: false` ends the job, any other leads to another attempt.
 */
export type ScanHandler = (payload: ScanJob, context: ScanContext) => Promise<void>;

export interface WorkOptions {
  /** Scans at once in this process. */
  readonly concurrency: number;
  /**
   * Called once when a job will not run again without having succeeded, which includes those whose process vanished too often
   * to say so itself: the place to mark the scan as failed.
   */
  readonly onGivenUp?: (payload: ScanJob, reason: Error) => Promise<void>;
}

export interface RunningWorker {
  /**
   * Takes no further jobs and waits for running ones. With `abort`, running ones are aborted first and go back to the queue.
   * `Jobs.close` does this for workers still running.
   */
  close(options?: { readonly abort?: boolean }): Promise<void>;
}

export interface JobCounts {
  /** Those held back by a pause too. */
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface ScanJobs {
  /**
   * Queues a scan. The scan's id is the job's id, so a scan that is waiting or running is not queued twice; one that has ended
   * runs again. `interactive` (the default) goes before `background`. Throws `JobsError` with code `invalid-payload`.
   */
  add(payload: ScanJob, options?: { readonly priority?: 'interactive' | 'background'; readonly delayMs?: number }): Promise<void>;
  /** Starts taking jobs; resolves once the worker is connected. */
  work(handler: ScanHandler, options: WorkOptions): Promise<RunningWorker>;
  /** Removes a waiting scan and aborts a running one, in whichever process it runs. An unknown id is no error. */
  cancel(scanId: string): Promise<void>;
  /** No worker of any process takes a job until `resume`; what runs goes on. Holds over restarts. Doing it twice changes nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  counts(): Promise<JobCounts>;
}

/** Topic of a scan's progress events. */
export function scanTopic(scanId: string): string {
  return `scan/${scanId}`;
}

/** Thrown by a handler that must not begin now: its job goes back to the queue, and no attempt is counted. */
export class ScanHeldBack extends Error {
  override readonly name = 'ScanHeldBack';

  constructor() {
    super('the scan is held back');
  }
}

/** Why a signal was aborted. */
export class ScanAborted extends Error {
  override readonly name = 'ScanAborted';
  readonly reason: 'cancelled' | 'stopping';

  constructor(reason: 'cancelled' | 'stopping') {
    super(reason === 'cancelled' ? 'the scan was cancelled' : 'the process is stopping');
    this.reason = reason;
  }
}

const CANCEL_TOPIC = 'scan-cancel';
/** `at`: milliseconds since 1970. */
const cancellationSchema = z.object({ scanId: z.string(), at: z.number() });
const BACKGROUND_PRIORITY = 10;
const STOPPING = 'stopping';
const MAXIMUM_TAKEOVERS = 3;
/** What a paused queue holds: PostgreSQL counts it apart, under a name that BullMQ's types leave out; Redis counts it as waiting. */
const HELD = 'paused' as 'waiting';
/** A held back job is offered again after this, unless the queue itself is paused by then. */
const HELD_BACK_MS = 1000;
/** BullMQ's default of 15 s would hold up every scan for that long after the embedded database opened again in one. */
const BACKEND_RETRY_DELAY_MS = 1000;
const KEPT_FAILURES = { age: 7 * 24 * 3600, count: 1000 };

/** Scan jobs over any backend. */
export class QueuedScanJobs implements ScanJobs {
  readonly #backend: QueueBackend;
  readonly #settings: JobSettings;
  readonly #log: JobsLog;
  readonly #queue: ScanQueue;
  readonly #workers = new Set<RunningWorker>();

  constructor(backend: QueueBackend, settings: JobSettings, log: JobsLog) {
    this.#backend = backend;
    this.#settings = settings;
    this.#log = log;
    this.#queue = backend.createQueue(SCAN_QUEUE_NAME, {
      defaultJobOptions: {
        attempts: settings.attempts,
        backoff: { type: 'exponential', delay: settings.retryDelayMs },
        removeOnComplete: true,
        removeOnFail: KEPT_FAILURES,
      },
    });
  }

  async add(payload: ScanJob, options: { readonly priority?: 'interactive' | 'background'; readonly delayMs?: number } = {}): Promise<void> {
    const job = parseScanJob(payload);
    const earlier = await this.#queue.getJob(job.scanId);
    // A failed job is kept for a while and would otherwise stand in the way of its own repetition.
    if (await earlier?.isFailed()) await this.#queue.remove(job.scanId);
    await this.#queue.add(SCAN_QUEUE_NAME, job, {
      jobId: job.scanId,
      ...(options.priority === 'background' ? { priority: BACKGROUND_PRIORITY } : {}),
      ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
    });
  }

  async work(handler: ScanHandler, options: WorkOptions): Promise<RunningWorker> {
    const cancellations = new RecentCancellations();
    const worker = this.#backend.createWorker(
      SCAN_QUEUE_NAME,
      async (job, token, signal) => {
        if (cancellations.covers(job.data.scanId, job.timestamp)) throw new UnrecoverableError(new ScanAborted('cancelled').message);
        await this.#process(handler, job, token, signal);
      },
      {
        concurrency: options.concurrency,
        lockDuration: this.#settings.lockDurationMs,
        stalledInterval: this.#settings.stalledIntervalMs,
        maxStalledCount: MAXIMUM_TAKEOVERS,
        runRetryDelay: BACKEND_RETRY_DELAY_MS,
      },
    );
    worker.on('failed', (job, error) => {
      if (job?.finishedOn !== undefined) void this.#giveUp(job, error, options.onGivenUp);
    });
    await worker.waitUntilReady();
    const stopListening = await this.#backend.events.subscribe(CANCEL_TOPIC, (payload) => {
      const { scanId, at } = cancellationSchema.parse(payload);
      if (!worker.cancelJob(scanId, 'cancelled')) cancellations.remember(scanId, at);
    });
    const running = this.#running(worker, stopListening);
    this.#workers.add(running);
    return running;
  }

  async cancel(scanId: string): Promise<void> {
    const job = await this.#queue.getJob(scanId);
    // A running job is locked and is not removed; whoever runs it hears the event.
    if (job !== undefined && !(await job.isActive())) await this.#queue.remove(scanId);
    await this.#backend.events.publish(CANCEL_TOPIC, { scanId, at: Date.now() });
  }

  pause(): Promise<void> {
    return this.#queue.pause();
  }

  resume(): Promise<void> {
    return this.#queue.resume();
  }

  async counts(): Promise<JobCounts> {
    const counts = await this.#queue.getJobCounts('waiting', HELD, 'prioritized', 'active', 'delayed', 'failed');
    const of = (state: string): number => counts[state] ?? 0;
    return {
      waiting: of('waiting') + of(HELD) + of('prioritized'),
      active: of('active'),
      delayed: of('delayed'),
      failed: of('failed'),
    };
  }

  /** Closes the workers, aborting what runs, then the queue. */
  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close({ abort: true })));
    await this.#queue.close();
  }

  #running(worker: ScanWorker, stopListening: () => Promise<void>): RunningWorker {
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await worker.close();
      await stopListening();
      this.#workers.delete(running);
    };
    const running: RunningWorker = {
      close: (options = {}) => {
        closed ??= close();
        if (options.abort === true) worker.cancelAllJobs(STOPPING);
        return closed;
      },
    };
    return running;
  }

  async #process(handler: ScanHandler, job: Job<ScanJob>, token: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    const attempt = job.attemptsMade + 1;
    const aborted = new AbortController();
    const abort = (): void => aborted.abort(new ScanAborted(signal?.reason === STOPPING ? 'stopping' : 'cancelled'));
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const payload = parseScanJob(job.data);
      await handler(payload, {
        signal: aborted.signal,
        attempt,
        lastAttempt: attempt >= (job.opts.attempts ?? 1),
        progress: (event) => this.#backend.events.publish(scanTopic(payload.scanId), event),
      });
    } catch (error) {
      if (aborted.signal.aborted && signal?.reason === STOPPING) {
        await job.moveToDelayed(Date.now(), token);
        throw new DelayedError();
      }
      if (error instanceof ScanHeldBack) {
        await job.moveToDelayed(Date.now() + HELD_BACK_MS, token);
        throw new DelayedError();
      }
      if (aborted.signal.aborted || isFinal(error)) {
        throw new UnrecoverableError(errorMessage(error));
      }
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async #giveUp(job: Job<ScanJob>, reason: Error, onGivenUp: WorkOptions['onGivenUp']): Promise<void> {
    this.#log.warn({ scanId: job.id, reason: reason.message }, 'a scan job was given up');
    try {
      await onGivenUp?.(parseScanJob(job.data), reason);
    } catch (error) {
      this.#log.error({ scanId: job.id, reason: errorMessage(error) }, 'a given up scan job could not be reported');
    }
  }
}
