import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@esscm/store';
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
