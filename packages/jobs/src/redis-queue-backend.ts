import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { errorMessage, JobsError } from './errors.js';
import type { JobsLog } from './jobs-log.js';
import type { QueueBackend } from './queue-backend.js';
import { RedisEventBus } from './redis-event-bus.js';

/**
 * Jobs in Redis. `prefix` starts every key and channel, so that installations can share a server. Throws `JobsError` with code
 * `unreachable`.
 */
export async function openRedisQueueBackend(redisUrl: string, prefix: string, log: JobsLog): Promise<QueueBackend> {
  let lastError: unknown;
  const report = (error: unknown): void => {
    lastError = error;
    log.warn({ reason: errorMessage(error) }, 'the job queue reported an error');
  };
  const connect = (): Redis => {
    // BullMQ requires null here: commands wait through a reconnection.
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: true });
    redis.on('error', report);
    return redis;
  };
  const [commands, subscriber] = [connect(), connect()];
  try {
    await Promise.all([commands.connect(), subscriber.connect()]);
  } catch (error) {
    commands.disconnect();
    subscriber.disconnect();
    // ioredis rejects with "Connection is closed" and says why only in the event.
    const cause = lastError ?? error;
    throw new JobsError('unreachable', `Redis cannot be reached: ${errorMessage(cause)}`, { cause });
  }
  const events = new RedisEventBus({ publisher: commands, subscriber }, prefix, log);
  return {
    kind: 'redis',
    events,
    createQueue: (name, options) => {
      const queue = new Queue(name, { ...options, connection: commands, prefix });
      queue.on('error', report);
      return queue;
    },
    createWorker: (name, processor, options) => {
      const worker = new Worker(name, (job, token, signal) => processor(job, token, signal), {
        ...options,
        connection: commands,
        prefix,
      });
      worker.on('error', report);
      return worker;
    },
    close: async () => {
      await Promise.all([commands.quit(), subscriber.quit()]);
    },
  };
}
