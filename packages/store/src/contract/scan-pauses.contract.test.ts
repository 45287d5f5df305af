import { expect, test } from 'vitest';
import { connectOne, createOrganization, type TestStore } from './open-test-store.support.test.js';

const ada = { userId: 'user-1', userName: 'Ada' };
const ben = { userId: 'user-2', userName: 'Ben' };

/** What pauses of the queue promise, on any database. */
export function testScanPauses(open: () => TestStore): void {
  test('holds back scans that have not begun, and only those of its organisation', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { scan: running } = await connectOne(open(), organizationId);
    const { scan: waiting } = await connectOne(open(), organizationId);
    const { scan: elsewhere } = await connectOne(open(), await createOrganization(open()));
    await store.scans.begin(running.id);
    expect(await store.scanPauses.current(organizationId)).toBeUndefined();

    const pausedAt = clock.advance(1000);
    const pause = await store.scanPauses.pause({ organizationId, ...ada });
    expect(pause).toEqual({ id: expect.stringMatching(/^pau_/), organizationId, pausedBy: 'user-1', pausedByName: 'Ada', pausedAt });
    expect(await store.scanPauses.holds()).toBe(true);
    expect(await store.scans.begin(waiting.id)).toBeUndefined();
    expect(await store.scans.find(organizationId, waiting.id)).toEqual(waiting);
    expect(await store.scans.fail(running.id, { code: 'x', heading: 'X', message: 'x', retryable: false })).toMatchObject({ state: 'failed' });
    expect(await store.scans.begin(elsewhere.id)).toMatchObject({ state: 'running' });

    const resumedAt = clock.advance(1000);
    expect(await store.scanPauses.resume({ organizationId, ...ben })).toEqual({ ...pause, resumedBy: 'user-2', resumedByName: 'Ben', resumedAt });
    expect(await store.scanPauses.current(organizationId)).toBeUndefined();
    expect(await store.scanPauses.resume({ organizationId, ...ben })).toBeUndefined();
    expect(await store.scans.begin(waiting.id)).toMatchObject({ state: 'running', attempt: 1 });
  });

  test('is begun once, whoever asks at the same moment, and every one is kept', async () => {
    const { store, pool } = open();
    const organizationId = await createOrganization(open());
    const pauses = await Promise.all([ada, ben, ada].map((user) => store.scanPauses.pause({ organizationId, ...user })));
    expect(new Set(pauses.map(({ id }) => id)).size).toBe(1);
    await store.scanPauses.resume({ organizationId, ...ada });
    const second = await store.scanPauses.pause({ organizationId, ...ben });
    expect(second.id).not.toBe(pauses[0]?.id);
    const { rows } = await pool.query('select resumed_by from esscm.scan_pauses where organization_id = $1 order by resumed_at nulls last', [organizationId]);
    expect(rows).toEqual([{ resumed_by: 'user-1' }, { resumed_by: null }]);
  });
}
