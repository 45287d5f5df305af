import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { InvalidCursorError, NotFoundError } from '../errors.js';
import { openStore } from '../open-store.js';
import { finding, matching } from './findings.contract.test.js';
import { connectInput, connectOne, createOrganization, image, layerDigests, scanResult, type TestStore } from './open-test-store.support.test.js';

const hour = 3_600_000;

/** What results of scans and facts of layers promise, on any database. */
export function testContents(open: () => TestStore): void {
  const rowsOf = async (table: string, organizationId: string): Promise<number> => {
    const { rows } = await open().pool.query<{ count: number }>(`select count(*)::int as count from esscm.${table} where organization_id = $1`, [organizationId]);
    return rows[0]?.count ?? 0;
  };

  test('a completed scan is read back whole', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { image: tracked, scan } = await connectOne(open(), organizationId);
    await store.scans.begin(scan.id);
    const cataloguedAt = clock.advance(1000);
    const result = scanResult({ diagnostics: [{ code: 'dpkg-x', severity: 'incomplete', message: 'half' }], partial: true });
    const ended = await store.scans.complete(scan.id, result);
    expect(ended).toMatchObject({ state: 'partial', stage: 'store', digest: result.digest, componentCount: 5, diagnostics: result.diagnostics, endedAt: cataloguedAt });
    const contentId = ended?.contentId ?? '';
    expect(await store.images.find(organizationId, tracked.id)).toEqual({ ...tracked, contentId, contentScannedAt: cataloguedAt });
    const { layers, components, catalogue, diagnostics: _, ...content } = result;
    expect(await store.contents.find(organizationId, contentId)).toEqual({ id: contentId, organizationId, ...content, componentCount: 5, cataloguedAt });
    expect(await store.contents.findByDigest(organizationId, result.digest, result.catalogueVersion)).toMatchObject({ id: contentId });
    expect(await store.contents.findByDigest(organizationId, result.digest, 'dpkg@2')).toBeUndefined();
    expect(await store.contents.layers(organizationId, contentId)).toEqual(layers.map((layer) => ({ ...layer, componentCount: layer.index === 0 ? 3 : 2 })));
    const page = await store.contents.components(organizationId, contentId, {}, { first: 100 });
    const sorted = [components[2], components[4], components[3], components[1], components[0]];
    expect(page).toEqual({ items: sorted.map((component) => ({ ...component, contentId })) });
    expect(await store.contents.readCatalogue(organizationId, contentId)).toBe(catalogue);
    expect(await store.contents.countByEcosystem(organizationId, contentId)).toEqual([{ ecosystem: 'deb', count: 4 }, { ecosystem: 'npm', count: 1 }]);
    const filters = [
      [{ search: 'DISTRO=deb' }, 5],
      [{ search: 'lod' }, 1],
      [{ search: '%' }, 0],
      [{ ecosystem: 'npm' }, 1],
      [{ layerIndex: 1 }, 2],
      [{ layerIndex: 1, ecosystem: 'deb' }, 1],
    ] as const;
    for (const [filter, count] of filters) {
      expect(await store.contents.countComponents(organizationId, contentId, filter)).toBe(count);
      expect((await store.contents.components(organizationId, contentId, filter, { first: 100 })).items).toHaveLength(count);
    }
  });

  describe('components are listed by', () => {
    const template = scanResult().components[0]!;
    const at = (layerIndex: number) => [{ path: '/x', layerDiffId: layerDigests[layerIndex]!, layerIndex }];
    const components = [
      { ...template, id: '1', name: 'a', version: '1.10', ecosystem: 'npm', licences: [{ declared: 'zlib' }], locations: at(1) },
      { ...template, id: '2', name: 'b', version: '1.9', ecosystem: 'deb', licences: [{ declared: 'x', spdxExpression: 'MIT' }, { declared: 'BSD' }], locations: at(0) },
      { ...template, id: '3', name: 'c', version: '1.09-rc', ecosystem: 'apk', licences: [], locations: [] },
      { ...template, id: '4', name: 'd', version: '', ecosystem: 'deb', licences: [{ declared: 'Apache-2.0' }], locations: at(0) },
      { ...template, id: '5', name: 'e', version: '123456789012345', ecosystem: 'deb', licences: [{ declared: 'mit' }], locations: at(1) },
    ];
    const findings = [
      { ...finding('d@', 'CVE-1', { severity: 'low' }), componentId: '4' },
      { ...finding('b@1.9', 'CVE-2', { severity: 'critical' }), componentId: '2' },
    ];

    test.each([
      ['name', false, 'abcde'],
      ['name', true, 'edcba'],
      ['version', false, 'dbcae'],
      ['version', true, 'eacbd'],
      ['type', false, 'cbdea'],
      ['type', true, 'abdec'],
      ['licence', false, 'debac'],
      ['licence', true, 'cabed'],
      ['layer', false, 'bdaec'],
      ['layer', true, 'caebd'],
      ['findings', false, 'bdace'],
      ['findings', true, 'acedb'],
    ] as const)('%s, reversed: %s, page by page', async (by, reversed, expected) => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { scan } = await connectOne(open(), organizationId);
      const { contentId = '' } = (await store.scans.complete(scan.id, scanResult({ components, matching: matching({ findings }) }))) ?? {};
      let names = '';
      let after: string | undefined;
      do {
        const page = await store.contents.components(organizationId, contentId, {}, { first: 1, ...(after !== undefined && { after }) }, { by, reversed });
        names += page.items.map(({ name }) => name).join('');
        after = page.nextCursor;
      } while (after !== undefined);
      expect(names).toBe(expected);
    });

    test('one thing at a time: a cursor of another order is refused', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const { scan } = await connectOne(open(), organizationId);
      const { contentId = '' } = (await store.scans.complete(scan.id, scanResult())) ?? {};
      const { nextCursor = '' } = await store.contents.components(organizationId, contentId, {}, { first: 1 }, { by: 'version' });
      await expect(store.contents.components(organizationId, contentId, {}, { first: 1, after: nextCursor }, { by: 'version', reversed: true })).rejects.toThrow(InvalidCursorError);
    });
  });

  test('storing the same result twice changes nothing', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scan } = await connectOne(open(), organizationId);
    const [first, second] = await Promise.all([store.scans.complete(scan.id, scanResult()), store.scans.complete(scan.id, scanResult())]);
    expect(second).toEqual(first);
    expect(await store.scans.complete(scan.id, scanResult({ components: [] }))).toEqual(first);
    expect([await rowsOf('contents', organizationId), await rowsOf('components', organizationId)]).toEqual([1, 5]);
  });

  test('images with the same digest share their content, in one organisation', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1'), image('c', '1')] }));
    const first = await store.scans.complete(scans[0]!.id, scanResult());
    const second = await store.scans.complete(scans[1]!.id, scanResult());
    expect(second?.contentId).toBe(first?.contentId);
    const third = await store.scans.completeFromContent(scans[2]!.id, first?.contentId ?? '');
    expect(third).toMatchObject({ state: 'succeeded', contentId: first?.contentId, componentCount: 5, digest: scanResult().digest });
    const elsewhere = await connectOne(open(), await createOrganization(open()));
    await expect(store.scans.completeFromContent(elsewhere.scan.id, first?.contentId ?? '')).rejects.toThrow(NotFoundError);
    expect((await store.scans.complete(elsewhere.scan.id, scanResult()))?.contentId).not.toBe(first?.contentId);
  });

  test('a cancelled scan stores nothing', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scan, image: tracked } = await connectOne(open(), organizationId);
    await store.scans.cancel(organizationId, scan.id);
    expect(await store.scans.complete(scan.id, scanResult())).toBeUndefined();
    expect(await rowsOf('contents', organizationId)).toBe(0);
    expect(await store.images.find(organizationId, tracked.id)).toEqual(tracked);
  });

  test('many components with hostile text and a catalogue of several chunks come back', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scan } = await connectOne(open(), organizationId);
    const [template] = scanResult().components;
    const hostile = { ...template!, id: 'hostile', name: `${'x'.repeat(5000)}\0`, version: '\uD800', licences: [{ declared: 'a\0"\\{},' }] };
    const many = Array.from({ length: 3200 }, (_, index) => ({ ...template!, id: `id-${index}`, name: `n${String(index).padStart(5, '0')}` }));
    const catalogue = randomBytes(3_000_000).toString('base64');
    const ended = await store.scans.complete(scan.id, scanResult({ components: [...many, hostile], catalogue }));
    const contentId = ended?.contentId ?? '';
    expect(await store.contents.readCatalogue(organizationId, contentId)).toBe(catalogue);
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.contents.components(organizationId, contentId, {}, { first: 100, ...(after === undefined ? {} : { after }) });
      names.push(...page.items.map((item) => item.name));
      after = page.nextCursor;
    } while (after !== undefined);
    expect(names).toEqual([...many.map((item) => item.name), `${'x'.repeat(5000)}\uFFFD`]);
    const [found] = (await store.contents.components(organizationId, contentId, { search: 'xxxx' }, { first: 1 })).items;
    expect(found).toMatchObject({ version: '\uFFFD', licences: [{ declared: 'a\uFFFD"\\{},' }] });
  });

  describe('a process that ends while it stores', () => {
    /** A store whose connections are lost at its n-th statement, as if the process had ended there. */
    const dyingStore = async (statements: number) => {
      const { pool, vault, clock } = open();
      let left = Number.POSITIVE_INFINITY;
      const isOver = (): boolean => (left -= 1) < 0;
      const guard = <Target extends object>(target: Target, atEnd: () => void): Target => {
        let ended = false;
        const replaced: Record<string, (...parameters: unknown[]) => unknown> = {
          query: (...parameters) => {
            if (!isOver()) return Reflect.apply(Reflect.get(target, 'query') as () => unknown, target, parameters);
            if (!ended) atEnd();
            ended = true;
            return Promise.reject(new Error('the process ended'));
          },
          release: () => (ended ? undefined : Reflect.apply(Reflect.get(target, 'release') as () => unknown, target, [])),
          connect: async () => {
            const client = await pool.connect();
            return guard(client, () => client.release(true));
          },
        };
        return new Proxy(target, {
          get(subject, property) {
            if (typeof property === 'string' && property in replaced) return replaced[property];
            const value: unknown = Reflect.get(subject, property, subject);
            return typeof value === 'function' ? value.bind(subject) : value;
          },
        });
      };
      const store = await openStore({ database: { pool: guard(pool, () => undefined) }, vault, clock });
      left = statements;
      return store;
    };

    test('leaves the old result readable at every point, and the repetition gives the whole new one', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { image: tracked, scan } = await connectOne(open(), organizationId);
      await store.scans.complete(scan.id, scanResult());
      const before = await store.images.find(organizationId, tracked.id);
      const next = scanResult({ digest: `sha256:${'2'.repeat(64)}` });
      const again = await store.scans.request({ organizationId, trackedImageId: tracked.id, trigger: 'user', requestedBy: 'user-1' });
      let failures = 0;
      for (let statements = 0; statements < 40; statements += 1) {
        const dying = await dyingStore(statements);
        const ended = await dying.scans.complete(again.id, next).catch(() => undefined);
        if (ended !== undefined) break;
        failures += 1;
        const present = await store.scans.find(organizationId, again.id);
        if (present?.state === 'succeeded') break;
        expect(await store.images.find(organizationId, tracked.id)).toEqual(before);
        expect(await store.contents.findByDigest(organizationId, next.digest, next.catalogueVersion)).toBeUndefined();
      }
      expect(failures).toBeGreaterThan(8);
      expect(await store.images.find(organizationId, tracked.id)).not.toEqual(before);
      expect(await rowsOf('contents', organizationId)).toBeGreaterThan(2);
      clock.advance(hour + 1);
      await openStore({ database: open(), vault: open().vault, clock });
      expect([await rowsOf('contents', organizationId), await rowsOf('components', organizationId), await rowsOf('catalogue_chunks', organizationId)]).toEqual([2, 10, 2]);
    });

    test('what it left is removed by a later scan, but not while it may still be written', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { scan } = await connectOne(open(), organizationId);
      const dying = await dyingStore(6);
      await expect(dying.scans.complete(scan.id, scanResult())).rejects.toMatchObject({ cause: { message: 'the process ended' } });
      expect(await rowsOf('contents', organizationId)).toBe(1);
      await store.scans.complete(scan.id, scanResult());
      expect(await rowsOf('contents', organizationId)).toBe(2);
      clock.advance(hour + 1);
      const other = await connectOne(open(), organizationId);
      await store.scans.complete(other.scan.id, scanResult());
      expect(await rowsOf('contents', organizationId)).toBe(1);
    });
  });

  describe('facts', () => {
    test('of any size come back, and are replaced whole by whoever writes next', async () => {
      const { store } = open();
      const diffId = `sha256:${randomBytes(32).toString('hex')}`;
      const facts = new Map([
        ['empty@1', new Uint8Array()],
        ['small@1', new Uint8Array([0, 255, 1])],
        ['large@1', new Uint8Array(randomBytes(2_500_001))],
      ]);
      const others = new Map([
        ['large@1', new Uint8Array(3_500_000)],
        ['small@1', new Uint8Array([9])],
      ]);
      await store.facts.write(diffId, others);
      await Promise.all([store.facts.write(diffId, facts), store.facts.write(diffId, facts)]);
      const read = await store.facts.read(diffId, [...facts.keys(), 'unknown@1']);
      expect([...read.keys()].toSorted()).toEqual([...facts.keys()].toSorted());
      for (const [key, value] of facts) expect(Buffer.compare(read.get(key) ?? Buffer.from('missing'), value)).toBe(0);
      expect(await store.facts.read(layerDigests[0]!, ['small@1'])).toEqual(new Map());
    });
  });
}
