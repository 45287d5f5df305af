import { setTimeout as wait } from 'node:timers/promises';
import { checkDueTopic } from '@esscm/jobs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChecksFixture } from './checks-fixture.support.test.js';

let fixture: ChecksFixture;

beforeAll(async () => {
  fixture = await ChecksFixture.open();
});

afterAll(() => fixture.close());

/** Looks at the watch until it is as asked. */
async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    await wait(20);
  }
}

const watch = async (id: string) => (await fixture.store.watches.findMany(fixture.organizationId, [id]))[0];
const rules = [{ repository: { kind: 'glob', text: '**' } }] as const;

test('what is due is checked, once by however many processes, and new scans are on the queue', async () => {
  fixture.registry.push('web', 'a 1');
  const id = await fixture.connect({ rules });
  const checks = await Promise.all([fixture.startChecks(), fixture.startChecks()]);
  await until(() => watch(id), (row) => row?.lastCheck !== undefined);
  expect(fixture.registry.calls).toEqual(['repositories', 'web']);
  expect(await fixture.jobs.scans.counts()).toMatchObject({ waiting: 1 });

  // Asked for while both sleep: the bell wakes them.
  fixture.registry.push('web', 'a 1', 'b 2');
  fixture.now = new Date(fixture.now.getTime() + 1000);
  await fixture.store.watches.requestCheck(fixture.organizationId, id);
  await fixture.jobs.events.publish(checkDueTopic, {});
  await until(() => watch(id), (row) => row?.lastCheck?.trigger === 'user');
  expect(await fixture.tracked(id)).toEqual(['web:1', 'web:2']);
  for (const running of checks) await running.close();
});

test('a check that runs when the process stops is given back, and done by the next', async () => {
  fixture.registry.push('web', 'a 1');
  const id = await fixture.connect({ rules });
  const reached = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  fixture.registry.onCall = async () => {
    reached.resolve();
    await held.promise;
  };
  const first = await fixture.startChecks();
  await reached.promise;
  expect((await watch(id))?.leaseUntil).toEqual(new Date(fixture.now.getTime() + 60_000));
  const closing = first.close();
  held.resolve();
  await closing;
  expect((await watch(id))?.leaseUntil).toBeUndefined();
  expect((await watch(id))?.lastCheck).toBeUndefined();

  fixture.registry.onCall = () => Promise.resolve();
  const second = await fixture.startChecks();
  await until(() => watch(id), (row) => row?.lastCheck !== undefined);
  expect(await fixture.tracked(id)).toEqual(['web:1']);
  await second.close();
});
