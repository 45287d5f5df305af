import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openTestStore, type TestStore } from './contract/open-test-store.support.test.js';
import { testStore } from './contract/store.contract.test.js';
import { openDatabase, type Database } from './database.js';

describe('the store on the embedded database', () => {
  let folder: string;
  let database: Database;
  let opened: TestStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-'));
    database = await openDatabase({ dataFolder: folder });
    opened = await openTestStore(database.pool);
  });

  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  testStore(() => opened);
});
