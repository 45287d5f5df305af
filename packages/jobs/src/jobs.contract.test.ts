import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JsonValue, RunningWorker, ScanContext, ScanHandler, WorkOptions } from './index.js';
import { ScanAborted, ScanHeldBack, scanTopic, type Jobs, type JobSettings } from './index.js';

/** One place that jobs can live in, as the suite needs it. */
export interface BackendUnderTest {
  /** Opens the queue as one more process of the installation would. */
  open(settings: Partial<JobSettings>): Promise<Jobs>;
  /** Removes every job. Called with no queue open. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const SETTINGS: Partial<JobSettings> = { retryDelayMs: 1 };
const organizationId = 'organization-1';
const patient = { timeout: 20_000, interval: 10 };

/** A promise settled from outside, so that tests wait for events instead of time. */
function signal<Value = void>() {
  return Promise.withResolvers<Value>();
}

/** Registers the tests that hold on every backend. */
export function describeJobs(name: string, start: () => Promise<BackendUnderTest>): void {
  describe(`jobs on ${name}`, { timeout: 60_000 }, () => {
    let backend: BackendUnderTest;
    let jobs: Jobs;
    let elsewhere: Jobs;

    beforeAll(async () => {
      backend = await start();
    }, 60_000);
    beforeEach(async () => {
      await backend.reset();
      jobs = await backend.open(SETTINGS);
      elsewhere = await backend.open(SETTINGS);
    }, 60_000);
    afterEach(async () => {
      await Promise.all([jobs.close(), elsewhere.close()]);
    }, 60_000);
    afterAll(() => backend.close(), 60_000);

    const work = (handler: ScanHandler, options: Partial<WorkOptions> = {}): Promise<RunningWorker> =>
      elsewhere.scans.work(handler, { concurrency: 1, ...options });

    it('hands a payload added by one process to a worker of another', async () => {
      const done = signal<unknown>();
      await work(async (payload, { attempt, lastAttempt }) => done.resolve({ payload, attempt, lastAttempt }));
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      expect(await done.promise).toEqual({ payload: { scanId: 'scan-1', organizationId }, attempt: 1, lastAttempt: false });
      await vi.waitFor(async () => expect(await jobs.scans.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }), patient);
    });

    it('keeps one job for a scan that is added twice', async () => {
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      expect(await jobs.scans.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
    });

    it('runs a scan again that is added after it has ended', async () => {
      let runs = 0;
      await work(async () => {
        runs += 1;
      });
      for (const expected of [1, 2]) {
        await jobs.scans.add({ scanId: 'scan-1', organizationId });
        await vi.waitFor(async () => {
          expect(runs).toBe(expected);
          expect((await jobs.scans.counts()).active).toBe(0);
        }, patient);
      }
    });

    it.each([
      [{ scanId: '', organizationId }],
      [{ scanId: '42', organizationId }],
      [{ scanId: 'a:b', organizationId }],
      [{ scanId: 'scan-1', organizationId, password: 'x' }],
    ])('refuses the payload %j before it reaches the queue', async (payload) => {
      await expect(jobs.scans.add(payload)).rejects.toMatchObject({ code: 'invalid-payload', retryable: false });
      expect((await jobs.scans.counts()).waiting).toBe(0);
    });

    it('runs interactive scans before background ones', async () => {
      await jobs.scans.add({ scanId: 'background-1', organizationId }, { priority: 'background' });
      await jobs.scans.add({ scanId: 'background-2', organizationId }, { priority: 'background' });
      await jobs.scans.add({ scanId: 'interactive-1', organizationId }, { priority: 'interactive' });
      await jobs.scans.add({ scanId: 'interactive-2', organizationId });
      expect((await jobs.scans.counts()).waiting).toBe(4);
      const order: string[] = [];
      await work(async ({ scanId }) => void order.push(scanId));
      await vi.waitFor(() => expect(order).toHaveLength(4), patient);
      expect(order).toEqual(['interactive-1', 'interactive-2', 'background-1', 'background-2']);
    });

    it('counts a delayed scan as delayed', async () => {
      await jobs.scans.add({ scanId: 'scan-1', organizationId }, { delayMs: 3_600_000 });
      expect(await jobs.scans.counts()).toEqual({ waiting: 0, active: 0, delayed: 1, failed: 0 });
    });

    it('tries again after a failure, says which attempt is the last, and gives up once', async () => {
      const attempts: unknown[] = [];
      const givenUp: unknown[] = [];
      await work(
        async (_payload, { attempt, lastAttempt }) => {
          attempts.push([attempt, lastAttempt]);
          throw new Error(`attempt ${attempt} failed`);
        },
        { onGivenUp: async ({ scanId }, reason) => void givenUp.push([scanId, reason.message]) },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await vi.waitFor(() => expect(givenUp).toEqual([['scan-1', 'attempt 3 failed']]), patient);
      expect(attempts).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
      expect((await jobs.scans.counts()).failed).toBe(1);
    });

    it('does not repeat what can never succeed, and takes the scan again when asked', async () => {
      const attempts: number[] = [];
      const givenUp: string[] = [];
      await work(
        async (_payload, { attempt }) => {
          attempts.push(attempt);
          throw Object.assign(new Error('no such image'), { retryable: false });
        },
        { onGivenUp: async (_payload, reason) => void givenUp.push(reason.message) },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await vi.waitFor(() => expect(givenUp).toEqual(['no such image']), patient);
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await vi.waitFor(() => expect(givenUp).toEqual(['no such image', 'no such image']), patient);
      expect(attempts).toEqual([1, 1]);
    });

    it('removes a waiting scan that is cancelled', async () => {
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await jobs.scans.add({ scanId: 'scan-2', organizationId }, { delayMs: 3_600_000 });
      await elsewhere.scans.cancel('scan-1');
      await elsewhere.scans.cancel('scan-2');
      await elsewhere.scans.cancel('scan-3');
      expect(await jobs.scans.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    });

    it('runs a scan that is added again after it was cancelled', async () => {
      const ran = signal<string>();
      await work(async ({ scanId }) => ran.resolve(scanId));
      await jobs.scans.add({ scanId: 'scan-1', organizationId }, { delayMs: 3_600_000 });
      await jobs.scans.cancel('scan-1');
      // The time of adding and that of cancelling are compared in milliseconds.
      await vi.waitUntil(since((start) => Date.now() > start), { interval: 1 });
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      expect(await ran.promise).toBe('scan-1');
    });

    it('aborts a scan running in another process when it is cancelled, and does not try it again', async () => {
      const started = signal();
      const reasons: unknown[] = [];
      const givenUp = signal<string>();
      await work(
        async (_payload, context) => {
          started.resolve();
          await untilAborted(context, reasons);
        },
        { onGivenUp: async ({ scanId }) => givenUp.resolve(scanId) },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await started.promise;
      await jobs.scans.cancel('scan-1');
      expect(await givenUp.promise).toBe('scan-1');
      expect(reasons).toEqual([new ScanAborted('cancelled')]);
    });

    it('returns an aborted scan to the queue when its process stops', async () => {
      const started = signal();
      const reasons: unknown[] = [];
      const givenUp: string[] = [];
      const worker = await work(
        async (_payload, context) => {
          started.resolve();
          await untilAborted(context, reasons);
        },
        { onGivenUp: async ({ scanId }) => void givenUp.push(scanId) },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await started.promise;
      await worker.close({ abort: true });
      expect(reasons).toEqual([new ScanAborted('stopping')]);
      const again = signal<number>();
      await work(async (_payload, { attempt }) => again.resolve(attempt));
      expect(await again.promise).toBe(1);
      expect(givenUp).toEqual([]);
    });

    it('lets running scans finish when a worker closes without aborting', async () => {
      const [started, finish] = [signal(), signal()];
      let finished = false;
      const worker = await work(async () => {
        started.resolve();
        await finish.promise;
        finished = true;
      });
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await started.promise;
      const closing = worker.close();
      finish.resolve();
      await closing;
      expect(finished).toBe(true);
      expect((await jobs.scans.counts()).active).toBe(0);
    });

    it('takes no scan while it is paused, in any process, lets what runs end, and goes on when it is resumed', async () => {
      const [started, finish] = [signal(), signal()];
      const ended: string[] = [];
      await work(
        async ({ scanId }) => {
          if (scanId === 'scan-1') {
            started.resolve();
            await finish.promise;
          }
          ended.push(scanId);
        },
        { concurrency: 2 },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await started.promise;
      await jobs.scans.pause();
      await jobs.scans.pause();
      for (const scanId of ['scan-2', 'scan-3']) await jobs.scans.add({ scanId, organizationId });
      await jobs.scans.add({ scanId: 'scan-4', organizationId }, { priority: 'background' });
      await jobs.scans.add({ scanId: 'scan-4', organizationId });
      await jobs.scans.cancel('scan-3');
      finish.resolve();
      await vi.waitFor(async () => expect(await jobs.scans.counts()).toEqual({ waiting: 2, active: 0, delayed: 0, failed: 0 }), patient);
      expect(ended).toEqual(['scan-1']);
      await jobs.scans.resume();
      await vi.waitFor(() => expect(ended.toSorted()).toEqual(['scan-1', 'scan-2', 'scan-4']), patient);
    });

    it('stays paused when every process has gone and others start', async () => {
      await jobs.scans.pause();
      await Promise.all([jobs.close(), elsewhere.close()]);
      [jobs, elsewhere] = [await backend.open(SETTINGS), await backend.open(SETTINGS)];
      const ran: string[] = [];
      await work(async ({ scanId }) => void ran.push(scanId));
      // A worker that took jobs would have taken the first before it was cancelled, and ended the second.
      for (const scanId of ['scan-1', 'scan-2']) await jobs.scans.add({ scanId, organizationId });
      await jobs.scans.cancel('scan-1');
      expect(await jobs.scans.counts()).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
      await jobs.scans.resume();
      await vi.waitFor(() => expect(ran).toEqual(['scan-2']), patient);
    });

    it('offers a scan again that its handler held back, as the same attempt', async () => {
      const attempts: unknown[] = [];
      await work(async (_payload, { attempt, lastAttempt }) => {
        attempts.push([attempt, lastAttempt]);
        if (attempts.length < 4) throw new ScanHeldBack();
      });
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await vi.waitFor(async () => expect(await jobs.scans.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }), patient);
      expect(attempts).toEqual([1, 2, 3, 4].map(() => [1, false]));
    });

    it('runs as many scans at once as asked', async () => {
      const both = signal();
      let running = 0;
      await work(
        async () => {
          running += 1;
          if (running === 2) both.resolve();
          await both.promise;
        },
        { concurrency: 2 },
      );
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      await jobs.scans.add({ scanId: 'scan-2', organizationId });
      await both.promise;
      expect(running).toBe(2);
    });

    it('publishes progress to whoever subscribed to the scan', async () => {
      const received = signal<JsonValue>();
      await jobs.events.subscribe(scanTopic('scan-1'), received.resolve);
      await work((_payload, { progress }) => progress({ stage: 'pull', layers: 3 }));
      await jobs.scans.add({ scanId: 'scan-1', organizationId });
      expect(await received.promise).toEqual({ stage: 'pull', layers: 3 });
    });

    it('delivers events of a topic to its subscribers in every process, in order, and to nobody else', async () => {
      const here: JsonValue[] = [];
      const there: JsonValue[] = [];
      const other: JsonValue[] = [];
      await jobs.events.subscribe('images', (payload) => here.push(payload));
      await elsewhere.events.subscribe('images', (payload) => there.push(payload));
      await elsewhere.events.subscribe('projects', (payload) => other.push(payload));
      await jobs.events.publish('images', 1);
      await jobs.events.publish('images', 'zwölf 🎉');
      await elsewhere.events.publish('images', { id: [null, true] });
      await vi.waitFor(() => expect([here.length, there.length]).toEqual([3, 3]), patient);
      expect(here).toEqual([1, 'zwölf 🎉', { id: [null, true] }]);
      expect(there).toEqual(here);
      expect(other).toEqual([]);
    });

    it('stops delivering once unsubscribed, and survives a listener that throws', async () => {
      const received: JsonValue[] = [];
      const last = signal();
      const unsubscribe = await jobs.events.subscribe('images', (payload) => received.push(payload));
      await jobs.events.subscribe('images', (payload) => {
        if (payload === 'last') last.resolve();
        throw new Error('a listener of another part');
      });
      await jobs.events.publish('images', 'first');
      await vi.waitFor(() => expect(received).toEqual(['first']), patient);
      await unsubscribe();
      await jobs.events.publish('images', 'last');
      await last.promise;
      expect(received).toEqual(['first']);
    });

    it('refuses an event that would not fit into a notification', async () => {
      await expect(jobs.events.publish('images', 'x'.repeat(7000))).rejects.toMatchObject({ code: 'event-too-large' });
    });
  });
}

/** A condition on the time since this call. */
function since(condition: (start: number) => boolean): () => boolean {
  const start = Date.now();
  return () => condition(start);
}

async function untilAborted({ signal: aborted }: ScanContext, reasons: unknown[]): Promise<void> {
  await new Promise<void>((resolve) => {
    aborted.addEventListener('abort', () => resolve(), { once: true });
  });
  reasons.push(aborted.reason);
  aborted.throwIfAborted();
}
