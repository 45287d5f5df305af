import { once } from 'node:events';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgSchema, text } from 'drizzle-orm/pg-core';
import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database.js';

/** Literals of every type in use and what `pg` makes of them; the suite runs on a PostgreSQL server too, which is the witness. */
const LITERALS: readonly (readonly [sql: string, value: unknown])[] = [
  ['1', 1],
  ['(-32768)::int2', -32768],
  ['9223372036854775807::int8', '9223372036854775807'],
  ['12345678901234567890.0123456789::numeric', '12345678901234567890.0123456789'],
  [`'NaN'::numeric`, 'NaN'],
  [`'NaN'::float8`, NaN],
  [`'Infinity'::float8`, Infinity],
  ['0.1::float8 + 0.2::float8', 0.1 + 0.2],
  ['1.5::float4', 1.5],
  ['true', true],
  ['false', false],
  ['null', null],
  ['null::int', null],
  [`''`, ''],
  [`'zwölf 🎉'`, 'zwölf 🎉'],
  [`E'line\\nbreak\\ttab\\\\'`, 'line\nbreak\ttab\\'],
  [`'x'::char(3)`, 'x  '],
  [`'\\x00ff10'::bytea`, Buffer.from([0, 255, 16])],
  [`''::bytea`, Buffer.alloc(0)],
  [`'2026-02-28T23:59:59.123Z'::timestamptz`, new Date('2026-02-28T23:59:59.123Z')],
  [`'infinity'::timestamptz`, Infinity],
  [`'-infinity'::timestamptz`, -Infinity],
  [`'12:34:56.789'::time`, '12:34:56.789'],
  [`'1 day 02:03:04'::interval::text`, '1 day 02:03:04'],
  [`'{"a":[1,null,"x"]}'::json`, { a: [1, null, 'x'] }],
  [`'{"b":2,"a":1}'::jsonb`, { a: 1, b: 2 }],
  [`'null'::jsonb`, null],
  [`'6f1f5d3e-0000-4000-8000-00000000000a'::uuid`, '6f1f5d3e-0000-4000-8000-00000000000a'],
  [`'{1,2,NULL}'::int[]`, [1, 2, null]],
  [`'{{1,2},{3,4}}'::int[]`, [[1, 2], [3, 4]]],
  [`array['a','b "c"',null,'']::text[]`, ['a', 'b "c"', null, '']],
  [`'{}'::text[]`, []],
  [`array[1,2]::int8[]`, ['1', '2']],
  [`array[true,false]`, [true, false]],
  [`array['{"a":1}']::jsonb[]`, [{ a: 1 }]],
  [`array['\\x01'::bytea]`, [Buffer.from([1])]],
  [`'[1,5)'::int4range`, '[1,5)'],
  [`'empty'::int4range`, 'empty'],
  [`'192.168.0.1/24'::inet`, '192.168.0.1/24'],
  [`'$12.50'::money`, '$12.50'],
  [`row(1,'a')`, '(1,a)'],
  [`'pg_class'::regclass`, 'pg_class'],
];

/** Errors with the fields an application reads. */
const ERRORS: readonly (readonly [sql: string, fields: Record<string, unknown>])[] = [
  ['select * from missing', { code: '42P01', severity: 'ERROR', position: '15' }],
  ['selec 1', { code: '42601', position: '1' }],
  ['select 1/0', { code: '22012', message: 'division by zero' }],
  [`select 'x'::int`, { code: '22P02' }],
  [`insert into wire.parent values (1, 'again')`, { code: '23505', constraint: 'parent_pkey', schema: 'wire', table: 'parent', detail: 'Key (id)=(1) already exists.' }],
  [`insert into wire.child values (1, 99)`, { code: '23503', constraint: 'child_parent_fkey', table: 'child' }],
  [`insert into wire.parent values (2, null)`, { code: '23502', column: 'name' }],
  [`insert into wire.parent values (-1, 'x')`, { code: '23514', constraint: 'positive' }],
  [`do $$ begin raise exception 'own' using errcode = 'BM001', detail = 'd', hint = 'h'; end $$`, { code: 'BM001', message: 'own', detail: 'd', hint: 'h' }],
];

const wire = pgSchema('wire');
const parent = wire.table('parent', { id: integer('id').primaryKey(), name: text('name').notNull() });

/** Registers what holds for every database behind `pg`. */
export function describeWire(name: string, start: () => Promise<{ database: Database; close: () => Promise<void> }>): void {
  describe(`the wire protocol of ${name}`, { timeout: 60_000 }, () => {
    let database: Database;
    let pool: pg.Pool;
    let close: () => Promise<void>;
    const values = async (sql: string, parameters?: unknown[]): Promise<unknown[]> =>
      (await pool.query<unknown[]>({ text: sql, values: parameters ?? [], rowMode: 'array' })).rows.flat();

    beforeAll(async () => {
      ({ database, close } = await start());
      pool = database.createPool({ max: 6, applicationName: 'wire-test' });
    }, 60_000);
    beforeEach(async () => {
      await pool.query(`drop schema if exists wire cascade; create schema wire;
        create table wire.parent (id int primary key constraint positive check (id > 0), name text not null);
        create table wire.child (id int primary key, parent int references wire.parent);
        insert into wire.parent values (1, 'one')`);
    });
    afterAll(() => close(), 60_000);

    it.each(LITERALS)('reads %s', async (sql, value) => {
      expect(await values(`select ${sql}`)).toEqual([value]);
    });

    it.each(LITERALS.filter(([, value]) => typeof value === 'string' || Buffer.isBuffer(value)))(
      'reads %s the same from a prepared statement, twice',
      async (sql, value) => {
        const query = { name: `literal ${sql}`, text: `select ${sql} as v` };
        expect((await pool.query(query)).rows).toEqual([{ v: value }]);
        expect((await pool.query(query)).rows).toEqual([{ v: value }]);
      },
    );

    it.each(ERRORS)('reports the failure of %s', async (sql, fields) => {
      await expect(pool.query(sql)).rejects.toMatchObject(fields);
      expect(await values('select 1')).toEqual([1]);
    });

    it('passes parameters of every kind', async () => {
      const parameters = [1, 'zwölf', null, Buffer.from([0, 1, 255]), ['a', 'b'], { a: 1 }, true, new Date(0)];
      expect(
        await values('select $1::int, $2::text, $3::text, $4::bytea, $5::text[], $6::jsonb, $7::bool, $8::timestamptz', parameters),
      ).toEqual(parameters);
    });

    it('passes 3,000 parameters and a text of 5 MB', async () => {
      const numbers = Array.from({ length: 3000 }, (_, index) => index);
      const list = numbers.map((index) => `$${index + 1}::int`).join(',');
      expect(await values(`select array[${list}]`, numbers)).toEqual([numbers]);
      expect(await values('select length($1)', ['x'.repeat(5_000_000)])).toEqual([5_000_000]);
    });

    it('returns a result of 20 MB', async () => {
      const { rows } = await pool.query<{ n: number; t: string }>(`select n, repeat('x', 1000) as t from generate_series(1, 20000) n`);
      expect(rows).toHaveLength(20_000);
      expect(rows.at(-1)).toEqual({ n: 20_000, t: 'x'.repeat(1000) });
    });

    it('describes the fields of a result', async () => {
      const { fields, rowCount, command } = await pool.query('select id, name from wire.parent');
      expect(fields.map(({ name: field, dataTypeID, columnID }) => [field, dataTypeID, columnID])).toEqual([
        ['id', 23, 1],
        ['name', 25, 2],
      ]);
      expect([rowCount, command]).toEqual([1, 'SELECT']);
    });

    it('answers a text of several statements with a result each', async () => {
      const results: unknown = await pool.query(`select 1 as a; insert into wire.parent values (2, 'two'), (3, 'three'); select 2 as b`);
      expect(results).toMatchObject([{ rows: [{ a: 1 }] }, { rowCount: 2, command: 'INSERT' }, { rows: [{ b: 2 }] }]);
      await expect(pool.query(`insert into wire.parent values (4, 'four'); select 1/0`)).rejects.toMatchObject({ code: '22012' });
      expect(await values('select count(*)::int from wire.parent')).toEqual([3]);
    });

    it('answers an empty statement', async () => {
      expect((await pool.query('')).rows).toEqual([]);
      expect((await pool.query('-- nothing')).rows).toEqual([]);
    });

    it('lets five clients prepare different statements under one name', async () => {
      const clients = await Promise.all(Array.from({ length: 5 }, () => pool.connect()));
      const ask = (client: pg.PoolClient, index: number) =>
        client.query<{ v: number }>({ name: 'shared', text: `select ${index} + $1::int as v`, values: [10] });
      for (const _ of [1, 2]) {
        const results = await Promise.all(clients.map(ask));
        expect(results.map(({ rows }) => rows[0]?.v)).toEqual([10, 11, 12, 13, 14]);
      }
      for (const client of clients) client.release();
    });

    it('keeps transactions of several clients apart', async () => {
      const counts = await Promise.all(
        Array.from({ length: 6 }, async (_, index) => {
          const client = await pool.connect();
          await client.query('begin');
          await client.query('insert into wire.parent values ($1, $2)', [100 + index, 'x']);
          const { rows } = await client.query<{ n: number }>('select count(*)::int as n from wire.parent where id >= 100 and id = $1', [100 + index]);
          await client.query(index % 2 === 0 ? 'commit' : 'rollback');
          client.release();
          return rows[0]?.n;
        }),
      );
      expect(counts).toEqual([1, 1, 1, 1, 1, 1]);
      expect(await values('select id from wire.parent where id >= 100 order by id')).toEqual([100, 102, 104]);
    });

    it('refuses statements after a failure inside a transaction, and honours savepoints', async () => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query(`insert into wire.parent values (5, 'five')`);
      await client.query('savepoint a');
      await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
      await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('rollback to savepoint a');
      await client.query('commit');
      client.release();
      expect(await values('select name from wire.parent where id = 5')).toEqual(['five']);
    });

    it('runs drizzle: insert, upsert, nested and failed transactions, read-only', async () => {
      const db = drizzle(pool);
      await db.insert(parent).values([{ id: 2, name: 'two' }, { id: 3, name: 'three' }]);
      await db.insert(parent).values({ id: 2, name: 'zwei' }).onConflictDoUpdate({ target: parent.id, set: { name: 'zwei' } });
      await db.transaction(async (outer) => {
        await outer.delete(parent).where(eq(parent.id, 3));
        await expect(
          outer.transaction(async (inner) => {
            await inner.insert(parent).values({ id: 9, name: 'nine' });
            inner.rollback();
          }),
        ).rejects.toThrow('Rollback');
      });
      await expect(
        db.transaction(async (transaction) => {
          await transaction.delete(parent);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await expect(
        db.transaction((transaction) => transaction.delete(parent), { accessMode: 'read only' }),
      ).rejects.toMatchObject({ cause: { code: '25006' } });
      expect(await db.select().from(parent).orderBy(parent.id)).toEqual([
        { id: 1, name: 'one' },
        { id: 2, name: 'zwei' },
      ]);
    });

    it('walks a cursor inside a transaction', async () => {
      const client = await pool.connect();
      await client.query('begin; declare numbers cursor for select generate_series(1, 5)');
      expect((await client.query({ text: 'fetch 2 from numbers', rowMode: 'array' })).rows).toEqual([[1], [2]]);
      expect((await client.query({ text: 'fetch all from numbers', rowMode: 'array' })).rows).toEqual([[3], [4], [5]]);
      await client.query('commit');
      client.release();
    });

    it('copies out', async () => {
      await expect(pool.query('copy wire.parent to stdout')).resolves.toMatchObject({ command: 'COPY', rowCount: 1 });
    });

    it('delivers notices', async () => {
      const client = await pool.connect();
      const notices: (string | undefined)[] = [];
      client.on('notice', ({ message }) => notices.push(message));
      await client.query(`do $$ begin raise notice 'first'; raise warning 'second'; end $$`);
      client.release();
      expect(notices).toEqual(['first', 'second']);
    });

    describe('notifications', () => {
      const listen = async (channel: string) => {
        const client = await pool.connect();
        const received: string[] = [];
        client.on('notification', ({ channel: from, payload }) => received.push(`${from}:${payload ?? ''}`));
        await client.query(`listen ${channel}`);
        return { client, received, next: () => once(client, 'notification') };
      };

      it('reach every listener of the channel, once committed', async () => {
        const [first, second, other] = [await listen('wire_a'), await listen('wire_a'), await listen('"Wire B"')];
        const arrived = [first.next(), second.next(), other.next()];
        await pool.query(`begin; notify wire_a, 'rolled back'; rollback`);
        await pool.query(`begin; notify wire_a, 'committed'; commit`);
        await pool.query(`select pg_notify('Wire B', 'quoted')`);
        await Promise.all(arrived);
        expect([first.received, second.received, other.received]).toEqual([
          ['wire_a:committed'],
          ['wire_a:committed'],
          ['Wire B:quoted'],
        ]);
        for (const { client } of [first, second, other]) client.release(true);
      });

      it('go on for the others when one stops listening or leaves', async () => {
        const [first, second, third] = [await listen('wire_c'), await listen('wire_c'), await listen('wire_c')];
        await first.client.query('unlisten wire_c');
        second.client.release(true);
        const arrived = third.next();
        await pool.query(`notify wire_c, 'still there'`);
        await arrived;
        expect([first.received, third.received]).toEqual([[], ['wire_c:still there']]);
        await third.client.query('unlisten *');
        await pool.query(`notify wire_c, 'nobody'`);
        await third.client.query('select 1');
        expect(third.received).toEqual(['wire_c:still there']);
        first.client.release(true);
        third.client.release(true);
      });

      it('count a LISTEN only when its transaction commits', async () => {
        const client = await pool.connect();
        const received: string[] = [];
        client.on('notification', ({ payload }) => received.push(payload ?? ''));
        await client.query('begin; listen wire_d; rollback');
        await pool.query(`notify wire_d, 'early'`);
        await client.query('begin');
        await client.query('listen wire_d');
        await client.query('commit');
        const arrived = once(client, 'notification');
        await pool.query(`notify wire_d, 'late'`);
        await arrived;
        client.release(true);
        expect(received).toEqual(['late']);
      });
    });

    it('keeps the search path of pools apart', async () => {
      const other = database.createPool({ max: 1, applicationName: 'wire-path', searchPath: ['wire', 'public'] });
      for (const _ of [1, 2]) {
        expect((await other.query('select name from parent')).rows).toEqual([{ name: 'one' }]);
        await expect(pool.query('select name from parent')).rejects.toMatchObject({ code: '42P01' });
      }
      await other.end();
    });

    it('refuses a connection whose options cannot be set', async () => {
      const client = new pg.Client({ ...pool.options, options: '-c no_such_setting=1' });
      client.on('error', () => {});
      const attempt = client.connect().then(() => client.query('select 1'));
      await expect(attempt).rejects.toMatchObject({ code: '42704' });
      await client.end();
    });

    it('rolls back what a connection leaves open when it goes away', async () => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query(`insert into wire.parent values (7, 'seven')`);
      client.release(true);
      expect(await values('select count(*)::int from wire.parent where id = 7')).toEqual([0]);
    });

    it('announces the parameters a driver relies on', async () => {
      const client = new pg.Client(pool.options);
      const parameters = new Map<string, string>();
      client.connection.on('parameterStatus', ({ parameterName, parameterValue }) => parameters.set(parameterName, parameterValue));
      await client.connect();
      await client.end();
      expect(Object.fromEntries(parameters)).toMatchObject({
        client_encoding: 'UTF8',
        server_encoding: 'UTF8',
        integer_datetimes: 'on',
        standard_conforming_strings: 'on',
        application_name: 'wire-test',
      });
    });
  });
}
