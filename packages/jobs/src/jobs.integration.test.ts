import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@esscm/store';
import { Redis } from 'ioredis';
import { expect, it, vi } from 'vitest';
import { openJobs } from './index.js';
import { describeJobs } from './jobs.contract.test.js';
import { createScratchDatabase, requiredEnvironment } from './scratch-database.support.test.js';

const serverUrl = requiredEnvironment('ESSCM_TEST_DATABASE_URL');
const redisUrl = requiredEnvironment('ESSCM_TEST_REDIS_URL');

describeJobs('a PostgreSQL server', async () => {
  const scratch = await createScratchDatabase(serverUrl);
  const database = await openDatabase({ databaseUrl: scratch.url, dataFolder: tmpdir() });
  return {
    open: (settings) => openJobs({ database, settings }),
    reset: async () => {
      await database.pool.query('drop schema if exists bullmq cascade');
    },
    close: async () => {
      await database.close();
      await scratch.drop();
    },
  };
});

describeJobs('Redis', async () => {
  const redisPrefix = `esscm-test-${randomBytes(6).toString('hex')}`;
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-jobs-'));
  const database = await openDatabase({ databaseUrl: serverUrl, dataFolder });
  const redis = new Redis(redisUrl);
  const reset = async (): Promise<void> => {
    const keys = await redis.keys(`${redisPrefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
  };
  return {
    open: (settings) => openJobs({ database, redisUrl, redisPrefix, settings }),
    reset,
    close: async () => {
      await reset();
      await redis.quit();
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
});

it('hears events and takes jobs again after PostgreSQL ended every connection', { timeout: 60_000 }, async () => {
  const scratch = await createScratchDatabase(serverUrl);
  const database = await openDatabase({ databaseUrl: scratch.url, dataFolder: tmpdir() });
  const jobs = await openJobs({ database });
  const events: unknown[] = [];
  const ran: string[] = [];
  await jobs.events.subscribe('images', (payload) => events.push(payload));
  await jobs.scans.work(async ({ scanId }) => void ran.push(scanId), { concurrency: 1 });
  await database.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await vi.waitFor(
    async () => {
      await jobs.events.publish('images', 'heard');
      expect(events).toContain('heard');
    },
    { timeout: 20_000, interval: 100 },
  );
  await jobs.scans.add({ scanId: 'scan-1', organizationId: 'organization-1' });
  await vi.waitFor(() => expect(ran).toEqual(['scan-1']), { timeout: 40_000, interval: 50 });
  await jobs.close();
  await database.close();
  await scratch.drop();
});
