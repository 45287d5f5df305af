import { describe, expect, test } from 'vitest';
import type { FindingFilter, SeverityCounts } from '../finding-records.js';
import type { TriageInput } from '../triage-records.js';
import { matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const decision: TriageInput = { scope: 'image', state: 'not_affected', justification: 'vulnerable_code_not_present', reason: 'Not built in.', author: 'Ada', reopenWhenFixed: false };

/** What decisions about findings promise, on any database. */
export function testTriage(open: () => TestStore): void {
  /** Two images of one name, one of another name in another project; all with the same findings. */
  const threeImages = async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const chosen = [image('a', '1'), image('a', '2'), image('b', '1', { projectName: 'Other' })];
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: chosen }));
    for (const scan of scans) await store.scans.complete(scan.id, scanResult({ matching: matching() }));
    const projects = await store.projects.list(organizationId, { first: 5 });
    return { organizationId, images, projects: projects.items };
  };
  const bash = { vulnerability: 'CVE-2029-1', packageKey: 'pkg:deb/debian/bash' };
  /** Counts over all findings leave findings nobody speaks of aside, so they are held against the list of those that fit. */
  const expectCounts = async (organizationId: string, filter: FindingFilter, count: number) => {
    const sum = (counts: SeverityCounts) => Object.values(counts).reduce((total, each) => total + each, 0);
    const { counts } = await open().store.findings.countBySeverity(organizationId, filter);
    const ages = await open().store.findings.countByAge(organizationId, filter, open().clock.now());
    expect([sum(counts), ages.reduce((total, age) => total + sum(age.counts), 0)]).toEqual([count, count]);
  };
  /** Images whose finding in bash is in one of the states. */
  const inState = async (organizationId: string, ...states: NonNullable<FindingFilter['triage']>['states']) => {
    const filter = { vulnerability: bash.vulnerability, triage: { states, at: open().clock.now() } };
    const images = await open().store.images.list(organizationId, {}, { first: 10 });
    const { items } = await open().store.findings.list(organizationId, filter, 'importance', { first: 10 });
    expect(await open().store.findings.count(organizationId, filter)).toEqual({ count: items.length, exact: true });
    await expectCounts(organizationId, filter, items.length);
    return images.items.filter(({ id }) => items.some((item) => item.imageId === id)).map(({ repository, tag }) => `${repository}:${tag}`);
  };

  test('a decision about an image name holds for all its tags, and for no other name', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages();
    const targets = await store.triage.targets(organizationId, { imageId: images[0]!.id, vulnerability: bash.vulnerability }, 'image', 10);
    expect(targets).toEqual([{ ...bash, scopeKey: 'registry.example/a', hadFix: false }]);
    const { made: [made] } = await store.triage.decide(organizationId, targets, decision);
    expect(made).toEqual({ id: expect.stringMatching(/^tri_/), ...bash, ...decision, scopeKey: 'registry.example/a', hadFix: false, createdAt: open().clock.now() });
    expect(await inState(organizationId, 'not_affected')).toEqual(['a:1', 'a:2']);
    expect(await inState(organizationId, 'untriaged')).toEqual(['b:1']);
    const counting = await store.triage.counting(organizationId, images.map(({ id }) => ({ imageId: id, ...bash })));
    expect(counting.map((each) => each?.id)).toEqual([made?.id, made?.id, undefined]);
  });

  test('of several that are made at once one holds, and the others are superseded', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages();
    const targets = await store.triage.targets(organizationId, { imageId: images[0]!.id, vulnerability: bash.vulnerability }, 'image', 10);
    await Promise.all(['Ada', 'Bob', 'Cleo', 'Dan'].map((author) => store.triage.decide(organizationId, targets, { ...decision, author })));
    const { items } = await store.triage.list(organizationId, {}, { first: 10 });
    expect(items.map(({ end }) => end ?? 'holds').toSorted()).toEqual(['holds', 'superseded', 'superseded', 'superseded']);
  });

  test('the narrowest decision counts', async () => {
    const { store } = open();
    const { organizationId, images, projects } = await threeImages();
    const decide = (scope: TriageInput['scope'], scopeKey: string, state: TriageInput['state']) => store.triage.decide(organizationId, [{ ...bash, scopeKey, hadFix: false }], { ...decision, scope, state });
    await decide('everywhere', '', 'accepted_risk');
    expect(await inState(organizationId, 'accepted_risk')).toEqual(['a:1', 'a:2', 'b:1']);
    await decide('project', projects.find(({ name }) => name === 'Other')?.id ?? '', 'affected');
    await decide('image', 'registry.example/b', 'under_investigation');
    expect([await inState(organizationId, 'accepted_risk'), await inState(organizationId, 'affected'), await inState(organizationId, 'under_investigation')]).toEqual([['a:1', 'a:2'], [], ['b:1']]);
    expect((await store.triage.list(organizationId, { imageName: images[0]!.name }, { first: 10 })).items.map(({ scope }) => scope)).toEqual(['everywhere']);
    expect((await store.triage.list(organizationId, { imageName: 'registry.example/b' }, { first: 10 })).items.map(({ scope }) => scope).toSorted()).toEqual(['everywhere', 'image', 'project']);
  });

  test('many findings are decided about at once, one decision a vulnerability, package and scope', async () => {
    const { store } = open();
    const { organizationId } = await threeImages();
    expect(await store.triage.targets(organizationId, { severities: ['critical'] }, 'everywhere', 10)).toEqual([
      { vulnerability: 'CVE-2029-2', packageKey: 'pkg:deb/debian/zlib1g', scopeKey: '', hadFix: true },
      { vulnerability: 'CVE-2029-3', packageKey: 'pkg:deb/debian/zlib1g', scopeKey: '', hadFix: false },
    ]);
    expect(await store.triage.targets(organizationId, {}, 'image', 3)).toHaveLength(3);
  });

  test('findings named by their keys are found with one condition, and no others', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages();
    const { items } = await store.findings.list(organizationId, { includeHidden: true }, 'importance', { first: 50 });
    const of = (image: number, vulnerability: string) => items.find((item) => item.imageId === images[image]?.id && item.vulnerability === vulnerability)!;
    const oneOf = [of(0, 'CVE-2029-1'), of(2, 'CVE-2029-2'), { imageId: 'nonsense\0', position: 0, vulnerability: 'CVE-2029-1' }, { ...of(1, 'CVE-2029-3'), position: -1 }];
    const targets = await store.triage.targets(organizationId, { oneOf, includeHidden: true }, 'image', 10);
    expect(targets.map(({ vulnerability, scopeKey }) => `${vulnerability} ${scopeKey}`)).toEqual(['CVE-2029-1 registry.example/a', 'CVE-2029-2 registry.example/b']);
    expect(await store.triage.targets(organizationId, { oneOf: [] }, 'image', 10)).toEqual([]);
  });

  describe('made together', () => {
    /** More than fit in one transaction, none of them about a finding that is there. */
    const many = Array.from({ length: 1200 }, (_, index) => ({ vulnerability: `CVE-2031-${index}`, packageKey: 'pkg:npm/a', scopeKey: '', hadFix: false }));
    const everywhere: TriageInput = { ...decision, scope: 'everywhere' };

    test('many share a name, by which they are listed and withdrawn', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      const alone = await store.triage.decide(organizationId, many.slice(0, 1), { ...everywhere, state: 'affected' });
      expect(alone).toEqual({ madeCount: 1, made: [expect.not.objectContaining({ batchId: expect.anything() })], kept: { same: 0, earlier: 0, since: 0 } });
      const { batchId = '', made, ...counts } = await store.triage.decide(organizationId, many, everywhere);
      expect(counts).toEqual({ madeCount: 1200, kept: { same: 0, earlier: 0, since: 0 } });
      expect(made.map((each) => [each.vulnerability, each.batchId])).toEqual(many.slice(0, 100).map(({ vulnerability }) => [vulnerability, batchId]));
      expect((await store.triage.list(organizationId, { batchId }, { first: 100 })).nextCursor).toBeDefined();
      expect(await store.triage.withdrawBatch(await createOrganization(open()), batchId)).toBe(0);
      await store.triage.withdraw(organizationId, [made[0]!.id]);
      expect(await store.triage.withdrawBatch(organizationId, batchId)).toBe(1199);
      expect(await store.triage.withdrawBatch(organizationId, batchId)).toBe(0);
      expect((await store.triage.list(organizationId, { active: true }, { first: 1 })).items).toEqual([]);
    });

    test('what is decided exactly so already is left, so that one that broke off can be made again', async () => {
      const { store } = open();
      const organizationId = await createOrganization(open());
      await store.triage.decide(organizationId, many.slice(0, 700), everywhere);
      expect(await store.triage.decide(organizationId, many, everywhere)).toMatchObject({ madeCount: 500, kept: { same: 700, earlier: 0, since: 0 } });
      expect(await store.triage.decide(organizationId, many, { ...everywhere, author: 'Bob' })).toMatchObject({ madeCount: 1200, kept: { same: 0 } });
    });

    test('earlier decisions stay where they are to be kept, and are told apart from those made meanwhile', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const lapsing = { expiresAt: new Date(clock.now().getTime() + 500) };
      await store.triage.decide(organizationId, many.slice(0, 3), { ...everywhere, state: 'affected' });
      await store.triage.decide(organizationId, many.slice(3, 4), { ...everywhere, state: 'affected', ...lapsing });
      await store.triage.decide(organizationId, many.slice(4, 5), { ...everywhere, state: 'affected', reopenWhenFixed: true });
      const keepSince = clock.advance(1000);
      clock.advance(1);
      await store.triage.decide(organizationId, many.slice(2, 3), { ...everywhere, state: 'fixed', author: 'Bob' });
      const targets = [...many.slice(0, 4), { ...many[4]!, hadFix: true }, many[5]!];
      const { kept, made } = await store.triage.decide(organizationId, targets, { ...everywhere, keepEarlier: true, keepSince });
      expect(kept).toEqual({ same: 0, earlier: 2, since: 1 });
      expect(made.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-2031-3', 'CVE-2031-4', 'CVE-2031-5']);
      expect((await store.triage.list(organizationId, { active: true, vulnerability: 'CVE-2031-2' }, { first: 5 })).items).toMatchObject([{ author: 'Bob', state: 'fixed' }]);
      // What was decided before is replaced where that is wanted; what somebody decided meanwhile is not.
      expect(await store.triage.decide(organizationId, targets, { ...everywhere, reason: 'Again.', keepSince })).toMatchObject({ madeCount: 5, kept: { same: 0, earlier: 0, since: 1 } });
    });

    test('two people at once: each finding has one of the two decisions, and both are told how many', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const keepSince = clock.now();
      clock.advance(1);
      const outcomes = await Promise.all(['Ada', 'Bob'].map((author) => store.triage.decide(organizationId, many, { ...everywhere, author, keepSince })));
      expect(outcomes.map(({ madeCount, kept }) => madeCount + kept.since)).toEqual([1200, 1200]);
      expect(outcomes.reduce((total, { madeCount }) => total + madeCount, 0)).toBe(1200);
    });
  });

  test('what deciding would come to is counted before', async () => {
    const { store, clock } = open();
    const { organizationId } = await threeImages();
    const severe = { severities: ['critical'] } as const;
    expect(await store.triage.preview(organizationId, severe, 'image', 10)).toEqual({ decisionCount: 4, decidedCount: 0 });
    expect(await store.triage.preview(organizationId, severe, 'image', 3)).toEqual({ decisionCount: 3, decidedCount: 0 });
    const [target] = await store.triage.targets(organizationId, severe, 'everywhere', 10);
    await store.triage.decide(organizationId, [target!], { ...decision, scope: 'everywhere', expiresAt: new Date(clock.now().getTime() + 1000) });
    expect(await store.triage.preview(organizationId, severe, 'everywhere', 10)).toEqual({ decisionCount: 2, decidedCount: 1 });
    clock.advance(1000);
    expect(await store.triage.preview(organizationId, severe, 'everywhere', 10)).toEqual({ decisionCount: 2, decidedCount: 0 });
  });

  test('a later decision takes the place of the earlier, which stays in the history', async () => {
    const { store, clock } = open();
    const { organizationId } = await threeImages();
    const target = { ...bash, scopeKey: '', hadFix: false };
    const { made: [first] } = await store.triage.decide(organizationId, [target], { ...decision, scope: 'everywhere' });
    const endedAt = clock.advance(1000);
    const { made: [second] } = await store.triage.decide(organizationId, [target], { ...decision, scope: 'everywhere', state: 'affected' });
    expect((await store.triage.list(organizationId, bash, { first: 10 })).items).toEqual([second, { ...first, endedAt, end: 'superseded' }]);
    expect((await store.triage.list(organizationId, { ...bash, active: true }, { first: 10 })).items).toEqual([second]);
    expect((await store.triage.list(organizationId, { states: ['not_affected'], active: false }, { first: 10 })).items).toHaveLength(1);
    expect(await store.triage.withdraw(organizationId, [second!.id])).toMatchObject([{ end: 'withdrawn' }]);
    expect(await store.triage.withdraw(organizationId, [second!.id])).toEqual([]);
    const page = await store.triage.list(organizationId, {}, { first: 1 });
    expect((await store.triage.list(organizationId, {}, { first: 1, after: page.nextCursor! })).items).toMatchObject([{ id: first!.id }]);
    expect(await inState(organizationId, 'untriaged')).toHaveLength(3);
  });

  describe('is open again', () => {
    test('once it has expired', async () => {
      const { store, clock } = open();
      const { organizationId } = await threeImages();
      const expiresAt = new Date(clock.now().getTime() + 1000);
      await store.triage.decide(organizationId, [{ ...bash, scopeKey: '', hadFix: false }], { ...decision, scope: 'everywhere', expiresAt });
      expect(await inState(organizationId, 'not_affected')).toHaveLength(3);
      expect((await store.triage.list(organizationId, { active: true, expiresBefore: new Date(expiresAt.getTime() + 1) }, { first: 5 })).items).toHaveLength(1);
      clock.advance(1000);
      expect(await inState(organizationId, 'untriaged')).toHaveLength(3);
      expect(await store.triage.endDue()).toBeGreaterThanOrEqual(1);
      expect((await store.triage.list(organizationId, bash, { first: 5 })).items).toMatchObject([{ end: 'expired', endedAt: clock.now() }]);
    });

    test('once there is a fix, where it was to hold until then', async () => {
      const { store } = open();
      const { organizationId, images } = await threeImages();
      await store.triage.decide(organizationId, [{ ...bash, scopeKey: 'registry.example/a', hadFix: false }], { ...decision, reopenWhenFixed: true });
      await store.triage.endDue();
      expect(await inState(organizationId, 'not_affected')).toEqual(['a:1', 'a:2']);
      const [first, ...others] = matching().findings;
      await store.findings.replace(organizationId, images[0]!.contentId ?? (await store.images.find(organizationId, images[0]!.id))?.contentId ?? '', matching({ findings: [{ ...first!, fixState: 'fixed', fixVersion: '6' }, ...others] }));
      expect(await inState(organizationId, 'untriaged')).toEqual(['a:1', 'a:2', 'b:1']);
      await store.triage.endDue();
      expect((await store.triage.list(organizationId, bash, { first: 5 })).items).toMatchObject([{ end: 'fix-available' }]);
    });
  });
}
