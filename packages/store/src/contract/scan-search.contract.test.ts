import { expect, test } from 'vitest';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const digest = `sha256:9f31c2${'0'.repeat(54)}e07b`;
const pinnedDigest = `sha256:77aa00${'0'.repeat(54)}beef`;

/** What the search of the list of scans and the numbers over it promise, on any database. */
export function testScanSearch(open: () => TestStore): void {
  test('are those of which the image, the tag, a digest or the connection is meant', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const connect = (name: string, repositories: readonly (readonly [string, string])[]) =>
      store.connections.connect(connectInput(organizationId, { name, images: repositories.map(([repository, tag]) => image(repository, tag)) }));
    const frankfurt = await connect('Production, Frankfurt', [['payments/checkout-api', '2.14.3'], ['payments/ledger', '2.14.0'], ['100%_literal', 'x']]);
    const mirror = await connect('Mirror', [['payments/checkout-api', '2.14.4']]);
    const pinned = await store.connections.connect(connectInput(organizationId, { name: 'By digest', images: [image('pinned/one', '', { pinnedDigest })] }));
    await store.scans.complete(frankfurt.scans[0]!.id, scanResult({ digest }));
    const names = new Map([...frankfurt.images, ...mirror.images, ...pinned.images].map(({ id, repository, tag }) => [id, `${repository}:${tag ?? ''}`]));
    const found = async (search: string): Promise<readonly string[]> =>
      (await store.scans.list(organizationId, { search }, { first: 50 })).items.map(({ trackedImageId }) => names.get(trackedImageId) ?? '').toSorted();

    const rows: readonly (readonly [string, readonly string[]])[] = [
      ['CHECKOUT', ['payments/checkout-api:2.14.3', 'payments/checkout-api:2.14.4']],
      ['2.14.0', ['payments/ledger:2.14.0']],
      ['checkout-api:2.14', ['payments/checkout-api:2.14.3', 'payments/checkout-api:2.14.4']],
      ['ledger:2.14.3', []],
      ['registry.example/payments/ledger:2.14.0', ['payments/ledger:2.14.0']],
      ['mirror', ['payments/checkout-api:2.14.4']],
      ['9f31c2', ['payments/checkout-api:2.14.3']],
      [digest.toUpperCase(), ['payments/checkout-api:2.14.3']],
      ['sha256:9f31c2…e07b', ['payments/checkout-api:2.14.3']],
      ['sha256:9f31c2…e07c', []],
      ['sha256:77aa00', ['pinned/one:']],
      ['100%_', ['100%_literal:x']],
      ['%', ['100%_literal:x']],
      ['nul \0', []],
    ];
    for (const [search, expected] of rows) expect([search, await found(search)]).toEqual([search, expected]);
    const imagesOf = async (search: string): Promise<readonly string[]> => (await store.images.list(organizationId, { search }, { first: 50 })).items.map(({ repository, tag }) => `${repository}:${tag ?? ''}`);
    for (const [search, expected] of rows.filter(([text]) => /^(?:sha256:|9f31)/i.test(text))) expect([search, await imagesOf(search)]).toEqual([search, expected]);
    expect(await store.images.list(await createOrganization(open()), { search: digest }, { first: 50 })).toEqual({ items: [] });
    expect((await store.scans.list(organizationId, { search: 'checkout', states: ['queued'], connectionId: mirror.connection.id }, { first: 50 })).items).toHaveLength(1);
  });

  test('wait in the order they were asked for, those of a check of the registry last', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: ['a', 'b', 'c', 'd'].map((name) => image(name, '1')) }));
    for (const { id } of scans) await store.scans.cancel(organizationId, id);
    expect(await store.scans.typicalWait(organizationId)).toBeUndefined();
    const ask = async (index: number, trigger: 'registry' | 'user'): Promise<string> => {
      clock.advance(1000);
      return (await store.scans.request({ organizationId, trackedImageId: images[index]!.id, trigger, requestedBy: 'user-1' })).id;
    };
    const found = await ask(0, 'registry');
    const [first, second, third] = [await ask(1, 'user'), await ask(2, 'user'), await ask(3, 'user')];
    const all = [found, first, second, third];

    expect(await store.scans.aheadOf(organizationId, [...all, scans[0]!.id, 'nonsense'])).toEqual(new Map([[first, 0], [second, 1], [third, 2], [found, 3]]));

    clock.advance(40_000);
    await store.scans.begin(first);
    clock.advance(19_000);
    await store.scans.begin(second);
    expect(await store.scans.aheadOf(organizationId, all)).toEqual(new Map([[third, 0], [found, 1]]));
    // 42 s of the first, 60 s of the second.
    expect(await store.scans.typicalWait(organizationId)).toBe(51_000);
    await store.scans.requeue(first, { code: 'x', heading: 'X', message: 'x', retryable: true });
    await store.scans.begin(first);
    expect(await store.scans.typicalWait(organizationId)).toBe(51_000);
    clock.advance(3_600_000);
    expect(await store.scans.typicalWait(organizationId)).toBeUndefined();
  });

  test('are added up image by image, by what became of the newest', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { connection, images, scans } = await store.connections.connect(connectInput(organizationId, { images: ['a', 'b', 'c', 'd'].map((name) => image(name, '1')) }));
    const other = await store.connections.connect(connectInput(organizationId));
    const ids = images.map(({ id }) => id);
    const scanOf = (index: number) => scans.find(({ trackedImageId }) => trackedImageId === ids[index])!.id;
    const failure = { code: 'x', heading: 'X', message: 'x', retryable: false };
    const bytes = (bytesDone: number, bytesTotal: number) => ({ layersDone: 1, layersTotal: 2, layersCached: 0, bytesDone, bytesTotal, stages: [] });
    const again = (index: number) => store.scans.request({ organizationId, trackedImageId: ids[index]!, trigger: 'retry', requestedBy: 'user-1' });

    for (const index of [0, 1]) await store.scans.fail(scanOf(index), failure);
    clock.advance(1000);
    await store.scans.complete((await again(1)).id, scanResult());
    const runningSince = clock.advance(1000);
    await store.scans.begin(scanOf(2));
    await store.scans.recordProgress(scanOf(2), 'pull', bytes(3_000_000_000, 5_000_000_000));

    expect(await store.scans.latestTotals(organizationId, connection.id)).toEqual({
      states: { queued: 1, running: 1, succeeded: 1, partial: 0, failed: 1, cancelled: 0 },
      bytesDone: 3_000_000_000,
      bytesTotal: 5_000_000_000,
      runningBytesDone: 3_000_000_000,
      runningSince,
    });
    expect((await store.scans.latestTotals(organizationId)).states).toMatchObject({ queued: 2 });
    expect(await store.scans.imagesFailedLast(organizationId, connection.id, 10)).toEqual([ids[0]]);
    expect(await store.scans.imagesFailedLast(organizationId, undefined, 10)).toEqual([ids[0]]);
    expect(await store.scans.imagesFailedLast(organizationId, other.connection.id, 10)).toEqual([]);

    const cancelled = await store.scans.cancelAll(organizationId, connection.id, { userId: 'user-1', userName: 'Mira Kovač' });
    expect(cancelled.map(({ id, state, endedAt, cancelledBy, cancelledByName }) => ({ id, state, endedAt, cancelledBy, cancelledByName })).toSorted((one, two) => one.id.localeCompare(two.id))).toEqual(
      [scanOf(2), scanOf(3)].toSorted().map((id) => ({ id, state: 'cancelled', endedAt: clock.now(), cancelledBy: 'user-1', cancelledByName: 'Mira Kovač' })),
    );
    expect(await store.scans.latestTotals(organizationId)).toMatchObject({ states: { queued: 1, cancelled: 2 } });
  });
}
