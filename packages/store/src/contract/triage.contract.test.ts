import { describe, expect, test } from 'vitest';
import type { FindingFilter } from '../finding-records.js';
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
  /** Images whose finding in bash is in one of the states. */
  const inState = async (organizationId: string, ...states: NonNullable<FindingFilter['triage']>['states']) => {
    const filter = { vulnerability: bash.vulnerability, triage: { states, at: open().clock.now() } };
    const images = await open().store.images.list(organizationId, {}, { first: 10 });
    const { items } = await open().store.findings.list(organizationId, filter, 'importance', { first: 10 });
    expect(await open().store.findings.count(organizationId, filter)).toEqual({ count: items.length, exact: true });
    return images.items.filter(({ id }) => items.some((item) => item.imageId === id)).map(({ repository, tag }) => `${repository}:${tag}`);
  };

  test('a decision about an image name holds for all its tags, and for no other name', async () => {
    const { store } = open();
    const { organizationId, images } = await threeImages();
    const targets = await store.triage.targets(organizationId, { imageId: images[0]!.id, vulnerability: bash.vulnerability }, 'image', 10);
    expect(targets).toEqual([{ ...bash, scopeKey: 'registry.example/a', hadFix: false }]);
    const [made] = await store.triage.decide(organizationId, targets, decision);
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

  test('a later decision takes the place of the earlier, which stays in the history', async () => {
    const { store, clock } = open();
    const { organizationId } = await threeImages();
    const target = { ...bash, scopeKey: '', hadFix: false };
    const [first] = await store.triage.decide(organizationId, [target], { ...decision, scope: 'everywhere' });
    const endedAt = clock.advance(1000);
    const [second] = await store.triage.decide(organizationId, [target], { ...decision, scope: 'everywhere', state: 'affected' });
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
