import { describe, expect, test } from 'vitest';
import { NotFoundError } from '../errors.js';
import type { ScanFailureRecord, ScanProgressRecord, ScanRecord } from '../records.js';
import { connectInput, connectOne, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const failure: ScanFailureRecord = { code: 'access-denied', heading: 'Access denied', message: 'No.', upstreamMessage: 'NUL \0 inside', retryable: false };
const storedFailure: ScanFailureRecord = { ...failure, upstreamMessage: 'NUL \uFFFD inside' };
const progress: ScanProgressRecord = {
  layersDone: 1,
  layersTotal: 2,
  bytesDone: 10,
  bytesTotal: 20,
  layersCached: 0,
  stages: [{ stage: 'resolve', startedAt: '2030-01-01T00:00:00Z' }],
};

/** What scans promise, on any database. */
export function testScans(open: () => TestStore): void {
  test('every change of a scan is counted and kept', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { scan } = await connectOne(open(), organizationId);
    const startedAt = clock.advance(1000);
    const running: ScanRecord = { ...scan, state: 'running', sequence: 2, attempt: 1, startedAt };
    expect(await store.scans.begin(scan.id)).toEqual(running);
    expect(await store.scans.recordProgress(scan.id, 'pull', progress)).toEqual({ ...running, stage: 'pull', progress, sequence: 3 });
    expect(await store.scans.requeue(scan.id, failure)).toMatchObject({ state: 'queued', sequence: 4, failure: storedFailure });
    clock.advance(1000);
    const again = await store.scans.begin(scan.id);
    expect(again).toEqual({ ...running, stage: 'pull', progress, sequence: 5, attempt: 2 });
    const endedAt = clock.advance(1000);
    const failed = { ...again, state: 'failed', failure: storedFailure, sequence: 6, endedAt };
    expect(await store.scans.fail(scan.id, failure)).toEqual(failed);
    expect(await store.scans.find(organizationId, scan.id)).toEqual(failed);
  });

  describe('a scan that has ended is never changed', () => {
    const ends = ['cancel', 'fail'] as const;
    for (const end of ends) {
      test(`after ${end}`, async () => {
        const { store } = open();
        const organizationId = await createOrganization(open());
        const { scan } = await connectOne(open(), organizationId);
        const ended = end === 'cancel' ? await store.scans.cancel(organizationId, scan.id) : await store.scans.fail(scan.id, failure);
        expect(await store.scans.begin(scan.id)).toBeUndefined();
        expect(await store.scans.recordProgress(scan.id, 'pull', progress)).toBeUndefined();
        expect(await store.scans.requeue(scan.id, failure)).toBeUndefined();
        expect(await store.scans.fail(scan.id, failure)).toBeUndefined();
        expect(await store.scans.cancel(organizationId, scan.id)).toBeUndefined();
        expect(await store.scans.find(organizationId, scan.id)).toEqual(ended);
        expect((await store.scans.unfinished()).map((item) => item.id)).not.toContain(scan.id);
      });
    }
  });

  test('an image has one active scan at most', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { image: tracked, scan } = await connectOne(open(), organizationId);
    const input = { organizationId, trackedImageId: tracked.id, trigger: 'user', requestedBy: 'user-2' } as const;
    expect(await store.scans.request(input)).toEqual(scan);
    await store.scans.cancel(organizationId, scan.id);
    const requested = await Promise.all([store.scans.request(input), store.scans.request(input), store.scans.request(input)]);
    expect(new Set(requested.map((item) => item.id)).size).toBe(1);
    expect(requested[0]).toMatchObject({ state: 'queued', trigger: 'user', requestedBy: 'user-2' });
    await expect(store.scans.request({ ...input, organizationId: await createOrganization(open()) })).rejects.toThrow(NotFoundError);
  });

  test('lists show what runs, what waits and what has ended, each with the last begun first, whatever was asked for together', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { connection, images, scans } = await store.connections.connect(connectInput(organizationId, { images: names.map((name) => image(name, '1')) }));
    const at = (index: number) => scans[index]!.id;
    const begin = async (...indexes: readonly number[]) => {
      for (const index of indexes) {
        clock.advance(1000);
        await store.scans.begin(at(index));
      }
    };
    await begin(3, 0, 5, 1, 4);
    await store.scans.fail(at(0), failure);
    await store.scans.fail(at(3), failure);
    await store.scans.complete(at(5), scanResult());
    await store.scans.cancel(organizationId, at(6));
    // Tried again later: it waits with the others, where it was asked for.
    await store.scans.requeue(at(4), failure);
    clock.advance(1000);
    const asked = await store.scans.request({ organizationId, trackedImageId: images[6]!.id, trigger: 'user', requestedBy: 'user-1' });
    const together = [at(2), at(4), at(7)].toSorted().toReversed();
    const expected = [at(1), asked.id, ...together, at(5), at(0), at(3), at(6)];
    for (const first of [1, 2, 100]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.scans.list(organizationId, { connectionId: connection.id }, { first, ...(after === undefined ? {} : { after }) });
        seen.push(...page.items.map((item) => item.id));
        after = page.nextCursor;
      } while (after !== undefined);
      expect(seen).toEqual(expected);
    }
    expect((await store.scans.list(organizationId, { states: ['failed', 'cancelled'] }, { first: 5 })).items.map(({ id }) => id)).toEqual([at(0), at(3), at(6)]);
    expect((await store.scans.list(organizationId, { trackedImageId: images[6]!.id }, { first: 5 })).items.map(({ id }) => id)).toEqual([asked.id, at(6)]);
  });

  test('scans are listed by connection, state, image and id, and counted by state', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { connection, images, scans } = await store.connections.connect(
      connectInput(organizationId, { images: ['a', 'b', 'c', 'd'].map((name) => image(name, '1')) }),
    );
    clock.advance(1000);
    await store.scans.cancel(organizationId, scans[0]!.id);
    await store.scans.cancel(organizationId, scans[1]!.id);
    const newest = await store.scans.request({ organizationId, trackedImageId: images[0]!.id, trigger: 'retry', requestedBy: 'user-1' });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.scans.list(organizationId, { connectionId: connection.id }, { first: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map((item) => item.id));
      after = page.nextCursor;
    } while (after !== undefined);
    expect(seen).toEqual([
      newest.id,
      ...[scans[2]!.id, scans[3]!.id].toSorted().toReversed(),
      ...[scans[0]!.id, scans[1]!.id].toSorted().toReversed(),
    ]);
    expect(await store.scans.countByState(organizationId)).toEqual({ queued: 3, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 2 });
    expect((await store.scans.list(organizationId, { states: ['cancelled'], trackedImageId: images[0]!.id }, { first: 5 })).items).toHaveLength(1);
    expect((await store.scans.list(organizationId, { ids: [newest.id, 'nonsense'] }, { first: 5 })).items).toEqual([newest]);
    const latest = await store.scans.latestOf(organizationId, images.slice(0, 2).map((item) => item.id));
    expect([latest.get(images[0]!.id)?.id, latest.get(images[1]!.id)?.id]).toEqual([newest.id, scans[1]!.id]);
    const unfinished = (await store.scans.unfinished()).filter((item) => item.organizationId === organizationId);
    expect(unfinished.at(-1)).toEqual({ id: newest.id, organizationId });
  });
}
