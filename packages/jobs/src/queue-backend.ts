import type { Job, JobsOptions, QueueOptions, WorkerOptions } from 'bullmq';
import type { EventBus } from './event-bus.js';
import type { ScanJob } from './scan-job.js';

/** The part of BullMQ's queue that is used, the same over every backend. */
export interface ScanQueue {
  add(name: string, payload: ScanJob, options: JobsOptions): Promise<unknown>;
  getJob(id: string): Promise<Job<ScanJob> | undefined>;
  remove(id: string): Promise<number>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  getJobCounts(...states: ('waiting' | 'prioritized' | 'active' | 'delayed' | 'failed')[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** The part of BullMQ's worker that is used. */
export interface ScanWorker {
  cancelJob(id: string, reason?: string): boolean;
  cancelAllJobs(reason?: string): void;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
  on(event: 'failed', listener: (job: Job<ScanJob> | undefined, error: Error) => void): unknown;
}

/** BullMQ decides by the number of parameters whether a processor gets a signal: declare all three. */
type ScanProcessor = (job: Job<ScanJob>, token: string | undefined, signal: AbortSignal | undefined) => Promise<void>;

type ScanQueueOptions = Omit<QueueOptions, 'connection' | 'prefix'>;
type ScanWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** One place that jobs can live in. */
export interface QueueBackend {
  readonly kind: 'embedded' | 'postgresql' | 'redis';
  readonly events: EventBus;
  createQueue(name: string, options: ScanQueueOptions): ScanQueue;
  createWorker(name: string, processor: ScanProcessor, options: ScanWorkerOptions): ScanWorker;
  /** Ends the connections; call it after the queues and workers are closed. */
  close(): Promise<void>;
}
