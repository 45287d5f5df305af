import { describe, expect, test } from 'vitest';
import type { FindingFilter } from '../finding-records.js';
import type { VexDocumentInput, VexStatus, VexTarget } from '../vex-records.js';
import { matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const page = { first: 10 };

/** A document by hand that speaks of bash and of something that is not there. */
export function document(changes: Partial<VexDocumentInput> = {}): VexDocumentInput {
  return {
    source: 'uploaded',
    identity: 'openvex https://example.org/vex/1',
    name: 'vendor.openvex.json',
    location: 'vendor.openvex.json',
    addedBy: 'Ada',
    format: 'openvex',
    documentId: 'https://example.org/vex/1',
    author: 'Vendor',
    version: '1',
    issued: '2029-12-01T00:00:00Z',
    digest: `sha256:${'1'.repeat(64)}`,
    sizeBytes: 1000,
    attachedTo: [],
    problems: [],
    statements: [
      { vulnerability: 'ghsa-of-cve-2029-1', aliases: ['CVE-0000-1'], status: 'not_affected', justification: 'vulnerable_code_not_present', impact: 'Not built in.', timestamp: '2029-12-01T00:00:00Z', products: [{ product: 'bash' }] },
      { vulnerability: 'CVE-1999-1', aliases: [], status: 'fixed', timestamp: '', products: [] },
    ],
    ...changes,
  };
}

/** What VEX documents promise, on any database. */
export function testVex(open: () => TestStore): void {
  /** Two images with the same findings. */
  const twoImages = async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { connection, images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1')] }));
    for (const scan of scans) await store.scans.complete(scan.id, scanResult({ matching: matching() }));
    return { organizationId, connection, images };
  };
  const behind = async (organizationId: string): Promise<VexTarget[]> => (await open().store.vex.behind(10_000)).filter((target) => target.organizationId === organizationId);
  /** Applies every statement whose name fits, the one of the document added last first. */
  const apply = async (organizationId: string) => {
    const { store } = open();
    const targets = await behind(organizationId);
    const candidates = await store.vex.candidates(targets);
    const read = await store.vex.readStatements(candidates);
    const added = (id: string) => read.find(({ document: { id: known } }) => known === id)?.document.addedAt.getTime() ?? 0;
    for (const target of targets) {
      const own = Map.groupBy(candidates.filter(({ imageId }) => imageId === target.imageId), ({ position, vulnerability }) => `${position} ${vulnerability}`);
      const verdicts = [...own.values()].flatMap((group) =>
        group.toSorted((one, other) => added(other.documentId) - added(one.documentId)).flatMap(({ position, vulnerability, packageKey, documentId, statement }, rank) => {
          const said = read.find(({ document: { id } }) => id === documentId)?.statements.get(statement);
          if (said === undefined) return [];
          const { status, justification } = said;
          return [{ position, vulnerability, packageKey, rank, documentId, statement, status, ...(justification !== undefined && { justification }), detail: { statedAt: said.timestamp, reason: 'By name.', overruled: [] } }];
        }),
      );
      await store.vex.apply([{ target, verdicts }]);
    }
    return targets.map(({ name }) => name);
  };
  /** Counted one by one, and by severity, for which findings nobody speaks of are left aside. */
  const countIn = async (organizationId: string, filter: FindingFilter, ...states: NonNullable<FindingFilter['triage']>['states']) => {
    const inStates = { ...filter, triage: { states, at: open().clock.now() } };
    const { count } = await open().store.findings.count(organizationId, inStates);
    const { counts } = await open().store.findings.countBySeverity(organizationId, inStates);
    expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(count);
    return count;
  };
  const bash = { vulnerability: 'CVE-2029-1', packageKey: 'pkg:deb/debian/bash' };
  const nothing = { findings: 0, images: 0, hidden: 0, overruled: 0 };

  test('a document is kept with its statements', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { document: kept, outcome } = await store.vex.put(organizationId, document());
    const { statements, identity: _, ...said } = document();
    const now = clock.now();
    expect([outcome, kept]).toEqual(['added', { ...said, id: expect.stringMatching(/^vex_/), statementCount: 2, replaced: [], addedAt: now, changedAt: now, failures: 0 }]);
    expect(await store.vex.find(organizationId, kept.id)).toEqual(kept);
    expect((await store.vex.list(organizationId, { sources: ['uploaded'] }, page)).items).toEqual([kept]);
    expect((await store.vex.list(organizationId, { sources: ['address'] }, page)).items).toEqual([]);
    expect((await store.vex.statements(organizationId, kept.id, {}, page)).items).toEqual(statements.map((statement, position) => ({ ...statement, position, effect: nothing })));
    const first = await store.vex.statements(organizationId, kept.id, {}, { first: 1 });
    expect((await store.vex.statements(organizationId, kept.id, {}, { first: 1, after: first.nextCursor! })).items).toMatchObject([{ vulnerability: 'CVE-1999-1' }]);
  });

  test('another version takes the place of the one before, the same text changes nothing', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { document: kept } = await store.vex.put(organizationId, document());
    const replacedAt = clock.advance(1000).toISOString();
    const { outcome, document: next } = await store.vex.put(organizationId, document({ version: '2', digest: `sha256:${'2'.repeat(64)}`, statements: [] }));
    expect([outcome, next.id, next.statementCount, next.replaced]).toEqual(['replaced', kept.id, 0, [{ version: '1', issued: kept.issued, digest: kept.digest, statementCount: 2, replacedAt }]]);
    expect((await store.vex.put(organizationId, document({ digest: next.digest, statements: [] }))).outcome).toBe('unchanged');
    expect((await store.vex.statements(organizationId, kept.id, {}, page)).items).toEqual([]);
  });

  test('of two that bring the same document at once, one replaces the other', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const digests = ['1', '2', '3'].map((letter) => `sha256:${letter.repeat(64)}`);
    const outcomes = await Promise.all(digests.map((digest) => store.vex.put(organizationId, document({ digest }))));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['added', 'replaced', 'replaced']);
    expect((await store.vex.list(organizationId, {}, page)).items).toHaveLength(1);
  });

  test('a statement takes findings out of lists in every image, by any name of the vulnerability', async () => {
    const { store } = open();
    const { organizationId, images } = await twoImages();
    expect([await behind(organizationId), await store.vex.countBehind(organizationId)]).toEqual([[], 0]);
    const { document: kept } = await store.vex.put(organizationId, document());
    expect(await store.vex.countBehind(organizationId)).toBe(2);
    expect(await apply(organizationId)).toEqual(expect.arrayContaining(['registry.example/a', 'registry.example/b']));
    expect([await store.vex.countBehind(organizationId), await apply(organizationId)]).toEqual([0, []]);
    expect([await countIn(organizationId, {}, 'untriaged'), await countIn(organizationId, {}, 'not_affected'), await countIn(organizationId, {}, 'untriaged', 'not_affected')]).toEqual([6, 2, 8]);
    expect((await store.findings.count(organizationId, { vexDocumentId: kept.id })).count).toBe(2);
    const { items } = await store.findings.list(organizationId, { vulnerability: bash.vulnerability, imageId: images[0]!.id }, 'importance', page);
    const [verdict, none] = await store.vex.verdictsOf(organizationId, [items[0]!, { ...items[0]!, vulnerability: 'CVE-2029-2' }]);
    expect([verdict, none]).toEqual([
      { status: 'not_affected', justification: 'vulnerable_code_not_present', documentId: kept.id, documentName: kept.name, source: 'uploaded', author: 'Vendor', statedAt: '2029-12-01T00:00:00Z', reason: 'By name.', overruled: [] },
      undefined,
    ]);
    expect(await store.vex.hiddenOf(organizationId, images.map(({ id }) => id))).toEqual(new Map(images.map(({ id }) => [id, 1])));
    expect(await store.vex.effects(organizationId, [kept.id])).toEqual(new Map([[kept.id, { findings: 2, images: 2, hidden: 2, overruled: 0, reopens: 2, silentStatements: 1 }]]));
    expect((await store.vex.statements(organizationId, kept.id, { silent: true }, page)).items.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-1999-1']);
    expect((await store.vex.statements(organizationId, kept.id, { silent: false }, page)).items.map(({ effect }) => effect)).toEqual([{ findings: 2, images: 2, hidden: 2, overruled: 0 }]);
  });

  test('a decision of a person counts before a document', async () => {
    const { store } = open();
    const { organizationId, images } = await twoImages();
    const { document: kept } = await store.vex.put(organizationId, document());
    await apply(organizationId);
    await store.triage.decide(organizationId, [{ ...bash, scopeKey: 'registry.example/a', hadFix: false }], { scope: 'image', state: 'affected', reason: 'It is.', author: 'Ada', reopenWhenFixed: false });
    expect([await countIn(organizationId, {}, 'affected'), await countIn(organizationId, {}, 'not_affected')]).toEqual([1, 1]);
    expect(await store.vex.hiddenOf(organizationId, images.map(({ id }) => id))).toEqual(new Map([[images[1]!.id, 1]]));
    expect((await store.vex.effects(organizationId, [kept.id])).get(kept.id)).toMatchObject({ findings: 2, hidden: 1, reopens: 1 });
  });

  test('the history says what a document said, and that it is gone', async () => {
    const { store, clock } = open();
    const { organizationId, images } = await twoImages();
    const { document: kept } = await store.vex.put(organizationId, document());
    await apply(organizationId);
    const said = { status: 'not_affected', document: kept.name, author: 'Vendor' };
    const history = async () => (await store.findings.events(organizationId, { imageId: images[0]!.id, ...bash }, page)).items.map(({ kind, cause, changes }) => ({ kind, cause, changes }));
    expect(await history()).toEqual([{ kind: 'changed', cause: 'vex', changes: { vex: [null, said] } }]);
    // A later match that finds the same says nothing.
    clock.advance(1000);
    await store.findings.replace(organizationId, (await store.images.find(organizationId, images[0]!.id))?.contentId ?? '', matching());
    expect(await apply(organizationId)).not.toEqual([]);
    expect(await history()).toHaveLength(1);
    clock.advance(1000);
    expect(await store.vex.delete(organizationId, kept.id)).toBe(true);
    expect([await countIn(organizationId, {}, 'untriaged'), await countIn(organizationId, {}, 'not_affected')]).toEqual([8, 0]);
    await apply(organizationId);
    expect((await history())[0]).toEqual({ kind: 'changed', cause: 'vex', changes: { vex: [said, null] } });
    expect(await history()).toHaveLength(2);
    expect(await store.vex.delete(organizationId, kept.id)).toBe(false);
  });

  test('when the deciding document goes, the next one decides at once', async () => {
    const { store, clock } = open();
    const { organizationId } = await twoImages();
    const status = (word: VexStatus) => [{ ...document().statements[0]!, status: word }];
    const { document: older } = await store.vex.put(organizationId, document({ statements: status('affected') }));
    clock.advance(1000);
    const { document: newer } = await store.vex.put(organizationId, document({ identity: 'other', name: 'other.json' }));
    await apply(organizationId);
    expect((await store.vex.effects(organizationId, [older.id, newer.id])).get(older.id)).toMatchObject({ ...nothing, overruled: 2, reopens: 0 });
    expect(await countIn(organizationId, {}, 'not_affected')).toBe(2);
    await store.vex.delete(organizationId, newer.id);
    expect([await countIn(organizationId, {}, 'not_affected'), await countIn(organizationId, {}, 'affected')]).toEqual([0, 2]);
    const { items } = await store.findings.events(organizationId, bash, { first: 1 });
    expect(items[0]?.changes?.vex?.map((side) => side?.document)).toEqual(['other.json', 'vendor.openvex.json']);
  });

  test('an address is due until it was looked at, and what it says is replaced', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const soon = new Date(clock.now().getTime() + 1000);
    const { document: kept } = await store.vex.put(organizationId, document({ source: 'address', location: 'https://example.org/vex.json', validators: { entityTag: '"a"' }, nextCheckAt: soon }));
    expect(kept).toMatchObject({ entityTag: '"a"', checkedAt: clock.now(), nextCheckAt: soon });
    const due = async () => (await store.vex.dueAddresses(100)).filter(({ id }) => id === kept.id);
    expect(await due()).toEqual([]);
    const now = clock.advance(1000);
    expect(await due()).toEqual([{ ...kept, organizationId }]);
    const later = new Date(now.getTime() + 1000);
    const failure = { code: 'unreachable', message: 'No answer.', remedy: 'Wait.' };
    await store.vex.recordCheck(kept.id, { nextCheckAt: later, failure });
    expect(await store.vex.find(organizationId, kept.id)).toEqual({ ...kept, checkedAt: now, nextCheckAt: later, failure, failures: 1 });
    const content = document({ version: '2', digest: `sha256:${'2'.repeat(64)}`, statements: [] });
    expect(await store.vex.replaceFromAddress(organizationId, kept.id, content, { nextCheckAt: later, validators: {} })).toBe('replaced');
    expect(await store.vex.replaceFromAddress(organizationId, kept.id, content, { nextCheckAt: later, validators: {} })).toBe('unchanged');
    const { entityTag: _, ...rest } = kept;
    const replaced = [{ version: '1', issued: kept.issued, digest: kept.digest, statementCount: 2, replacedAt: now.toISOString() }];
    expect(await store.vex.find(organizationId, kept.id)).toEqual({ ...rest, version: '2', digest: content.digest, statementCount: 0, replaced, changedAt: now, checkedAt: now, nextCheckAt: later });
  });

  describe('what is attached to an image', () => {
    test('counts where its connection is trusted, in that image alone', async () => {
      const { store, clock } = open();
      const { organizationId, connection, images } = await twoImages();
      const target = { organizationId, imageId: images[0]!.id, contentId: (await store.images.find(organizationId, images[0]!.id))?.contentId ?? '' };
      const due = async () => (await store.vex.dueReadings(1000)).filter((reading) => reading.organizationId === organizationId);
      expect(await due()).toEqual([]);
      expect(await store.vex.setTrust(organizationId, connection.id, 'Ada')).toBe(true);
      expect(await store.vex.trusts(organizationId)).toEqual([{ connectionId: connection.id, trustedBy: 'Ada', trustedAt: clock.now() }]);
      expect(await due()).toHaveLength(2);
      expect(await store.vex.dueReadings(10, { imageId: images[0]!.id })).toEqual([target]);
      const { source: _source, identity: _identity, addedBy: _by, ...attached } = document();
      const later = new Date(clock.now().getTime() + 1000);
      await store.vex.recordReading(target, { documents: [attached] }, later);
      await store.vex.recordReading({ ...target, imageId: images[1]!.id }, { documents: [] }, later);
      expect(await due()).toEqual([]);
      await apply(organizationId);
      expect([await countIn(organizationId, { imageId: images[0]!.id }, 'not_affected'), await countIn(organizationId, {}, 'not_affected')]).toEqual([1, 1]);
      expect((await store.vex.list(organizationId, { imageId: images[0]!.id }, page)).items).toMatchObject([{ source: 'attached', imageId: images[0]!.id }]);
      await store.vex.setTrust(organizationId, connection.id, undefined);
      await apply(organizationId);
      expect(await countIn(organizationId, {}, 'not_affected')).toBe(0);
    });

    test('is replaced by what is attached at the next look, and kept when that fails', async () => {
      const { store, clock } = open();
      const { organizationId, connection, images } = await twoImages();
      await store.vex.setTrust(organizationId, connection.id, 'Ada');
      const [target] = await store.vex.dueReadings(10, { imageId: images[0]!.id });
      const { source: _source, identity: _identity, addedBy: _by, ...attached } = document();
      const later = clock.now();
      await store.vex.recordReading(target!, { documents: [attached] }, later);
      await store.vex.recordReading(target!, { failure: { code: 'unreachable', message: 'No answer.', remedy: 'Wait.' } }, later);
      const [kept] = (await store.vex.list(organizationId, {}, page)).items;
      await store.vex.recordReading(target!, { documents: [attached] }, later);
      expect((await store.vex.list(organizationId, {}, page)).items).toEqual([kept]);
      await apply(organizationId);
      await store.vex.recordReading(target!, { documents: [] }, later);
      expect((await store.vex.list(organizationId, {}, page)).items).toEqual([]);
      expect((await store.findings.events(organizationId, bash, { first: 1 })).items[0]?.changes?.vex?.[1]).toBeNull();
    });
  });
}
