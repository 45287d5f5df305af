import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.js';
import { openStore, type OpenStore } from '../open-store.js';
import { MasterKeyVault } from '../vault/secrets-vault.js';

const name = `esscm_reads_${randomBytes(6).toString('hex')}`;
let server: pg.Client;
let database: Database;
let store: OpenStore;
let organizationId: string;

beforeAll(async () => {
  const given = process.env['ESSCM_TEST_DATABASE_URL'];
  if (given === undefined) throw new Error('Set ESSCM_TEST_DATABASE_URL to a PostgreSQL server on which databases may be created.');
  const url = new URL(given);
  server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`create database ${name}`);
  url.pathname = `/${name}`;
  database = await openDatabase({ databaseUrl: url.href, dataFolder: '' });
  store = await openStore({ database, vault: new MasterKeyVault(randomBytes(32)), readLimitMs: 50 });
  organizationId = (await store.organizations.ensureDefault()).id;
});

afterAll(async () => {
  await database.close();
  await server.query(`drop database ${name} with (force)`);
  await server.end();
});

const reads: Readonly<Record<string, () => Promise<unknown>>> = {
  'findings one by one': () => store.findings.list(organizationId, {}, 'importance', { first: 10 }),
  'how many there are': () => store.findings.count(organizationId, {}),
  'groups': () => store.findings.groups(organizationId, 'component', {}, { first: 10 }),
  'ages': () => store.findings.countByAge(organizationId, {}, new Date()),
  'fixes': () => store.fixes.list(organizationId, { limit: 4 }),
  'open findings': () => store.findings.groups(organizationId, 'vulnerability', { triage: { states: ['untriaged'], at: new Date() } }, { first: 10 }),
  'decisions': () => store.triage.list(organizationId, {}, { first: 10 }),
  'documents': () => store.vex.list(organizationId, {}, { first: 10 }),
  'statements': () => store.vex.statements(organizationId, 'vex_1', {}, { first: 10 }),
  'what a decision would be about': () => store.triage.preview(organizationId, {}, 'everywhere', 10),
};

test.each(Object.entries(reads))('the database ends a read that takes too long: %s', async (_, read) => {
  await read();
  const busy = await database.pool.connect();
  try {
    // Readers wait as long as this transaction lasts, which is as long as somebody waits for them.
    await busy.query('begin; lock table esscm.findings, esscm.triage_decisions, esscm.vex_documents in access exclusive mode');
    await expect(read()).rejects.toMatchObject({ code: 'read-too-long', remedy: 'Narrow the filter, and ask again.' });
    const { rows } = await busy.query(`select query from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid() and backend_type = 'client backend'`);
    expect(rows).toEqual([]);
  } finally {
    await busy.query('rollback');
    busy.release();
  }
  await read();
});
