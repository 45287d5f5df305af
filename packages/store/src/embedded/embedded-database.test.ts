import { once } from 'node:events';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { message } from './backend-messages.js';
import { dataDirectory } from './data-directory.js';
import { embeddedClientOptions } from './embedded-client-options.js';
import { openEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedDatabaseState } from './embedded-database.js';
import { EngineThread } from './engine-thread.js';
import { EngineLostError } from './errors.js';

const LIMITS = { lockTimeoutMs: 1000, idleTransactionTimeoutMs: 2000, statementTimeoutMs: 3000, restartDelaysMs: [0, 10, 10, 10] };

describe('the embedded database', { timeout: 60_000 }, () => {
  let parent: string;
  let folder: string;
  let database: EmbeddedDatabase;
  let pool: pg.Pool;

  const poolOn = (on: EmbeddedDatabase): pg.Pool => {
    const opened = new pg.Pool({ ...embeddedClientOptions(() => on.stream(), { applicationName: 'test' }), max: 5 });
    opened.on('error', () => {});
    opened.on('connect', (client) => client.on('error', () => {}));
    return opened;
  };
  const count = async (from: pg.Pool, table: string): Promise<unknown> => (await from.query(`select count(*)::int as n from ${table}`)).rows;
  const states = (on: EmbeddedDatabase): { seen: EmbeddedDatabaseState[]; reached: (state: EmbeddedDatabaseState) => Promise<void> } => {
    const seen: EmbeddedDatabaseState[] = [];
    return {
      seen,
      reached: (state) =>
        new Promise((resolve) => {
          const stop = on.onStateChange((now) => {
            seen.push(now);
            if (now !== state) return;
            stop();
            resolve();
          });
        }),
    };
  };

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'esscm-embedded-'));
    folder = join(parent, 'database');
    database = await openEmbeddedDatabase({ folder, limits: LIMITS });
    pool = poolOn(database);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.close();
    await rm(parent, { recursive: true });
  }, 60_000);

  it('starts with the settings that make commits durable and memory small', async () => {
    const { rows } = await pool.query(`select name, setting from pg_settings where name in
      ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers', 'TimeZone') order by name collate "C"`);
    expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'TimeZone=UTC',
      'fsync=on',
      'full_page_writes=on',
      'shared_buffers=4096', // pages of 8 kB: 32 MB
      'synchronous_commit=on',
      'wal_sync_method=fsync',
    ]);
  });

  it('synchronises every commit to disk, and nothing for a read or a rollback', async () => {
    await pool.query('create table committed (n int)');
    const syncsOf = async (sql: string): Promise<number> => {
      const before = database.status().syncs;
      await pool.query(sql);
      return database.status().syncs - before;
    };
    for (let n = 0; n < 5; n += 1) expect(await syncsOf(`insert into committed values (${n})`)).toBeGreaterThanOrEqual(1);
    expect(await syncsOf('select * from committed')).toBe(0);
    expect(await syncsOf('begin; insert into committed values (9); rollback')).toBe(0);
  });

  it('has trigram search', async () => {
    await pool.query('create extension pg_trgm');
    expect((await pool.query(`select similarity('openssl', 'openssh') > 0.4 as alike`)).rows).toEqual([{ alike: true }]);
  });

  it.each([
    ['simple', 'copy committed from stdin'],
    ['in the middle of a text', `select 1; copy committed from stdin; select 2`],
    ['extended', { text: 'copy committed from stdin', values: [] as unknown[], name: 'load' }],
  ])('refuses COPY FROM STDIN, %s, and goes on', async (_how, query) => {
    await expect(pool.query(query)).rejects.toMatchObject({ code: '0A000' });
    expect((await pool.query(`select 'copy x from stdin' as text`)).rows).toEqual([{ text: 'copy x from stdin' }]);
  });

  it('rolls back when a stream is destroyed inside a transaction', async () => {
    const client = await pool.connect();
    await client.query('begin; insert into committed values (99)');
    client.connection.stream.destroy();
    expect((await pool.query('select n from committed where n = 99')).rows).toEqual([]);
    client.release(true);
  });

  it('fails a batch that waits too long with 55P03, and its connection goes on', async () => {
    const [holder, waiting] = [await pool.connect(), await pool.connect()];
    await holder.query('begin');
    await expect(waiting.query('select 1')).rejects.toMatchObject({ code: '55P03', message: expect.stringContaining('(test) in a transaction') });
    await holder.query('commit');
    expect((await waiting.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    holder.release();
    waiting.release();
  });

  it('ends a transaction that is idle too long with FATAL 25P03, and its rows are gone', async () => {
    const client = await pool.connect();
    const failed = once(client, 'error');
    await client.query('begin; insert into committed values (98)');
    expect(await failed).toMatchObject([{ code: '25P03', severity: 'FATAL' }]);
    client.release(true);
    expect((await pool.query('select n from committed where n = 98')).rows).toEqual([]);
  });

  it('cancels a waiting statement on a cancel request with the right key', async () => {
    const [holder, waiting] = [await pool.connect(), await pool.connect()];
    await holder.query('begin');
    const statement = waiting.query('insert into committed values (97)');
    const request = message('', Buffer.alloc(12)).subarray(1);
    request.writeInt32BE(80_877_102, 4);
    request.writeInt32BE(Number(Reflect.get(waiting, 'processID')), 8);
    request.writeInt32BE(Number(Reflect.get(waiting, 'secretKey')), 12);
    database.stream().end(request);
    await expect(statement).rejects.toMatchObject({ code: '57014' });
    await holder.query('commit');
    expect((await waiting.query('select n from committed where n = 97')).rows).toEqual([]);
    holder.release();
    waiting.release();
  });

  it('holds still while it is copied, and the copy opens with everything committed', async () => {
    await pool.query('create table copied as select generate_series(1, 1000) as n');
    const copy = join(parent, 'copy');
    let late: Promise<unknown> = Promise.resolve();
    await database.holdForCopy(async (data) => {
      await cp(data, dataDirectory(copy), { recursive: true });
      late = pool.query('insert into copied values (1001)');
      // The pool may have something to say of a connection of its own, too.
      await vi.waitFor(() => expect(database.status().waitingBatches).toBeGreaterThan(0));
    });
    await late;
    expect(await count(pool, 'copied')).toEqual([{ n: 1001 }]);
    const restored = await openEmbeddedDatabase({ folder: copy });
    const restoredPool = poolOn(restored);
    expect(await count(restoredPool, 'copied')).toEqual([{ n: 1000 }]);
    await restoredPool.end();
    await restored.close();
  });

  it('does not pass off a copy as good when the database crashed meanwhile', async () => {
    const { reached } = states(database);
    const copying = database.holdForCopy(async () => {
      const running = reached('running');
      await database.crash();
      await running;
    });
    await expect(copying).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('refuses a second opening of the folder, naming who has it', async () => {
    await expect(openEmbeddedDatabase({ folder })).rejects.toMatchObject({
      code: 'folder-in-use',
      message: expect.stringContaining(`process ${process.pid} on host`),
    });
  });

  it('opens again after a crash: connections fail with 57P02, new ones wait, nothing committed is lost', async () => {
    const client = await pool.connect();
    await client.query('begin; insert into copied values (2000)');
    const failed = once(client, 'error');
    const { seen, reached } = states(database);
    const running = reached('running');
    await database.crash();
    const whileClosed = count(pool, 'copied');
    expect(await failed).toMatchObject([{ code: '57P02', severity: 'FATAL' }]);
    client.release(true);
    await running;
    expect(seen).toEqual(['restarting', 'running']);
    expect(await whileClosed).toEqual([{ n: 1001 }]);
  });

  it('ends a statement over the time limit, which only the thread can be ended for', async () => {
    const idle = await pool.connect();
    const failed = once(idle, 'error');
    await expect(pool.query('select count(*) from generate_series(1, 10000000000)')).rejects.toMatchObject({
      code: '57014',
      message: expect.stringContaining('ran longer than 3 s'),
    });
    expect(await failed).toMatchObject([{ code: '57P02' }]);
    idle.release(true);
    expect(await count(pool, 'copied')).toEqual([{ n: 1001 }]);
  });

  it('ends connections still open when it closes with 57P01, and refuses later ones', async () => {
    const client = await pool.connect();
    await client.query('begin; insert into copied values (3000)');
    const failed = once(client, 'error');
    await database.close();
    expect(await failed).toMatchObject([{ code: '57P01' }]);
    client.release(true);
    await expect(pool.query('select 1')).rejects.toMatchObject({ code: '57P03' });
    expect(database.state).toBe('closed');
    // DBState in pg_control: 1 is "shut down", so nothing is left to recover.
    expect((await readFile(join(dataDirectory(folder), 'global', 'pg_control'))).readInt32LE(16)).toBe(1);
  });

  it('treats an answer without ReadyForQuery as a broken engine and ends the thread', async () => {
    const { thread } = await EngineThread.start({ folder: dataDirectory(folder) }, 60_000);
    const flushOnly = new Uint8Array(message('H')).buffer;
    const job = { kind: 'run', prelude: undefined, batch: flushOnly, end: 'query', mayCopyIn: false } as const;
    await expect(thread.run(job)).rejects.toThrow('without becoming ready');
    expect(await thread.ended).toBeInstanceOf(EngineLostError);
    await expect(thread.run(job)).rejects.toBeInstanceOf(EngineLostError);
  });

  it('vacuums what churned and writes a checkpoint once nothing else runs', async () => {
    const tidy = await openEmbeddedDatabase({ folder, limits: { idleMs: 20, intervalMs: 10 } });
    const tidyPool = poolOn(tidy);
    const syncsAtStart = tidy.status().syncs;
    await tidyPool.query(`create table churned as select n, repeat('x', 500) as filler from generate_series(1, 5000) n`);
    await tidyPool.query('delete from churned where n > 10');
    const statistics = `select n_dead_tup::int as dead, n_live_tup::int as live from pg_stat_user_tables where relname = 'churned'`;
    await vi.waitFor(async () => expect((await tidyPool.query(statistics)).rows).toEqual([{ dead: 0, live: 10 }]), { timeout: 20_000, interval: 300 });
    await vi.waitFor(() => expect(tidy.status().walBytes).toBeLessThan(1024 * 1024), { timeout: 20_000 });
    expect(tidy.status().syncs).toBeGreaterThan(syncsAtStart);
    await tidyPool.end();
    await tidy.close();
  });

  it('fails connections, and does not hang them, once it cannot be opened again', async () => {
    const lost = await openEmbeddedDatabase({ folder, limits: LIMITS });
    const lostPool = poolOn(lost);
    await lostPool.query('select 1');
    await rename(dataDirectory(folder), join(parent, 'elsewhere'));
    const { seen, reached } = states(lost);
    const failed = reached('failed');
    await lost.crash();
    const waiting = lostPool.query('select 1').catch((error: unknown) => error);
    await failed;
    expect(await waiting).toMatchObject({ code: '57P03' });
    expect(seen).toEqual(['restarting', 'failed']);
    await lostPool.end();
    await lost.close();
  });
});
