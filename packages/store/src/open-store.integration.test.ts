import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { openTestStore, type TestStore } from './contract/open-test-store.support.test.js';
import { testStore } from './contract/store.contract.test.js';
import { openDatabase, type Database } from './database.js';

function serverUrl(): URL {
  const url = process.env['ESSCM_TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('Set ESSCM_TEST_DATABASE_URL to a PostgreSQL server on which databases may be created.');
  return new URL(url);
}

describe('the store on PostgreSQL', () => {
  const name = `esscm_store_${randomBytes(6).toString('hex')}`;
  let server: pg.Client;
  let database: Database;
  let opened: TestStore;

  beforeAll(async () => {
    const url = serverUrl();
    server = new pg.Client({ connectionString: url.href });
    await server.connect();
    await server.query(`create database ${name}`);
    url.pathname = `/${name}`;
    database = await openDatabase({ databaseUrl: url.href, dataFolder: '' });
    opened = await openTestStore(database.pool);
  });

  afterAll(async () => {
    await database.close();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  });

  testStore(() => opened);
});
