import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NameTakenError, NotFoundError } from '../errors.js';
import { connectInput, connectOne, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

/** What connections, drafts, projects and images promise, on any database. */
export function testConnections(open: () => TestStore): void {
  describe('connect', () => {
    test('writes connection, secrets, projects, images and queued scans, and ends the draft', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const draft = await store.drafts.save({ ...connectInput(organizationId), createdBy: 'user-1', expiresAt: clock.advance(1000) }, { token: 'draft secret' });
      const input = connectInput(organizationId, {
        draftId: draft.id,
        verification: { status: 'verified' },
        images: [
          image('checkout', 'v1'),
          image('checkout', 'v1'),
          image('ledger', 'v2', { projectName: 'SHOP', platform: 'linux/arm64' }),
          image('pinned', '', { projectVersion: '2.0', pinnedDigest: `sha256:${'9'.repeat(64)}` }),
        ],
      });
      const result = await store.connections.connect(input);
      const { connection, images, scans } = result;
      expect(connection).toEqual({
        id: expect.stringMatching(/^con_[0-9a-z]{26}$/),
        organizationId,
        pluginId: 'ecr',
        variantId: 'private',
        credentialKindId: 'access-key',
        name: input.name,
        description: 'for tests',
        settings: { region: 'eu-central-1' },
        credentialHint: 'AKIA…3K in eu-central-1',
        credentialSetAt: clock.now(),
        verification: { status: 'verified' },
        withoutScanning: false,
        sample: false,
        createdAt: clock.now(),
        createdBy: 'user-1',
      });
      expect(images.map(({ repository, tag, platform, pinnedDigest }) => [repository, tag, platform, pinnedDigest])).toEqual([
        ['checkout', 'v1', undefined, undefined],
        ['ledger', 'v2', 'linux/arm64', undefined],
        ['pinned', undefined, undefined, `sha256:${'9'.repeat(64)}`],
      ]);
      expect(scans.map(({ trackedImageId, state, trigger, sequence, attempt }) => ({ trackedImageId, state, trigger, sequence, attempt }))).toEqual(
        images.map(({ id }) => ({ trackedImageId: id, state: 'queued', trigger: 'connect', sequence: 1, attempt: 0 })),
      );
      const projects = await store.projects.list(organizationId, { first: 10 });
      expect(projects.items.map((project) => project.name)).toEqual(['Shop']);
      const versions = await store.projects.versionsOf(organizationId, projects.items.map((project) => project.id));
      expect([...versions.values()].flat().map((version) => version.version).toSorted()).toEqual(['1.0', '2.0']);
      expect(await store.connections.readSecrets(organizationId, connection.id)).toEqual(input.secrets);
      expect(await store.connections.countImages(organizationId, [connection.id])).toEqual(new Map([[connection.id, 3]]));
      expect(await store.drafts.find(organizationId, draft.id, new Date(0))).toBeUndefined();
      expect(await store.drafts.readSecrets(organizationId, draft.id)).toEqual({});
    });

    test('without scanning queues nothing, until it is resumed', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection, images, scans } = await store.connections.connect(connectInput(organizationId, { withoutScanning: true }));
      expect([connection.withoutScanning, images.length > 0, scans]).toEqual([true, true, []]);
      await store.connections.resumeScanning(organizationId, connection.id);
      expect(await store.connections.find(organizationId, connection.id)).toMatchObject({ withoutScanning: false });
    });

    test('gets another credential in place of the first, sealed anew', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await store.connections.connect(connectInput(organizationId, { credentialExpiresAt: new Date('2026-01-01T00:00:00Z') }));
      await store.connections.recordVerificationProgress(organizationId, connection.id, { checks: [] });
      const credentialSetAt = clock.advance(1000);
      const next = { credentialKindId: 'role', settings: { region: 'eu-west-1' }, credentialHint: 'reader@1', verification: { status: 'limited' } };
      const changed = await store.connections.replaceCredential(organizationId, connection.id, { ...next, secrets: { token: 'two' } });
      const { credentialExpiresAt: _ended, ...before } = connection;
      expect(changed).toEqual({ ...before, ...next, credentialSetAt });
      expect(await store.connections.find(organizationId, connection.id)).toEqual(changed);
      expect(await store.connections.readSecrets(organizationId, connection.id)).toEqual({ token: 'two' });
      expect(await store.connections.replaceCredential(organizationId, 'con_none', { ...next, secrets: {} })).toBeUndefined();
    });

    test('keeps how far a verification is until its report', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      const read = async () => (await store.connections.find(organizationId, connection.id))?.verificationProgress;
      await store.connections.recordVerificationProgress(organizationId, connection.id, { checks: [1] });
      expect(await read()).toEqual({ checks: [1] });
      await store.connections.recordVerification(organizationId, connection.id, { status: 'verified' });
      expect(await read()).toBeUndefined();
    });

    test('refuses a taken name and leaves nothing behind', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { connection } = await connectOne(open(), organizationId);
      const again = connectInput(organizationId, { name: connection.name, images: [image('other', 'v1', { projectName: 'Other' })] });
      await expect(store.connections.connect(again)).rejects.toThrow(NameTakenError);
      expect((await store.projects.list(organizationId, { first: 10 })).items.map((project) => project.name)).toEqual(['Shop']);
      const elsewhere = await createOrganization(open());
      await expect(store.connections.connect({ ...again, organizationId: elsewhere })).resolves.toMatchObject({ replayed: false });
    });

    test('a repeated request within 24 hours gets the first answer', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const input = connectInput(organizationId, { clientMutationId: randomUUID() });
      const [first, second] = await Promise.all([store.connections.connect(input), store.connections.connect(input)]);
      expect([first, second].filter((result) => result.replayed)).toHaveLength(1);
      expect({ ...second, replayed: false }).toEqual({ ...first, replayed: false });
      const request = { organizationId, requestedBy: input.requestedBy, clientMutationId: input.clientMutationId ?? '' };
      expect(await store.connections.findReplay(request)).toEqual({ ...first, replayed: true });
      expect(await store.connections.findReplay({ ...request, requestedBy: 'user-2' })).toBeUndefined();
      clock.advance(24 * 3_600_000 + 1);
      expect(await store.connections.findReplay(request)).toBeUndefined();
      await expect(store.connections.connect(input)).rejects.toThrow(NameTakenError);
    });
  });

  test('deleting a connection removes what nothing else refers to', async () => {
    const { store, pool } = open();
    const organizationId = await createOrganization(open());
    const kept = await connectOne(open(), organizationId);
    const shared = scanResult({ digest: `sha256:${'5'.repeat(64)}` });
    await store.scans.complete(kept.scan.id, shared);
    const gone = await store.connections.connect(
      connectInput(organizationId, { images: [image('a', '1'), image('b', '1', { projectName: 'Only here' }), image('c', '1', { projectVersion: 'only here' })] }),
    );
    await store.scans.complete(gone.scans[0]!.id, shared);
    await store.scans.complete(gone.scans[1]!.id, scanResult());
    expect(await store.connections.delete(organizationId, gone.connection.id)).toBe(true);
    expect(await store.connections.delete(organizationId, gone.connection.id)).toBe(false);
    expect(await store.connections.readSecrets(organizationId, gone.connection.id)).toEqual({});
    expect((await store.projects.list(organizationId, { first: 10 })).items.map((project) => project.name)).toEqual(['Shop']);
    expect((await store.images.list(organizationId, {}, { first: 10 })).items.map((item) => item.id)).toEqual([kept.image.id]);
    expect((await store.scans.list(organizationId, {}, { first: 10 })).items.map((item) => item.id)).toEqual([kept.scan.id]);
    const { rows } = await pool.query('select digest from esscm.contents where organization_id = $1', [organizationId]);
    expect(rows).toEqual([{ digest: shared.digest }]);
    const secrets = await pool.query('select owner_id from esscm.sealed_secrets where organization_id = $1', [organizationId]);
    expect(secrets.rows).toEqual([{ owner_id: kept.connection.id }]);
  });

  test('connections are listed newest first, page by page', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const names: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      // Two at the same moment: the id then decides, and no page loses or repeats one.
      if (index % 2 === 0) clock.advance(1);
      names.push((await connectOne(open(), organizationId)).connection.name);
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.connections.list(organizationId, { first: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map((item) => item.name));
      after = page.nextCursor;
    } while (after !== undefined);
    expect(seen[0]).toBe(names[4]);
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  describe('drafts', () => {
    test('are replaced by their user only, and forgotten with their secrets when they expire', async () => {
      const { store, clock, pool } = open();
      const organizationId = await createOrganization(open());
      const base = { ...connectInput(organizationId), createdBy: 'user-1', expiresAt: new Date(clock.now().getTime() + 1000) };
      const draft = await store.drafts.save(base, { token: 'one', other: 'x' });
      await store.drafts.recordVerification(organizationId, draft.id, { status: 'failed' });
      expect(await store.drafts.find(organizationId, draft.id, clock.now())).toEqual({ ...draft, verification: { status: 'failed' } });
      const replaced = await store.drafts.save({ ...base, id: draft.id, name: 'renamed' }, { token: 'two' });
      expect(replaced).toEqual({ ...draft, name: 'renamed' });
      expect(await store.drafts.readSecrets(organizationId, draft.id)).toEqual({ token: 'two' });
      await expect(store.drafts.save({ ...base, id: draft.id, createdBy: 'user-2' }, { token: 'three' })).rejects.toThrow(NotFoundError);
      expect(await store.drafts.deleteExpired(clock.advance(1000))).toBe(1);
      expect(await store.drafts.find(organizationId, draft.id, new Date(0))).toBeUndefined();
      expect((await pool.query('select 1 from esscm.sealed_secrets where owner_id = $1', [draft.id])).rows).toEqual([]);
    });
  });

  describe('images', () => {
    test('are listed by name, then tag, byte by byte, and found by a part of either', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const chosen: readonly (readonly [string, string])[] = [['a', '10'], ['a', '9'], ['Z', '1'], ['b_c', '1'], ['bxc', '1']];
      const { connection } = await store.connections.connect(connectInput(organizationId, { images: chosen.map(([name, tag]) => image(name, tag)) }));
      const names = async (filter: Parameters<typeof store.images.list>[1]) =>
        (await store.images.list(organizationId, filter, { first: 100 })).items.map((item) => `${item.repository}:${item.tag}`);
      expect(await names({})).toEqual(['Z:1', 'a:10', 'a:9', 'b_c:1', 'bxc:1']);
      expect(await names({ search: 'B_C' })).toEqual(['b_c:1']);
      expect(await names({ search: '10', connectionId: connection.id })).toEqual(['a:10']);
      const [project] = (await store.projects.list(organizationId, { first: 1, search: 'sho' })).items;
      expect(await names({ projectId: project?.id ?? '' })).toHaveLength(5);
      expect(await names({ projectId: 'not an id\0' })).toEqual([]);
      const first = await store.images.list(organizationId, {}, { first: 2 });
      const second = await store.images.list(organizationId, {}, { first: 3, after: first.nextCursor ?? '' });
      expect(second.items.map((item) => item.repository)).toEqual(['a', 'b_c', 'bxc']);
      expect(second.nextCursor).toBeUndefined();
      expect(await store.images.count(organizationId)).toEqual({ total: 5, scanned: 0, partial: 0 });
      expect(await store.images.countByProject(organizationId, [project?.id ?? ''])).toEqual(new Map([[project?.id, 5]]));
      expect(await names({ name: 'registry.example/a' })).toEqual(['a:10', 'a:9']);
    });

    test('are counted with the state of their shown results', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { scans } = await store.connections.connect(
        connectInput(organizationId, { images: ['one', 'two', 'three'].map((repository) => image(repository, '1')) }),
      );
      const [first, second] = scans;
      const oldestResultAt = clock.advance(1000);
      await store.scans.complete(first?.id ?? '', scanResult({ digest: `sha256:${'1'.repeat(64)}` }));
      clock.advance(1000);
      await store.scans.complete(second?.id ?? '', scanResult({ digest: `sha256:${'2'.repeat(64)}`, partial: true }));
      expect(await store.images.count(organizationId)).toEqual({ total: 3, scanned: 2, partial: 1, oldestResultAt });
    });
  });
}
