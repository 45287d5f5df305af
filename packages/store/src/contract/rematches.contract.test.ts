import { describe, expect, test } from 'vitest';
import type { FindingInput } from '../finding-records.js';
import { findingsDigest } from '../findings-digest.js';
import { matching } from './findings.contract.test.js';
import { connectInput, connectOne, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const zlib = 1001;
const bash = 2002;
const now = { revision: 'r2', advisoriesAt: new Date('2030-01-02T06:00:00Z'), matcherVersion: '1' };

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** What a later match promises, on any database. */
export function testRematches(open: () => TestStore): void {
  /** Components that say what they ask for. */
  const result = (changes: Parameters<typeof scanResult>[0] = {}) => {
    const plain = scanResult();
    const components = plain.components.map((component) => ({ ...component, lookUps: component.name === 'zlib1g' ? [zlib, 7] : component.name === 'bash' ? [1, 2, 3, 4, bash] : [] }));
    return scanResult({ components, matching: matching(), ...changes });
  };

  /** Two images with the same packages in contents of their own, and nothing else in the store to be matched again. */
  const twoImages = async () => {
    const { store, pool } = open();
    await pool.query('update esscm.matchings set held_revision = $1', [now.revision]);
    await pool.query('update esscm.tracked_images set content_id = null where content_id not in (select content_id from esscm.matchings)');
    const organizationId = await createOrganization(open());
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1')] }));
    const contentIds: string[] = [];
    for (const [index, { id }] of scans.entries()) contentIds.push((await store.scans.complete(id, result({ digest: `sha256:${String(index).repeat(64)}` })))?.contentId ?? '');
    return { organizationId, images, contentIds: contentIds.toSorted() };
  };
  const found = async (organizationId: string) =>
    (await open().store.findings.list(organizationId, {}, 'vulnerability', { first: 100 })).items.map(({ vulnerability, packageVersion, severity }) => `${vulnerability} ${packageVersion} ${severity}`);
  const happened = async (organizationId: string) =>
    (await open().store.findings.events(organizationId, {}, { first: 100 })).items.map(({ kind, cause, vulnerability, changes }) => [kind, cause, vulnerability, ...(changes === undefined ? [] : [changes])]);

  const because = (reason: string) => ({ reason: [null, reason] });

  test('results made while other advisories were held are behind, and come in batches', async () => {
    const { store } = open();
    const { contentIds, organizationId } = await twoImages();
    expect(await store.rematches.behind(now)).toEqual([{ heldRevision: 'r1', matcherVersion: '1', contents: 2 }]);
    expect(await store.rematches.behind({ revision: 'r1', matcherVersion: '1' })).not.toContainEqual(expect.objectContaining({ heldRevision: 'r1' }));
    const from = { heldRevision: 'r1', matcherVersion: '1' };
    const [first, second] = contentIds.map((contentId) => ({ contentId, organizationId, stamp: expect.any(String), isSample: false, whole: false }));
    expect(await store.rematches.next(from, [], '', 1)).toEqual([first]);
    expect(await store.rematches.next(from, [], contentIds[0]!, 5)).toEqual([second]);
  });

  test('a content that waits for an ecosystem, or was judged by something else, is looked at whole', async () => {
    const { store } = open();
    const { contentIds, organizationId } = await twoImages();
    await store.findings.replace(organizationId, contentIds[0]!, matching({ missingEcosystems: ['npm', 'Debian:13'] }));
    await store.findings.replace(organizationId, contentIds[1]!, matching({ revision: 'sample' }));
    const whole = async (ecosystems: readonly string[]) => (await store.rematches.next({ heldRevision: 'r1', matcherVersion: '1' }, ecosystems, '', 5)).map((content) => content.whole);
    expect(await whole(['PyPI'])).toEqual([false, true]);
    expect(await whole(['PyPI', 'npm'])).toEqual([true, true]);
  });

  test('what tells whether ecosystems concern a content is given where some came or went', async () => {
    const { store } = open();
    await twoImages();
    const concerned = async (ecosystems: readonly string[]) => (await store.rematches.next({ heldRevision: 'r1', matcherVersion: '1' }, ecosystems, '', 1)).map(({ concernedBy }) => concernedBy);
    expect(await concerned([])).toEqual([undefined]);
    expect(await concerned(['PyPI'])).toEqual([{ packageTypes: ['deb', 'npm'], distribution: { id: 'debian', idLike: [] } }]);
  });

  test('what decides about ends of support is given, and notices are replaced unless the content was matched since', async () => {
    const { store } = open();
    const { contentIds, organizationId } = await twoImages();
    const facts = await store.rematches.supportFacts(['pkg:deb/debian/zlib1g'], ['deb'], '', 1_000);
    const [zlib] = scanResult().components.filter(({ name }) => name === 'zlib1g');
    const runtimes = [{ ecosystem: 'deb', version: zlib?.version, packageUrl: zlib?.packageUrl }];
    expect(facts.filter(({ contentId }) => contentIds.includes(contentId))).toEqual(
      contentIds.map((contentId) => ({ contentId, stamp: expect.any(String), distribution: { id: 'debian', idLike: [] }, packageCount: result().components.filter(({ ecosystem }) => ecosystem === 'deb').length, runtimes, notices: matching().notices })),
    );
    const notices = [{ code: 'distribution-unsupported', message: 'It is over.', componentCount: 2 }];
    await store.findings.replace(organizationId, contentIds[1]!, matching());
    expect(await store.rematches.setNotices(facts.filter(({ contentId }) => contentIds.includes(contentId)).map((each) => ({ ...each, notices })))).toBe(1);
    const matchings = await store.findings.matchingsOf(organizationId, contentIds);
    expect(contentIds.map((contentId) => matchings.get(contentId)?.notices)).toEqual([notices, matching().notices]);
    expect((await store.rematches.supportFacts([], ['deb'], contentIds[1]!, 1_000)).filter(({ contentId }) => contentIds.includes(contentId))).toEqual([]);
  });

  test('what another process judged by advisories imported later is left to it', async () => {
    const { store, clock } = open();
    clock.advance(4 * 24 * 3_600_000);
    const { contentIds, organizationId } = await twoImages();
    await store.findings.replace(organizationId, contentIds[0]!, matching({ revision: 'r3', heldRevision: 'r3', advisoriesAt: new Date('2030-01-03T06:00:00Z') }));
    expect(await store.rematches.behind(now)).toEqual([{ heldRevision: 'r1', matcherVersion: '1', contents: 1 }]);
    expect(await store.rematches.next({ heldRevision: 'r3', matcherVersion: '1', advisoriesAt: now.advisoriesAt }, [], '', 5)).toEqual([]);
    const later = { ...now, revision: 'r4', advisoriesAt: new Date('2030-01-04T06:00:00Z') };
    expect(await store.rematches.behind(later)).toContainEqual({ heldRevision: 'r3', matcherVersion: '1', contents: 1 });
    expect(await store.rematches.next({ heldRevision: 'r3', matcherVersion: '1', advisoriesAt: later.advisoriesAt }, [], '', 5)).toMatchObject([{ contentId: contentIds[0] }]);
  });

  test('what a wrong clock dated in the future is made again all the same', async () => {
    const { store, clock } = open();
    const { contentIds, organizationId } = await twoImages();
    const wrong = new Date(clock.now().getTime() + 2 * 3_600_000);
    await store.findings.replace(organizationId, contentIds[0]!, matching({ revision: 'r6', heldRevision: 'r6', advisoriesAt: wrong }));
    const right = { ...now, advisoriesAt: clock.now() };
    expect(await store.rematches.behind(right)).toContainEqual({ heldRevision: 'r6', matcherVersion: '1', contents: 1 });
    expect(await store.rematches.next({ heldRevision: 'r6', matcherVersion: '1', advisoriesAt: right.advisoriesAt }, [], '', 5)).toMatchObject([{ contentId: contentIds[0] }]);
  });

  test('a content that cannot be judged is passed over until there are other advisories, and keeps what it had', async () => {
    const { store } = open();
    const { contentIds, organizationId } = await twoImages();
    const before = (await store.findings.matchingsOf(organizationId, contentIds)).get(contentIds[0]!);
    const seen = { ...now, revision: 'r5' };
    for (const contentId of contentIds) await store.rematches.passOver(organizationId, contentId, seen);
    expect(await store.rematches.behind(seen)).not.toContainEqual(expect.objectContaining({ heldRevision: 'r1' }));
    expect((await store.findings.matchingsOf(organizationId, contentIds)).get(contentIds[0]!)).toEqual({ ...before, heldRevision: 'r5' });
    expect(await store.rematches.next({ heldRevision: 'r5', matcherVersion: '1' }, [], '', 5)).toEqual(contentIds.map((contentId) => expect.objectContaining({ contentId, whole: true })));
    const another = await createOrganization(open());
    const { scan } = await connectOne(open(), another);
    const neverMatched = (await store.scans.complete(scan.id, scanResult({ digest: `sha256:${'8'.repeat(64)}` })))?.contentId ?? '';
    await store.rematches.passOver(another, neverMatched, seen);
    expect((await store.findings.matchingsOf(another, [neverMatched])).get(neverMatched)).toMatchObject({ state: 'unmatched', notices: [{ code: 'catalogue-unreadable' }] });
  });

  test('a content that was never matched is behind', async () => {
    const { store } = open();
    await twoImages();
    const one = await connectOne(open(), await createOrganization(open()));
    const contentId = (await store.scans.complete(one.scan.id, scanResult({ digest: `sha256:${'8'.repeat(64)}` })))?.contentId;
    expect(await store.rematches.behind(now)).toContainEqual({ matcherVersion: '', contents: 1 });
    expect(await store.rematches.next({ matcherVersion: '' }, [], '', 5)).toEqual([expect.objectContaining({ contentId, whole: true })]);
  });

  describe('of components that ask for what changed', () => {
    /** The groups with what a matcher would see of each. */
    const groups = async (contentIds: readonly string[], lookUps: readonly number[]) => {
      const { rematches } = open().store;
      const found = await rematches.groups(contentIds, lookUps);
      const compared = await rematches.compared(found.flatMap(({ places: [first] }) => first ?? []));
      return found.map((group, index) => ({ ...group, ...compared[index]! }));
    };
    const stamped = (contentIds: readonly string[]) => open().store.rematches.next({ heldRevision: 'r1', matcherVersion: '1' }, [], '', 5).then((all) => all.filter(({ contentId }) => contentIds.includes(contentId)));

    test('those alike are one group over all contents, with the digest of what they have', async () => {
      const { store } = open();
      const { contentIds } = await twoImages();
      const findings = matching().findings.filter((finding) => finding.componentId.includes('zlib'));
      expect(await groups(contentIds, [zlib])).toEqual([
        {
          identity: expect.stringMatching(/^[0-9a-f]{64}$/),
          state: expect.stringMatching(/^2 /),
          places: contentIds.map((contentId) => ({ contentId, position: expect.any(Number) })),
          digest: findingsDigest(findings),
          distribution: { id: 'debian', idLike: [] },
          component: { id: 'pkg:deb/debian/zlib1g@1.3', ecosystem: 'deb', name: 'zlib1g', version: '1.3', packageUrl: 'pkg:deb/debian/zlib1g@1.3?distro=debian-13', supplier: 'Debian' },
        },
      ]);
      expect((await groups(contentIds, [bash])).map(({ component, digest, places }) => [component.version, digest === findingsDigest([]), places.length]).toSorted(byText)).toEqual([['5.10', true, 2], ['5.2', false, 2]]);
      expect(await store.rematches.groups(contentIds, [99])).toEqual([]);
      expect(await store.rematches.groups(contentIds, [])).toEqual([]);
      expect(await store.rematches.compared([])).toEqual([]);
    });

    test('those of which one is known to be exploited are a group of their own', async () => {
      const { pool } = open();
      const { contentIds } = await twoImages();
      await pool.query('update esscm.findings set exploited_since = $1 where content_id = $2', ['2030-01-01', contentIds[0]]);
      expect((await groups(contentIds, [zlib])).map(({ places }) => places.length)).toEqual([1, 1]);
    });

    test('what is owned by one of them is among them, with its owner', async () => {
      const { store } = open();
      const plain = result();
      const owner = plain.components[0]!;
      const one = await connectOne(open(), await createOrganization(open()));
      const components = plain.components.map((component) => (component.name === 'lodash' ? { ...component, ownedBy: owner.id, matchFacts: { architecture: 'all' } } : component));
      const contentId = (await store.scans.complete(one.scan.id, result({ components })))?.contentId ?? '';
      const found = await groups([contentId], [zlib]);
      expect(found.map(({ component, owner: of }) => [component.name, component.matchFacts, of?.name]).toSorted(byText)).toEqual([['lodash', { architecture: 'all' }, 'zlib1g'], ['zlib1g', undefined, undefined]]);
    });

    test('every one takes the new findings; what happened is noted for each image, and the first days stay', async () => {
      const { store, clock } = open();
      const { organizationId, images, contentIds } = await twoImages();
      const before = clock.now();
      const contents = await stamped(contentIds);
      const [group] = await store.rematches.groups(contentIds, [zlib]);
      const [, second, third] = matching().findings;
      const changed: FindingInput = { ...third!, severity: 'low', fixState: 'fixed', fixVersion: '2.0', fingerprint: 'changed' };
      const added: FindingInput = { ...second!, vulnerability: 'CVE-2030-7', severity: 'medium', fingerprint: 'added', detail: { ...second!.detail, summary: 'new' } };
      const at = clock.advance(1000);
      expect(await store.rematches.write(contents, [{ places: group!.places, findings: [changed, added], suppressedBy: 2 }], now)).toBe(6);
      expect(await found(organizationId)).toEqual(['CVE-2029-1 5.2 medium', 'CVE-2029-1 5.2 medium', 'CVE-2029-3 1.3 low', 'CVE-2029-3 1.3 low', 'CVE-2029-4 4.17.21 unknown', 'CVE-2029-4 4.17.21 unknown', 'CVE-2030-7 1.3 medium', 'CVE-2030-7 1.3 medium']);
      expect((await happened(organizationId)).toSorted(byText)).toEqual(
        [0, 1].flatMap(() => [
          ['changed', 'advisories', 'CVE-2029-3', { severity: ['critical', 'low'], fixVersion: [null, '2.0'], fixState: ['unfixed', 'fixed'] }],
          ['new', 'advisories', 'CVE-2030-7'],
          ['resolved', 'advisories', 'CVE-2029-2'],
        ]).toSorted(byText),
      );
      const { items } = await store.findings.events(organizationId, { imageId: images[0]!.id, vulnerability: 'CVE-2030-7' }, { first: 5 });
      expect(items).toEqual([{ id: expect.any(Number), imageId: images[0]!.id, kind: 'new', cause: 'advisories', at, revision: 'r2', vulnerability: 'CVE-2030-7', packageKey: 'pkg:deb/debian/zlib1g', packageName: 'zlib1g', packageVersion: '1.3', severity: 'medium', fixVersion: '1.4' }]);
      const seen = await store.findings.list(organizationId, { imageId: images[0]!.id, packageKey: 'pkg:deb/debian/zlib1g' }, 'vulnerability', { first: 5 });
      expect(seen.items.map((item) => [item.vulnerability, item.firstSeenAt])).toEqual([['CVE-2029-3', before], ['CVE-2030-7', at]]);
      expect((await store.findings.matchingsOf(organizationId, contentIds)).get(contentIds[0]!)).toMatchObject({ revision: 'r2', heldRevision: 'r2', advisoriesAt: now.advisoriesAt, matchedAt: at, counts: { critical: 0, medium: 2, low: 1 }, fixableCount: 2, exploitedCount: 1, suppressedCount: matching().suppressedCount + 2 });
      expect(await store.findings.details(organizationId, ['added'])).toEqual(new Map([['added', added.detail]]));
    });

    test('a content that was judged by something else in the meantime is left alone, the others are not', async () => {
      const { store } = open();
      const { organizationId, contentIds } = await twoImages();
      const contents = await stamped(contentIds);
      const [group] = await store.rematches.groups(contentIds, [zlib]);
      const [first] = matching().findings;
      await store.findings.replace(organizationId, contentIds[0]!, matching({ findings: [first!] }));
      await store.rematches.write(contents, [{ places: group!.places, findings: [], suppressedBy: 0 }], now);
      expect(await found(organizationId)).toEqual(['CVE-2029-1 5.2 medium', 'CVE-2029-1 5.2 medium', 'CVE-2029-4 4.17.21 unknown']);
      expect(await store.rematches.behind(now)).toEqual([{ heldRevision: 'r1', matcherVersion: '1', contents: 1 }]);
    });

    test('a content for which nothing changed is judged all the same', async () => {
      const { store } = open();
      const { contentIds } = await twoImages();
      expect(await store.rematches.write(await stamped(contentIds), [], now)).toBe(0);
      expect(await store.rematches.behind(now)).toEqual([]);
    });
  });

  test('what is known of exploitation is set wherever it changed, in order and in counts', async () => {
    const { store } = open();
    const { organizationId, contentIds } = await twoImages();
    expect((await store.rematches.vulnerabilities('CVE-2029-3', 2))[0]).toBe('CVE-2029-4');
    const known = [
      { vulnerability: 'CVE-2029-1', epss: 0.5001, epssPercentile: 0.9, ransomware: false },
      { vulnerability: 'CVE-2029-3', epss: 0.97, exploitedSince: '2030-01-01', exploitedDue: '2030-01-20', ransomware: true },
    ];
    await store.rematches.setExploitation(known);
    const { items } = await store.findings.list(organizationId, { imageName: 'registry.example/a' }, 'importance', { first: 2 });
    expect(items.map(({ vulnerability, exploitedSince, ransomware }) => [vulnerability, exploitedSince, ransomware])).toEqual([['CVE-2029-3', '2030-01-01', true], ['CVE-2029-2', '2029-11-01', true]]);
    expect((await store.findings.matchingsOf(organizationId, contentIds)).get(contentIds[0]!)).toMatchObject({ exploitedCount: 2 });
    expect(await store.rematches.setExploitation(known)).toBe(0);
  });

  test('an image that shows another content says what it has no longer and what anew', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const one = await connectOne(open(), organizationId);
    await store.scans.complete(one.scan.id, result());
    const again = async (changes: Parameters<typeof scanResult>[0]) => {
      const scan = await store.scans.request({ organizationId, trackedImageId: one.image.id, trigger: 'user', requestedBy: 'u' });
      await store.scans.complete(scan.id, result(changes));
    };
    const [first, , third] = matching().findings;
    await again({ digest: `sha256:${'2'.repeat(64)}`, matching: matching({ findings: [first!, { ...third!, vulnerability: 'CVE-2030-8', fingerprint: 'x' }] }) });
    expect((await happened(organizationId)).toSorted(byText)).toEqual([
      ['new', 'scan', 'CVE-2030-8'],
      ['resolved', 'scan', 'CVE-2029-2', because('zlib1g 1.3 is in the image still, and the advisories say no longer that it is affected')],
      ['resolved', 'scan', 'CVE-2029-3', because('zlib1g 1.3 is in the image still, and the advisories say no longer that it is affected')],
      ['resolved', 'scan', 'CVE-2029-4', because('lodash 4.17.21 is in the image still, and the advisories say no longer that it is affected')],
    ]);
    await again({ digest: `sha256:${'3'.repeat(64)}`, matching: matching({ state: 'unmatched', findings: [] }) });
    expect(await happened(organizationId)).toHaveLength(4);
  });

  test.each<[string, Parameters<typeof scanResult>[0], readonly (readonly [string, string])[]]>([
    [
      'a package that is gone',
      { components: result().components.filter(({ name }) => name !== 'lodash') },
      [['CVE-2029-4', 'lodash is in the image no longer']],
    ],
    [
      'another version, and whether that is said to be fixed',
      { components: result().components.map((component) => (component.name === 'zlib1g' || component.name === 'bash' ? { ...component, id: `${component.name} 6`, version: '6', packageUrl: `pkg:deb/debian/${component.name}@6` } : component)) },
      [
        ['CVE-2029-1', 'bash was 5.2 and is 6 now'],
        ['CVE-2029-2', 'zlib1g was 1.3 and is 6 now, fixed in 1.4'],
        ['CVE-2029-3', 'zlib1g was 1.3 and is 6 now'],
      ],
    ],
    [
      'another platform',
      { platform: 'linux/arm64', components: result().components.filter(({ name }) => name !== 'lodash') },
      [['CVE-2029-4', 'the image was scanned for linux/arm64 instead of linux/amd64: lodash is in the image no longer']],
    ],
  ])('why a finding is resolved: %s', async (_, changes, reasons) => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const one = await connectOne(open(), organizationId);
    await store.scans.complete(one.scan.id, result());
    const gone = new Set(reasons.map(([vulnerability]) => vulnerability));
    const scan = await store.scans.request({ organizationId, trackedImageId: one.image.id, trigger: 'user', requestedBy: 'u' });
    await store.scans.complete(scan.id, result({ digest: `sha256:${'2'.repeat(64)}`, matching: matching({ findings: matching().findings.filter(({ vulnerability }) => !gone.has(vulnerability)) }), ...changes }));
    expect((await happened(organizationId)).toSorted(byText)).toEqual(reasons.map(([vulnerability, reason]) => ['resolved', 'scan', vulnerability, because(reason)]));
  });

  test('why another match of the same content resolved a finding is kept, where it was told', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const one = await connectOne(open(), organizationId);
    const contentId = (await store.scans.complete(one.scan.id, result()))?.contentId ?? '';
    const evidence = await store.findings.evidenceOf(organizationId, contentId);
    expect(evidence.map(({ vulnerability }) => vulnerability).toSorted()).toEqual(['CVE-2029-1', 'CVE-2029-2', 'CVE-2029-3', 'CVE-2029-4']);
    expect(evidence.find(({ vulnerability }) => vulnerability === 'CVE-2029-1')?.evidence).toEqual(matching().findings[0]?.detail.evidence);
    const [first, second, third] = matching().findings;
    const resolvedBecause = [{ componentId: second?.componentId ?? '', vulnerability: 'CVE-2029-2', reason: 'CVE-2029-2 was withdrawn on 2029-12-31' }];
    await store.findings.replace(organizationId, contentId, matching({ findings: [first!, { ...third!, class: 'negligible', hidden: true }], resolvedBecause }));
    expect((await happened(organizationId)).toSorted(byText)).toEqual([
      ['resolved', 'advisories', 'CVE-2029-2', because('CVE-2029-2 was withdrawn on 2029-12-31')],
      ['resolved', 'advisories', 'CVE-2029-3', because('it counts as negligible now, which is hidden')],
      ['resolved', 'advisories', 'CVE-2029-4'],
    ]);
  });

  test('another match of the same content says what changed, but its first match has no history', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const one = await connectOne(open(), organizationId);
    const contentId = (await store.scans.complete(one.scan.id, result({ matching: matching({ state: 'unmatched', findings: [] }) })))?.contentId ?? '';
    await store.findings.replace(organizationId, contentId, matching());
    expect(await happened(organizationId)).toEqual([]);
    const [first, second] = matching().findings;
    await store.findings.replace(organizationId, contentId, matching({ findings: [{ ...first!, severity: 'high' }, second!] }));
    expect((await happened(organizationId)).toSorted(byText)).toEqual([
      ['changed', 'advisories', 'CVE-2029-1', { severity: ['medium', 'high'] }],
      ['resolved', 'advisories', 'CVE-2029-3'],
      ['resolved', 'advisories', 'CVE-2029-4'],
    ]);
  });
}
