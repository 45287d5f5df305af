import { advisoryChangeTopic } from '@esscm/jobs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ScannerFixture } from '../scanner-fixture.support.test.js';
import { startAdvisoryUpdates, type AdvisoryUpdatesOptions, type RunningAdvisoryUpdates } from './advisory-updates.js';
import type { UpdateResult } from './update-protocol.js';

const feed = { name: 'osv:npm', location: 'https://example.org', licence: 'CC-BY-4.0', attribution: 'GitHub', importedAt: '2026-11-23T06:00:00Z', newestRecord: '', records: 3, refused: 0 };
const failure = { code: 'download-failed', message: 'It was not fetched.', remedy: 'Check the network.' };

let fixture: ScannerFixture;
let running: RunningAdvisoryUpdates | undefined;
const asked: string[] = [];

beforeAll(async () => {
  fixture = await ScannerFixture.open();
});

afterAll(() => fixture.close());

afterEach(async () => {
  await running?.close();
  await fixture.empty('advisory_sources');
  asked.length = 0;
});

async function start(update: (source: string) => Promise<UpdateResult>, changes: Partial<AdvisoryUpdatesOptions> = {}) {
  running = await startAdvisoryUpdates({
    store: fixture.store,
    jobs: fixture.jobs,
    folder: '/unused',
    intervalHours: 24,
    addresses: {},
    update: ({ source, packages }, onProgress) => {
      asked.push(packages === undefined ? source : `${source} about ${packages.toSorted().join(', ')}`);
      onProgress({ step: 'importing' });
      return update(source);
    },
    onGeneration: () => Promise.resolve(),
    isShared: false,
    clock: { now: () => new Date() },
    log: fixture.log(),
    ...changes,
  });
  return running;
}

/** Resolves with the states of all sources once they are as asked. */
async function until(isSo: (states: string) => boolean): Promise<string> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = await fixture.jobs.events.subscribe(advisoryChangeTopic, () => resolve());
    const states = (await fixture.store.advisorySources.list()).map(({ name, state }) => `${name} ${state}`).join(', ');
    if (!isSo(states)) await promise;
    await stop();
    if (isSo(states)) return states;
  }
}

test('what an image needs is fetched once, with what is known of exploitation', async () => {
  const updates = await start(() => Promise.resolve({ feeds: [feed] }));
  await updates.want(['Debian:12', 'Debian:13', 'Amazon Linux:2023', 'npm']);
  expect(await until((states) => states.split('ready').length === 5)).toBe('Amazon Linux:2023 ready, Debian ready, exploitation ready, npm ready');
  await updates.want(['npm', 'Debian:11']);
  expect(asked.toSorted()).toEqual(['Amazon Linux:2023', 'Debian', 'exploitation', 'npm']);
  const [, debian] = await fixture.store.advisorySources.list();
  const hours = ((debian?.nextAttemptAt.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect([hours > 21, hours < 27]).toEqual([true, true]);
});

test('a source that is asked about each vulnerability hears of the packages that images hold', async () => {
  const packageNames = (distribution: string, ecosystems: readonly string[]): Promise<string[]> => Promise.resolve(distribution === 'amzn' && ecosystems.includes('rpm') ? ['openssl', 'curl'] : []);
  const { advisorySources, leases } = fixture.store;
  const updates = await start(() => Promise.resolve({ feeds: [feed] }), { store: { advisorySources: { ...advisorySources, packageNames }, leases } });
  await updates.want(['Amazon Linux:2', 'Amazon Linux:explorer:2', 'Amazon Linux:explorer:2023']);
  await until((states) => states === 'Amazon Linux:2 ready, Amazon Linux:explorer ready, exploitation ready');
  expect(asked).toEqual(['Amazon Linux:2', 'Amazon Linux:explorer about curl, openssl', 'exploitation']);
});

test('a source that cannot be fetched says why and is tried again soon; the others are fetched all the same', async () => {
  const updates = await start((source) => Promise.resolve(source === 'Debian' ? { feeds: [feed], failure } : { feeds: [] }));
  await updates.want(['Debian:12', 'npm']);
  await until((states) => states === 'Debian failed, exploitation ready, npm ready');
  const [debian] = await fixture.store.advisorySources.list();
  expect(debian).toMatchObject({ failure, feeds: [feed], failures: 1 });
  expect((debian?.nextAttemptAt.getTime() ?? 0) - Date.now()).toBeLessThan(6 * 60_000);
});

test('an update that ends unexpectedly is a failure that shows nothing of the inside', async () => {
  const updates = await start(() => Promise.reject(new Error('secret of the inside')));
  await updates.want(['npm']);
  await until((states) => states === 'exploitation failed, npm failed');
  expect(JSON.stringify(await fixture.store.advisorySources.list())).not.toContain('secret');
});

test('a request to update now is heard', async () => {
  const updates = await start(() => Promise.resolve({ feeds: [] }));
  await updates.want(['npm']);
  await until((states) => states === 'exploitation ready, npm ready');
  await fixture.store.advisorySources.requestNow(['npm']);
  await fixture.jobs.events.publish(advisoryChangeTopic, { source: 'npm' });
  for (let rounds = 0; asked.length < 3 && rounds < 1000; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
  await until((states) => states === 'exploitation ready, npm ready' && asked.length === 3);
  expect(asked.toSorted()).toEqual(['exploitation', 'npm', 'npm']);
});

test('where fetching is switched off nothing is fetched, and the source says so', async () => {
  const updates = await start(() => Promise.resolve({ feeds: [] }), { intervalHours: undefined, lookEveryMs: 1 });
  await updates.want(['npm']);
  for (let states = ''; states !== 'failed,failed'; states = (await fixture.store.advisorySources.list()).map(({ state }) => state).join(',')) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([]);
  expect((await fixture.store.advisorySources.list())[1]).toMatchObject({ name: 'npm', failure: { code: 'updates-off' } });
});

test('while another process updates, this one waits for its turn', async () => {
  await fixture.store.leases.take('advisory-updates', 'another', 60_000);
  const looks: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const updates = await start(() => Promise.resolve({ feeds: [] }), { lookEveryMs: 1, onGeneration: () => Promise.resolve(void (looks.push(1) > 3 && resolve())) });
  await updates.want(['npm']);
  await promise;
  expect(asked).toEqual([]);
  await fixture.store.leases.release('advisory-updates', 'another');
  await until((states) => states === 'exploitation ready, npm ready');
});

test('what another process has checked is fetched once, and stays checked when it was', async () => {
  const checkedAt = new Date(Date.now() - 3_600_000);
  const nextAttemptAt = new Date(Date.now() + 3_600_000);
  await fixture.store.advisorySources.want(['npm']);
  await fixture.store.advisorySources.recordSuccess('npm', { feeds: [feed], nextAttemptAt, checkedAt });
  const looks: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  await start(() => Promise.resolve({ feeds: [feed] }), { isShared: true, lookEveryMs: 1, onGeneration: () => Promise.resolve(void (looks.push(1) > 4 && resolve())) });
  await promise;
  expect(asked).toEqual(['npm']);
  expect(await fixture.store.advisorySources.list()).toMatchObject([{ name: 'npm', state: 'ready', checkedAt, nextAttemptAt }]);
});

test('a stop ends an update that is running', async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  let aborted = false;
  const updates = await start(() => Promise.resolve({ feeds: [] }), {
    update: (_, __, signal) => {
      resolve();
      return new Promise((___, reject) => signal.addEventListener('abort', () => reject(((aborted = true), signal.reason))));
    },
  });
  await updates.want(['npm']);
  await begun;
  await updates.close();
  expect(aborted).toBe(true);
});
