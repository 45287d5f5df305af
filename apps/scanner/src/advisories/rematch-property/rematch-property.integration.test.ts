import { randomBytes } from 'node:crypto';
import { openDatabase, type Database } from '@esscm/store';
import { afterAll, beforeAll, describe } from 'vitest';
import { testRematchProperty } from './rematch-property.contract.test.js';

const serverUrl = process.env['ESSCM_TEST_DATABASE_URL'];
if (serverUrl === undefined) throw new Error('Set ESSCM_TEST_DATABASE_URL to a PostgreSQL server on which databases may be created.');

describe('a re-match on PostgreSQL gives what a whole match gives', () => {
  const names = ['rematched', 'whole'].map((name) => `esscm_${name}_${randomBytes(6).toString('hex')}`);
  let server: Database;
  let databases: readonly Database[];

  beforeAll(async () => {
    server = await openDatabase({ databaseUrl: serverUrl, dataFolder: '' });
    for (const name of names) await server.pool.query(`create database ${name}`);
    databases = await Promise.all(names.map((name) => openDatabase({ databaseUrl: Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href, dataFolder: '' })));
  });

  afterAll(async () => {
    for (const database of databases) await database.close();
    for (const name of names) await server.pool.query(`drop database ${name} with (force)`);
    await server.close();
  });

  testRematchProperty(() => {
    const [rematched, whole] = databases;
    if (rematched === undefined || whole === undefined) throw new Error('the databases are not open');
    return { rematched, whole };
  }, Array.from({ length: 6 }, (_, index) => 101 + index));
});
