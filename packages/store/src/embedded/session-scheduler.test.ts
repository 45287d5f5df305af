import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TransactionStatus } from './backend-messages.js';
import { EngineLostError } from './errors.js';
import { HandEngine, TestClient } from './hand-engine.support.test.js';
import type { SessionTag } from './read-reply.js';
import { DEFAULT_SESSION_LIMITS } from './session-limits.js';
import { SessionScheduler } from './session-scheduler.js';

const LIMITS = { ...DEFAULT_SESSION_LIMITS, lockTimeoutMs: 10_000, idleTransactionTimeoutMs: 20_000 };

describe('SessionScheduler', () => {
  let engine: HandEngine;
  let scheduler: SessionScheduler;
  let clients: TestClient[];
  const client = (index: number): TestClient => clients[index]!;

  beforeEach(() => {
    vi.useFakeTimers();
    engine = new HandEngine();
    scheduler = new SessionScheduler(engine, LIMITS);
    clients = [0, 1, 2].map((id) => new TestClient(scheduler, id));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs one batch at a time, in order of arrival', async () => {
    client(0).ask('a');
    client(1).ask('b');
    client(0).ask('c');
    expect(engine.ran).toEqual(['a|']);
    await engine.answer('I');
    await engine.answer('I');
    await engine.answer('I');
    expect(engine.ran).toEqual(['a|', 'b|', 'c|']);
    expect([client(0).received, client(1).received]).toEqual([[`Z\0\0\0\x05I`, `Z\0\0\0\x05I`], [`Z\0\0\0\x05I`]]);
  });

  describe('ownership', () => {
    it.each<[string, TransactionStatus | undefined]>([
      ['inside a transaction', 'T'],
      ['inside a failed transaction', 'E'],
      ['between a Flush and its Sync', undefined],
    ])('keeps the session for a connection %s, whatever the text says', async (_what, status) => {
      client(0).ask('commit', status === undefined ? { end: 'flush' } : {});
      client(1).ask('other');
      await engine.answer(status);
      expect(engine.busy).toBe(false);
      client(0).ask('mine');
      expect(engine.ran).toEqual(['commit|', 'mine|']);
      await engine.answer('I');
      expect(engine.ran).toEqual(['commit|', 'mine|', 'other|']);
    });

    it('rolls back and frees the session when the owner goes away', async () => {
      client(0).ask('begin');
      client(1).ask('other');
      await engine.answer('T');
      scheduler.disconnect(client(0), []);
      expect(engine.ran).toEqual(['begin|', '<sync>ROLLBACK|']);
      await engine.answer('I');
      expect(engine.ran.at(-1)).toBe('other|');
    });

    it('rolls back after the running batch when its connection went away meanwhile, and drops the answer', async () => {
      client(0).ask('begin');
      scheduler.disconnect(client(0), []);
      client(1).ask('other');
      await engine.answer('T');
      expect(engine.ran).toEqual(['begin|', '<sync>ROLLBACK|']);
      await engine.answer('I');
      expect(engine.ran.at(-1)).toBe('other|');
      expect(client(0).received).toEqual([]);
    });

    it('leaves the transaction of another alone when an idle connection goes away, and removes its statements later', async () => {
      client(0).ask('begin');
      await engine.answer('T');
      scheduler.disconnect(client(1), ['c1_a', 'c1_b']);
      expect(engine.ran).toEqual(['begin|']);
      client(0).ask('commit');
      await engine.answer('I');
      expect(engine.ran.at(-1)).toBe('<close c1_a><close c1_b><sync>');
    });
  });

  describe('fairness', () => {
    it('lets the interactive lane go first, and the rest in order', async () => {
      const interactive = new TestClient(scheduler, 9, { interactive: true });
      client(0).ask('running');
      client(1).ask('b1');
      client(2).ask('b2');
      interactive.ask('i1');
      interactive.ask('i2');
      for (const _turn of engine.ran.concat(['', '', '', ''])) await engine.answer('I');
      expect(engine.ran).toEqual(['running|', 'i1|', 'i2|', 'b1|', 'b2|']);
    });

    it('does not let the interactive lane into a transaction', async () => {
      const interactive = new TestClient(scheduler, 9, { interactive: true });
      client(0).ask('begin');
      interactive.ask('i');
      await engine.answer('T');
      client(0).ask('more');
      await engine.answer('I');
      expect(engine.ran).toEqual(['begin|', 'more|', 'i|']);
    });

    it('lets anything that has waited 250 ms go next', async () => {
      const interactive = new TestClient(scheduler, 9, { interactive: true });
      client(0).ask('running');
      client(1).ask('old');
      await vi.advanceTimersByTimeAsync(250);
      interactive.ask('i');
      await engine.answer('I');
      expect(engine.ran.at(-1)).toBe('old|');
    });
  });

  describe('limits', () => {
    it('fails what waits too long with 55P03 naming the holder, and the connection stays usable', async () => {
      const holder = new TestClient(scheduler, 7, { name: 'importer' });
      holder.ask('begin');
      await engine.answer('T');
      client(0).ask('waiting');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(client(0).errors).toEqual(['55P03']);
      expect(client(0).received.join('')).toContain('connection 7 (importer) in a transaction for 10 s');
      expect(client(0).received.at(-1)).toBe(`Z\0\0\0\x05I`);
      holder.ask('commit');
      await engine.answer('I');
      client(0).ask('again');
      expect(engine.ran).toEqual(['begin|', 'commit|', 'again|']);
    });

    it('times out while a statement is running, too', async () => {
      client(0).ask('long');
      client(1).ask('waiting');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(client(1).errors).toEqual(['55P03']);
    });

    it('never times out the holder waiting for itself', async () => {
      client(0).ask('long');
      client(0).ask('next');
      await vi.advanceTimersByTimeAsync(15_000);
      await engine.answer('T');
      expect([engine.ran, client(0).errors]).toEqual([['long|', 'next|'], []]);
    });

    it('after a refused Flush ignores the rest of the sequence up to its Sync', async () => {
      client(1).ask('begin');
      await engine.answer('T');
      client(0).ask('parse', { end: 'flush' });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(client(0).received.at(-1)?.startsWith('E')).toBe(true);
      client(1).ask('commit');
      await engine.answer('I');
      client(0).ask('execute', { end: 'flush' });
      client(0).ask('sync', { end: 'sync' });
      expect(client(0).received.at(-1)).toBe(`Z\0\0\0\x05I`);
      client(0).ask('select');
      expect(engine.ran).toEqual(['begin|', 'commit|', 'select|']);
    });

    it('ends a transaction that is idle too long with 25P03; arrivals of others do not prolong it', async () => {
      client(0).ask('begin');
      await engine.answer('T');
      await vi.advanceTimersByTimeAsync(15_000);
      client(1).ask('other');
      await vi.advanceTimersByTimeAsync(4999);
      expect(client(0).ended).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      expect(client(0).ended).toMatchObject({ severity: 'FATAL', code: '25P03' });
      expect(engine.ran.at(-1)).toBe('<sync>ROLLBACK|');
      await engine.answer('I');
      expect(engine.ran.at(-1)).toBe('other|');
    });

    it('does not call a transaction idle while its statement runs, and counts anew after it', async () => {
      client(0).ask('begin');
      await engine.answer('T');
      await vi.advanceTimersByTimeAsync(19_000);
      client(0).ask('long');
      await vi.advanceTimersByTimeAsync(60_000);
      await engine.answer('T');
      await vi.advanceTimersByTimeAsync(19_000);
      expect(client(0).ended).toBeUndefined();
    });
  });

  describe('cancelling', () => {
    it('drops a waiting batch, which then never ran, and answers 57014', async () => {
      client(0).ask('running');
      client(1).ask('insert');
      expect(scheduler.cancelWaiting(client(1))).toBe(true);
      await engine.answer('I');
      expect([engine.ran, client(1).errors]).toEqual([['running|'], ['57014']]);
      client(1).ask('next');
      expect(engine.ran).toEqual(['running|', 'next|']);
    });

    it('leaves a running batch alone', () => {
      client(0).ask('running');
      expect(scheduler.cancelWaiting(client(0))).toBe(false);
      expect(client(0).errors).toEqual([]);
    });
  });

  describe('the session between connections', () => {
    it('is reset and set up again only when the settings differ', async () => {
      const queue = new TestClient(scheduler, 5, { settingsSql: 'set x;' });
      const alike = new TestClient(scheduler, 6, { settingsSql: 'set x;' });
      for (const [asker, sql] of [[client(0), 'a'], [queue, 'b'], [alike, 'c'], [client(1), 'd']] as const) {
        asker.ask(sql);
        await engine.answer('I');
      }
      expect(engine.ran).toEqual(['a|', 'RESET ALL; set x;|b|', 'c|', 'RESET ALL; |d|']);
    });

    it('ends a connection whose settings the engine refuses, and sets up the next from scratch', async () => {
      const refused = new TestClient(scheduler, 5, { settingsSql: 'bad;' });
      refused.ask('a');
      const preludeError = new Uint8Array([69]);
      await engine.answer('I', { preludeError });
      expect([refused.ended, refused.received]).toEqual([preludeError, []]);
      client(0).ask('b');
      expect(engine.ran.at(-1)).toBe('RESET ALL; |b|');
    });

    it('never lends the unnamed statement of one connection to another', async () => {
      client(0).ask('p0', { end: 'sync', parsesUnnamed: true });
      await engine.answer('I');
      client(0).ask('again', { end: 'sync', reusesUnnamed: true });
      await engine.answer('I');
      client(1).ask('foreign', { end: 'sync', reusesUnnamed: true });
      expect(engine.ran).toEqual(['p0|', 'again|', '<close ><sync>foreign|']);
    });
  });

  describe('notifications', () => {
    const frame = new Uint8Array([65]);
    const listen = async (asker: TestClient, sql: string, tags: SessionTag[], status: TransactionStatus = 'I') => {
      asker.ask(sql);
      await engine.answer(status, { tags });
    };
    const notify = async (channel: string) => {
      client(2).ask('notify');
      await engine.answer('I', { notifications: [{ channel, frame }] });
      return [client(0), client(1)].map(({ received }) => received.filter((text) => text === 'A').length);
    };

    it('go to every connection that listens, and to no other', async () => {
      await listen(client(0), 'listen a', ['LISTEN']);
      await listen(client(1), 'listen b', ['LISTEN']);
      expect(await notify('a')).toEqual([1, 0]);
      await listen(client(1), 'listen a', ['LISTEN']);
      expect(await notify('a')).toEqual([2, 1]);
    });

    it('go on for others after an UNLISTEN: the session listens again at once', async () => {
      await listen(client(0), 'listen a', ['LISTEN']);
      await listen(client(1), 'listen a', ['LISTEN']);
      await listen(client(0), 'unlisten a', ['UNLISTEN']);
      expect(engine.ran.at(-1)).toBe('LISTEN "a"|');
      await engine.answer('I');
      expect(await notify('a')).toEqual([0, 1]);
    });

    it('stop for a connection that went away, and its last channel is given up', async () => {
      await listen(client(0), 'listen a', ['LISTEN']);
      scheduler.disconnect(client(0), []);
      expect(engine.ran.at(-1)).toBe('UNLISTEN "a"|');
    });

    it('do not follow a LISTEN that was rolled back or failed', async () => {
      await listen(client(0), 'begin; listen a', ['LISTEN'], 'T');
      await listen(client(0), 'rollback', ['ROLLBACK']);
      await listen(client(1), 'listen a; select 1/0', ['LISTEN', 'ERROR']);
      expect(await notify('a')).toEqual([0, 0]);
    });

    it('go for every channel to a connection whose LISTEN cannot be read from its text', async () => {
      await listen(client(0), 'execute hidden', ['LISTEN']);
      expect(await notify('whatever')).toEqual([1, 0]);
    });
  });

  it('holds the session between transactions for a copy; batches wait', async () => {
    client(0).ask('begin');
    const held = scheduler.hold('a backup copy');
    await engine.answer('T');
    client(1).ask('waiting');
    client(0).ask('commit');
    await engine.answer('I');
    const release = await held;
    expect(engine.ran).toEqual(['begin|', 'commit|']);
    await vi.advanceTimersByTimeAsync(9000);
    release();
    expect(engine.ran.at(-1)).toBe('waiting|');
  });

  it('refuses to hold the session of an engine that is lost', async () => {
    client(0).ask('fatal');
    const held = scheduler.hold('a backup copy');
    await engine.lose();
    scheduler.stop();
    await expect(held).rejects.toBeInstanceOf(EngineLostError);
    await expect(scheduler.hold('a backup copy')).rejects.toBeInstanceOf(EngineLostError);
  });

  it('goes quiet once the engine is lost, and remembers whose batch was running', async () => {
    client(0).ask('fatal');
    client(1).ask('waiting');
    await engine.lose();
    expect(scheduler.running).toBe(client(0));
    scheduler.stop();
    client(1).ask('late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([engine.ran, client(1).received]).toEqual([['fatal|'], []]);
  });
});
