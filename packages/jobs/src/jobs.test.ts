import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@esscm/store';
import { expect, it, vi } from 'vitest';
import { openJobs } from './index.js';
import { describeJobs } from './jobs.contract.test.js';

describeJobs('the embedded database', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-jobs-'));
  const database = await openDatabase({ dataFolder });
  return {
    open: (settings) => openJobs({ database, settings }),
    reset: async () => {
      await database.pool.query('drop schema if exists bullmq cascade');
    },
    close: async () => {
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
});

it('fails to open, and leaves nothing behind, when Redis cannot be reached', async () => {
  const database = await openDatabase({ databaseUrl: 'postgresql://127.0.0.1:1/none', dataFolder: tmpdir() });
  await expect(openJobs({ database, redisUrl: 'redis://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'unreachable',
    message: 'Redis cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
  });
  await expect(openJobs({ database })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await database.close();
});

it('completes every job when the database crashes while they run', { timeout: 60_000 }, async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-jobs-'));
  const database = await openDatabase({ dataFolder });
  const settings = { lockDurationMs: 1000, stalledIntervalMs: 500, retryDelayMs: 1, attempts: 10 };
  const jobs = await openJobs({ database, settings });
  const scanIds = Array.from({ length: 40 }, (_, index) => `scan-${index}`);
  for (const scanId of scanIds) await jobs.scans.add({ scanId, organizationId: 'organization-1' });
  const done = new Set<string>();
  await jobs.scans.work(
    async ({ scanId }) => {
      await database.pool.query('select 1');
      if (done.add(scanId).size === 10) await database.embedded?.crash();
    },
    { concurrency: 4 },
  );
  await vi.waitFor(
    async () => {
      expect([...done].toSorted()).toEqual(scanIds.toSorted());
      expect(await jobs.scans.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    },
    { timeout: 50_000, interval: 200 },
  );
  expect(database.embedded?.status()).toMatchObject({ state: 'running', restarts: 1 });
  await jobs.close();
  await database.close();
  await rm(dataFolder, { recursive: true });
});
