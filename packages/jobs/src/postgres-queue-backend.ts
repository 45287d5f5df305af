import type { Database } from '@esscm/store';
import type { PoolClient } from 'pg';
import { createPostgresBackend, runMigrations, withBackend, type PgPool } from 'bullmq';
import { errorMessage } from './errors.js';
import type { JobsLog } from './jobs-log.js';
import { PostgresEventBus } from './postgres-event-bus.js';
import { ProcessEventBus } from './process-event-bus.js';
import type { QueueBackend } from './queue-backend.js';

/** BullMQ's default, and with a ready-made pool the only one it accepts. */
const SCHEMA = 'bullmq';
/** Each worker keeps one connection for LISTEN, and so does the event bus. */
const POOL_SIZE = 16;
/** Every queue and worker adds a listener to the pool. */
const MAXIMUM_LISTENERS = 64;

/** The embedded database has one process, whose parts may each open their own queue: they share the events. */
const processEventBuses = new WeakMap<Database, ProcessEventBus>();

function processEventBus(database: Database, log: JobsLog): ProcessEventBus {
  const bus = processEventBuses.get(database) ?? new ProcessEventBus(log);
  processEventBuses.set(database, bus);
  return bus;
}

const { Queue, Worker } = withBackend(createPostgresBackend);

/**
 * The embedded database belongs to this process alone, so whoever held an active job is gone. Its locks end here, and so
 * does the wait between two looks for stalled jobs: the look a worker begins with takes them over at once.
 */
async function releaseJobsOfEarlierProcess(client: PoolClient): Promise<void> {
  await client.query(`update ${SCHEMA}.job set locked_until_ms = 0, stalled_marked = true where state = 'active'`);
  await client.query(`delete from ${SCHEMA}.meta where field = 'stalled-check'`);
}

/** Jobs in the database, embedded or server. Creates and migrates the queue's schema. */
export async function openPostgresQueueBackend(database: Database, log: JobsLog): Promise<QueueBackend> {
  const pool = database.createPool({ max: POOL_SIZE, applicationName: 'esscm-queue', searchPath: [SCHEMA] });
  pool.setMaxListeners(MAXIMUM_LISTENERS);
  try {
    // On one client: its transaction and the pool's next client would wait for each other.
    const client = await pool.connect();
    try {
      await runMigrations(client, SCHEMA);
      if (database.kind === 'embedded' && !processEventBuses.has(database)) await releaseJobsOfEarlierProcess(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  // BullMQ describes the pool in its own words, which TypeScript cannot match with the overloads of the real one.
  const connection = pool as unknown as PgPool;
  const events = database.kind === 'embedded' ? processEventBus(database, log) : new PostgresEventBus(pool, log);
  const report = (error: unknown): void => log.warn({ reason: errorMessage(error) }, 'the job queue reported an error');
  return {
    kind: database.kind,
    events,
    createQueue: (name, options) => {
      const queue = new Queue(name, { ...options, connection });
      queue.on('error', report);
      return queue;
    },
    createWorker: (name, processor, options) => {
      const worker = new Worker(name, (job, token, signal) => processor(job, token, signal), { ...options, connection });
      worker.on('error', report);
      return worker;
    },
    close: async () => {
      await events.close();
      await pool.end();
    },
  };
}
