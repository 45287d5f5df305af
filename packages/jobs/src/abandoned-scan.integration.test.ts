import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@esscm/store';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { openJobs } from './index.js';
import { createScratchDatabase, requiredEnvironment } from './scratch-database.support.test.js';

interface Place {
  readonly databaseUrl?: string;
  readonly dataFolder: string;
  readonly redisUrl?: string;
  readonly redisPrefix?: string;
}

const settings = { lockDurationMs: 1000, stalledIntervalMs: 500 };
const holder = fileURLToPath(new URL('./fixtures/hold-scan.mjs', import.meta.url));

/** A process takes a scan and is killed with SIGKILL; answers once it is gone. */
async function abandonScan(place: Place): Promise<void> {
  const child = spawn(process.execPath, [holder, JSON.stringify({ ...place, settings })], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** What the next process is handed once the first is gone. */
async function takeOver(place: Place): Promise<unknown> {
  await abandonScan(place);
  const database = await openDatabase(place);
  const jobs = await openJobs({ database, settings, ...place });
  const taken = Promise.withResolvers<unknown>();
  await jobs.scans.work(async (payload, { attempt }) => taken.resolve({ payload, attempt }), { concurrency: 1 });
  const result = await taken.promise;
  await jobs.close();
  await database.close();
  return result;
}

const abandoned = { payload: { scanId: 'scan-1', organizationId: 'organization-1' }, attempt: 1 };

describe('a scan whose process was killed is taken over', { timeout: 60_000 }, () => {
  it('in the embedded database, by the process that opens it next', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-jobs-'));
    expect(await takeOver({ dataFolder })).toEqual(abandoned);
    await rm(dataFolder, { recursive: true });
  });

  it('on a PostgreSQL server', async () => {
    const scratch = await createScratchDatabase(requiredEnvironment('ESSCM_TEST_DATABASE_URL'));
    expect(await takeOver({ databaseUrl: scratch.url, dataFolder: tmpdir() })).toEqual(abandoned);
    await scratch.drop();
  });

  it('in Redis', async () => {
    const databaseUrl = requiredEnvironment('ESSCM_TEST_DATABASE_URL');
    const redisUrl = requiredEnvironment('ESSCM_TEST_REDIS_URL');
    const redisPrefix = `esscm-test-${randomBytes(6).toString('hex')}`;
    expect(await takeOver({ databaseUrl, dataFolder: tmpdir(), redisUrl, redisPrefix })).toEqual(abandoned);
    const redis = new Redis(redisUrl);
    await redis.del(...(await redis.keys(`${redisPrefix}:*`)));
    await redis.quit();
  });
});
