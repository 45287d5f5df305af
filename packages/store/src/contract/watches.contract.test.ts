import { describe, expect, test } from 'vitest';
import { NotFoundError } from '../errors.js';
import type { CheckRecord, ClaimedWatch, ImageChanges, RegistryEventInput } from '../watch-records.js';
import { connectInput, connectOne, createOrganization, image, type TestStore } from './open-test-store.support.test.js';

const nothing: ImageChanges = { add: [], seen: [], moved: [], gone: [], back: [], released: [], taken: [] };
const rule = { repository: { kind: 'glob', text: 'shop/**' } };
const naming = { project: '{repository}', version: '{tag}' };
const selection = { rule, naming, platforms: 'default' } as const;
const minute = 60_000;

const check = (changes: Partial<CheckRecord> = {}): CheckRecord => ({
  trigger: 'schedule',
  startedAt: '2030-01-01T00:00:00.000Z',
  endedAt: '2030-01-01T00:00:01.000Z',
  added: 0,
  moved: 0,
  gone: 0,
  back: 0,
  released: 0,
  calls: 1,
  repositoriesChecked: 1,
  repositoriesLeft: 0,
  ...changes,
});

const event = (eventId: string, changes: Partial<RegistryEventInput> = {}): RegistryEventInput => ({ eventId, action: 'push', repository: 'shop/web', tag: '1', occurredAt: new Date('2030-01-01T00:00:00Z'), ...changes });

/** Claims until the connection comes up: suites share a database, and other connections may be due before it. */
async function claimOf({ store }: TestStore, connectionId: string, holder = 'me'): Promise<ClaimedWatch | undefined> {
  for (;;) {
    const claimed = await store.watches.claim(holder, 10 * minute);
    if (claimed === undefined || claimed.connectionId === connectionId) return claimed;
  }
}

export function testWatches(open: () => TestStore): void {
  describe('selections', () => {
    test('stay in order, keep their id when they stay, and make a check due when they change', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await store.connections.connect(connectInput(organizationId, { images: [], selections: [selection] }));
      const [first] = await store.selections.list(organizationId, connection.id);
      expect(first).toEqual({ ...selection, id: first?.id, organizationId, connectionId: connection.id, createdAt: clock.now(), createdBy: 'user-1' });

      clock.advance(minute);
      const other = { ...selection, platforms: ['linux/arm64'] as const };
      const replaced = await store.selections.replace(organizationId, connection.id, [other, { ...selection, naming: { project: 'Shop', version: '{tag}' }, id: first?.id ?? '' }], 'user-2');
      expect(replaced.map(({ id, createdBy, platforms, naming: { project } }) => [id === first?.id, createdBy, platforms, project])).toEqual([
        [false, 'user-2', ['linux/arm64'], '{repository}'],
        [true, 'user-1', 'default', 'Shop'],
      ]);
      expect(await store.selections.list(organizationId, connection.id)).toEqual(replaced);
      expect(await claimOf(open(), connection.id)).toMatchObject({ trigger: 'user' });
      await expect(store.selections.replace(organizationId, 'con_unknown', [], 'user-2')).rejects.toThrow(NotFoundError);
    });
  });

  describe('watches', () => {
    test('are due at once, are claimed by one only, and again after their time', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      const claimedAt = clock.now();
      const claimed = await claimOf(open(), connection.id, 'one');
      expect(claimed).toEqual({ connectionId: connection.id, organizationId, everyMinutes: 60, trigger: 'schedule', eventRepositories: [], claimedAt });
      expect(await claimOf(open(), connection.id, 'two')).toBeUndefined();
      expect(await store.watches.renew(connection.id, 'two', minute)).toBe(false);
      expect(await store.watches.renew(connection.id, 'one', 10 * minute)).toBe(true);

      const nextCheckAt = new Date(clock.now().getTime() + 60 * minute);
      await store.watches.finish(connection.id, 'two', { claimed: claimed!, check: check(), nextCheckAt, eventsLeft: [] });
      expect((await store.watches.findMany(organizationId, [connection.id]))[0]?.lastCheck).toBeUndefined();
      await store.watches.finish(connection.id, 'one', { claimed: claimed!, check: check({ added: 3 }), nextCheckAt, cursor: 'shop/web', eventsLeft: [] });
      expect(await store.watches.findMany(organizationId, [connection.id])).toEqual([
        { connectionId: connection.id, organizationId, everyMinutes: 60, paused: false, nextCheckAt, lastCheck: check({ added: 3 }) },
      ]);
      expect(await claimOf(open(), connection.id)).toBeUndefined();
      clock.advance(60 * minute);
      expect(await claimOf(open(), connection.id)).toMatchObject({ trigger: 'schedule', cursor: 'shop/web' });
    });

    test('whose holder has vanished are taken over when the lease ends, and not before', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      await claimOf(open(), connection.id, 'killed');
      clock.advance(10 * minute - 1);
      expect(await claimOf(open(), connection.id, 'next')).toBeUndefined();
      clock.advance(1);
      expect(await claimOf(open(), connection.id, 'next')).toMatchObject({ trigger: 'schedule' });
      expect(await store.watches.renew(connection.id, 'killed', minute)).toBe(false);
      await store.watches.release(connection.id, 'next');
      expect(await claimOf(open(), connection.id, 'third')).toMatchObject({ trigger: 'schedule' });
    });

    test('say when the next is due', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      expect((await store.watches.nextDueAt())! <= clock.now()).toBe(true);
      // All others are under a lease of ten minutes, as this one then is.
      await claimOf(open(), connection.id);
      expect((await store.watches.nextDueAt())! > clock.now()).toBe(true);
    });

    test('that are paused are not due, except by hand', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      expect(await store.watches.change(organizationId, connection.id, { paused: true })).toMatchObject({ paused: true });
      await store.watches.receiveEvent(organizationId, connection.id, event('paused'));
      clock.advance(minute);
      expect(await claimOf(open(), connection.id)).toBeUndefined();
      await store.watches.requestCheck(organizationId, connection.id);
      const claimed = await claimOf(open(), connection.id, 'me');
      expect(claimed).toMatchObject({ trigger: 'user', eventRepositories: ['shop/web'] });
      // Asked for again while it runs: that one is still to come.
      clock.advance(1);
      await store.watches.requestCheck(organizationId, connection.id);
      await store.watches.finish(connection.id, 'me', { claimed: claimed!, check: check(), nextCheckAt: clock.now(), eventsLeft: [] });
      expect(await claimOf(open(), connection.id)).toMatchObject({ trigger: 'user', eventRepositories: [] });
    });

    test('that are to run more often are due sooner, never later', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      const claimed = await claimOf(open(), connection.id);
      const nextCheckAt = new Date(clock.now().getTime() + 60 * minute);
      await store.watches.finish(connection.id, 'me', { claimed: claimed!, check: check(), nextCheckAt, eventsLeft: [] });
      expect(await store.watches.change(organizationId, connection.id, { everyMinutes: 10 })).toMatchObject({ everyMinutes: 10, nextCheckAt: new Date(clock.now().getTime() + 10 * minute) });
      expect(await store.watches.change(organizationId, connection.id, { everyMinutes: 100 })).toMatchObject({ nextCheckAt: new Date(clock.now().getTime() + 10 * minute) });
    });

    test('of connections of an earlier release are made', async () => {
      const { store, pool } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      await pool.query('delete from esscm.connection_watches where connection_id = $1', [connection.id]);
      await store.watches.ensureAll();
      expect(await store.watches.findMany(organizationId, [connection.id])).toMatchObject([{ everyMinutes: 60, paused: false }]);
    });
  });

  describe('events', () => {
    test('are kept once, make their repository due after a moment, and are handled by the check', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      const whole = await claimOf(open(), connection.id);
      const nextCheckAt = new Date(clock.now().getTime() + 60 * minute);
      await store.watches.finish(connection.id, 'me', { claimed: whole!, check: check(), nextCheckAt, eventsLeft: [] });

      const received = await Promise.all([event('1'), event('1'), event('2', { repository: 'shop/api' })].map((one) => store.watches.receiveEvent(organizationId, connection.id, one)));
      expect(received.filter(Boolean)).toHaveLength(2);
      expect(await store.watches.countEvents(organizationId, connection.id, clock.now())).toBe(2);
      expect(await claimOf(open(), connection.id)).toBeUndefined();
      clock.advance(2000);
      const claimed = await claimOf(open(), connection.id);
      expect(claimed).toMatchObject({ trigger: 'event', eventRepositories: ['shop/api', 'shop/web'] });
      clock.advance(1);
      await store.watches.receiveEvent(organizationId, connection.id, event('3'));
      await store.watches.finish(connection.id, 'me', { claimed: claimed!, check: check({ trigger: 'event' }), nextCheckAt: new Date(0), eventsLeft: [] });

      expect(await store.watches.findMany(organizationId, [connection.id])).toMatchObject([{ nextCheckAt, lastCheck: { trigger: 'schedule' } }]);
      clock.advance(2000);
      expect(await claimOf(open(), connection.id)).toMatchObject({ trigger: 'event', eventRepositories: ['shop/web'] });
    });

    test('of repositories that could not be looked at are looked at again', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      await store.watches.receiveEvent(organizationId, connection.id, event('1'));
      await store.watches.receiveEvent(organizationId, connection.id, event('2', { repository: 'shop/api' }));
      const claimed = await claimOf(open(), connection.id);
      await store.watches.finish(connection.id, 'me', {
        claimed: claimed!,
        check: check({ problem: { heading: 'Access denied', message: 'No.' } }),
        nextCheckAt: new Date(clock.now().getTime() + 60 * minute),
        eventsLeft: ['shop/web'],
      });
      clock.advance(2000);
      expect(await claimOf(open(), connection.id)).toBeUndefined();
      clock.advance(5 * minute);
      expect(await claimOf(open(), connection.id)).toMatchObject({ trigger: 'event', eventRepositories: ['shop/web'] });
    });

    test('come with a secret of which the hash is kept, and are forgotten after a while', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      expect(await store.watches.eventSecretOf(connection.id)).toBeUndefined();
      const hash = new Uint8Array(32).fill(7);
      expect(await store.watches.setEventSecret(organizationId, connection.id, hash)).toMatchObject({ eventSecretSetAt: clock.now() });
      const kept = await store.watches.eventSecretOf(connection.id);
      expect({ ...kept, hash: [...(kept?.hash ?? [])] }).toEqual({ organizationId, hash: [...hash] });
      await store.watches.receiveEvent(organizationId, connection.id, event('1'));
      clock.advance(1);
      expect(await store.watches.deleteEventsBefore(clock.now())).toBeGreaterThanOrEqual(1);
      expect(await store.watches.countEvents(organizationId, connection.id, new Date(0))).toBe(0);
    });
  });

  describe('images that follow a registry', () => {
    test('change with it, and each new or moved one gets a scan', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection, images, scans } = await store.connections.connect(
        connectInput(organizationId, { images: ['a', 'b', 'c'].map((tag) => image('web', tag)), selections: [selection] }),
      );
      const [a = '', b = '', c = ''] = images.map(({ id }) => id);
      for (const scan of scans) await store.scans.cancel(organizationId, scan.id);
      const apply = (changes: Partial<ImageChanges>) => store.images.applyChanges(organizationId, connection.id, { ...nothing, ...changes });
      const shown = async () => (await store.images.inRepository(organizationId, connection.id, 'registry.example/web', { first: 100 })).items.map(({ tag, registryDigest, goneAt, releasedAt, ruleId }) => ({ tag, registryDigest, goneAt, releasedAt, ruleId })).toSorted((one, other) => (one.tag ?? '').localeCompare(other.tag ?? ''));

      expect(await apply({ seen: [{ id: a, digest: '1' }], gone: [b] })).toEqual({ images: [], scans: [] });
      const [firstRule] = await store.selections.list(organizationId, connection.id);
      const ruleId = firstRule?.id ?? '';
      const added = image('web', 'd', { ruleId, registryDigest: '4', platform: 'linux/arm64' });
      const result = await apply({ add: [added, added, image('web', 'a')], moved: [{ id: a, digest: '2' }], released: [c], back: [b] });
      expect(result.images.map(({ tag, platform }) => [tag, platform])).toEqual([['d', 'linux/arm64']]);
      expect(result.scans.map(({ trackedImageId, trigger, requestedBy, state }) => ({ trackedImageId, trigger, requestedBy, state }))).toEqual(
        [result.images[0]?.id, a].map((trackedImageId) => ({ trackedImageId, trigger: 'registry', requestedBy: 'registry', state: 'queued' })),
      );
      const absent = { registryDigest: undefined, goneAt: undefined, releasedAt: undefined, ruleId: undefined };
      expect(await shown()).toEqual([
        { ...absent, tag: 'a', registryDigest: '2' },
        { ...absent, tag: 'b' },
        { ...absent, tag: 'c', releasedAt: clock.now() },
        { ...absent, tag: 'd', registryDigest: '4', ruleId },
      ]);
      expect(await store.selections.countImages(organizationId, connection.id)).toEqual(new Map([[ruleId, 1]]));
      await apply({ taken: [{ id: c, ruleId }] });
      expect(await store.selections.countImages(organizationId, connection.id)).toEqual(new Map([[ruleId, 2]]));
      expect(await store.images.repositoriesOf(organizationId, connection.id)).toEqual([{ name: 'registry.example/web', repository: 'web' }]);
      await expect(store.images.applyChanges(organizationId, 'con_unknown', nothing)).rejects.toThrow(NotFoundError);
    });

    test('that moved while they are scanned are found moved again', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection, image: tracked, scan } = await connectOne(open(), organizationId);
      const move = async (digest: string) => (await store.images.applyChanges(organizationId, connection.id, { ...nothing, moved: [{ id: tracked.id, digest }] })).scans.length;
      const digest = async () => (await store.images.find(organizationId, tracked.id))?.registryDigest;
      // Waiting: it will look the tag up.
      expect([await move('1'), await digest()]).toEqual([0, '1']);
      await store.scans.begin(scan.id);
      expect([await move('2'), await digest()]).toEqual([0, '1']);
      await store.scans.cancel(organizationId, scan.id);
      expect([await move('2'), await digest()]).toEqual([1, '2']);
    });

    test('can be chosen by hand later; what is tracked already is scanned again', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection, image: tracked, scan } = await connectOne(open(), organizationId);
      await store.scans.cancel(organizationId, scan.id);
      const { images, scans } = await store.images.add(organizationId, connection.id, [image('checkout', 'v1'), image('checkout', 'v2')], 'user-2');
      expect(images.map(({ id, tag }) => [id === tracked.id, tag])).toEqual([[true, 'v1'], [false, 'v2']]);
      expect(scans.map(({ trackedImageId, trigger, requestedBy }) => [trackedImageId, trigger, requestedBy])).toEqual(images.map(({ id }) => [id, 'user', 'user-2']));
    });

    test('can be given another project, and a version nothing is in goes', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { image: tracked } = await connectOne(open(), organizationId);
      const moved = await store.images.assign(organizationId, tracked.id, { projectName: 'Other', projectVersion: '9' });
      expect(moved).toMatchObject({ id: tracked.id });
      const projects = await store.projects.list(organizationId, { first: 10 });
      expect(projects.items.map(({ name }) => name)).toEqual(['Other']);
      expect(await store.images.assign(organizationId, 'img_unknown', { projectName: 'Other', projectVersion: '9' })).toBeUndefined();
    });

    test('are counted before their connection is deleted', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1')], selections: [selection] }));
      expect(await store.connections.deletionImpact(organizationId, connection.id)).toEqual({ images: 2, results: 0, selections: 1 });
      expect(await store.connections.deletionImpact(organizationId, 'con_unknown')).toBeUndefined();
    });
  });
}
