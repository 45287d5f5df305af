import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../database.js';
import { describeWire } from './wire.contract.test.js';

describeWire('the embedded database', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-wire-'));
  const database = await openDatabase({ dataFolder });
  return {
    database,
    close: async () => {
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
});
