import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { openDatabase } from '../database.js';
import { describeWire } from './wire.contract.test.js';

const serverUrl = process.env['ESSCM_TEST_DATABASE_URL'];
if (serverUrl === undefined) throw new Error('ESSCM_TEST_DATABASE_URL must name a PostgreSQL test server for this suite');

describeWire('a PostgreSQL server', async () => {
  const name = `esscm_test_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = await openDatabase({ databaseUrl: url.href, dataFolder: tmpdir() });
  return {
    database,
    close: async () => {
      await database.close();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
});
