import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './database.js';

it('outlives a crash of the embedded database with idle, busy and checked-out connections, and closes every pool', { timeout: 60_000 }, async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'esscm-database-'));
  const database = await openDatabase({ dataFolder });
  const other = database.createPool({ max: 2, applicationName: 'other', searchPath: ['odd "name', 'public'] });
  expect([database.kind, database.pool.options.max]).toEqual(['embedded', 8]);
  expect((await other.query('show search_path')).rows).toEqual([{ search_path: '"odd ""name","public"' }]);
  const checkedOut = await database.pool.connect();
  const busy = other.query('select count(*) from generate_series(1, 1000000000)').catch((error: unknown) => error);
  await database.embedded?.crash();
  expect(await busy).toMatchObject({ code: '57P02' });
  checkedOut.release(true);
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await database.close();
  expect([database.pool.ended, other.ended]).toEqual([true, true]);
  await rm(dataFolder, { recursive: true });
});

it('opens a server without connecting, and refuses a URL that is none', async () => {
  const database = await openDatabase({ databaseUrl: 'postgresql://127.0.0.1:1/none', dataFolder: tmpdir() });
  expect([database.kind, database.embedded]).toEqual(['postgresql', undefined]);
  await expect(database.pool.query('select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await database.close();
  await expect(openDatabase({ databaseUrl: 'http://host', dataFolder: tmpdir() })).rejects.toThrow(TypeError);
});
