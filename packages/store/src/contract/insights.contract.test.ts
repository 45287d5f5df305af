import { describe, expect, test } from 'vitest';
import type { ImageCoverage } from '../coverage-records.js';
import { recordFindingDay } from '../record-finding-day.js';
import { finding, matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, layerDigests, scanResult, type TestStore } from './open-test-store.support.test.js';

const dayMs = 86_400_000;
const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

/** What the figures over all images promise, on any database. */
export function testInsights(open: () => TestStore): void {
  test('findings are counted by how long ago they were first seen, and each age can be listed', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId));
    const ended = await store.scans.complete(scans[0]!.id, scanResult({ matching: matching({ findings: [finding('bash@5.2', 'CVE-1', { severity: 'critical' })] }) }));
    clock.advance(23 * dayMs);
    await store.findings.replace(organizationId, ended?.contentId ?? '', matching({ findings: [finding('bash@5.2', 'CVE-1', { severity: 'critical' }), finding('bash@5.2', 'CVE-2'), finding('bash@5.2', 'CVE-3', { hidden: true })] }));
    const now = clock.advance(7 * dayMs + 1);
    expect(await store.findings.countByAge(organizationId, {}, now)).toEqual([
      { fromDays: 0, toDays: 7, counts: none },
      { fromDays: 7, toDays: 30, counts: { ...none, high: 1 } },
      { fromDays: 30, toDays: 90, counts: { ...none, critical: 1 } },
      { fromDays: 90, toDays: 365, counts: none },
      { fromDays: 365, counts: none },
    ]);
    const before = new Date(now.getTime() - 20 * dayMs);
    expect((await store.findings.list(organizationId, { firstSeenBefore: before }, 'importance', { first: 5 })).items.map(({ vulnerability }) => vulnerability)).toEqual(['CVE-1']);
    expect(await store.findings.count(organizationId, { firstSeenSince: before })).toEqual({ count: 1, exact: true });
  });

  test('images are counted and listed by what is known of them', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const tags = ['current', 'stale', 'partial catalogue', 'partial match', 'unmatched', 'no advisories', 'failed', 'waiting', 'failed again'];
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: tags.map((tag) => image('shop', tag)) }));
    const now = clock.now();
    const fresh = { advisoriesAt: new Date(now.getTime() - 47 * 3_600_000) };
    const results: Readonly<Record<string, Parameters<typeof scanResult>[0]>> = {
      current: { matching: matching(fresh) },
      stale: { matching: matching({ advisoriesAt: new Date(now.getTime() - 49 * 3_600_000) }) },
      'partial catalogue': { partial: true, matching: matching(fresh) },
      'partial match': { matching: matching({ ...fresh, state: 'partial' }) },
      unmatched: {},
      'no advisories': { matching: matching({ ...fresh, state: 'unmatched', findings: [] }) },
      'failed again': { matching: matching(fresh) },
    };
    const failure = { code: 'access-denied', heading: 'Access denied', message: 'no', remedy: 'ask', retryable: false };
    for (const [index, tag] of tags.entries()) {
      const scan = scans[index]!;
      if (results[tag] !== undefined) await store.scans.complete(scan.id, scanResult({ digest: digestOf(String(index)), ...results[tag] }));
      if (tag === 'failed') await store.scans.fail(scan.id, failure);
    }
    const again = await store.scans.request({ organizationId, trackedImageId: images.at(-1)!.id, trigger: 'user', requestedBy: 'user-1' });
    await store.scans.fail(again.id, failure);
    expect(await store.images.countByCoverage(organizationId, now)).toEqual({ current: 2, stale: 1, partial: 1, partlyJudged: 1, notJudged: 2, failed: 1, notScanned: 1 });
    const listed = async (...kinds: ImageCoverage[]) =>
      (await store.images.list(organizationId, { coverage: { kinds, at: now } }, { first: 20 })).items.map(({ tag }) => tag);
    expect(await listed('notJudged', 'failed')).toEqual(['failed', 'no advisories', 'unmatched']);
    expect(await listed('current')).toEqual(['current', 'failed again']);
    const all = (await store.images.list(organizationId, {}, { first: 20 })).items;
    const known = await store.images.coverageOf(organizationId, all.map(({ id }) => id), now);
    expect(await listed('partlyJudged')).toEqual(all.filter(({ id }) => known.get(id) === 'partlyJudged').map(({ tag }) => tag));
    expect([...known.values()].toSorted()).toEqual(['current', 'current', 'failed', 'notJudged', 'notJudged', 'notScanned', 'partial', 'partlyJudged', 'stale']);
  });

  test('a base image is told with what its layers bring in and a newer one can mend', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('shop', '1'), image('batch', '1', { projectName: 'Batch' }), image('other', '1')] }));
    const mended = { fixState: 'fixed', fixVersion: '9' };
    // bash 5.2 is in the layer of the base, bash 5.10 in the one above it.
    const findings = [finding('bash@5.2', 'CVE-1', { ...mended, severity: 'critical', exploitedSince: '2029-01-01' }), finding('bash@5.10', 'CVE-2', mended), finding('zlib1g@1.3', 'CVE-3'), finding('zlib1g@1.3', 'CVE-4', mended)];
    const base = { name: 'docker.io/library/debian:13', layerCount: 1 };
    for (const [index, scan] of scans.entries()) await store.scans.complete(scan.id, scanResult({ digest: digestOf(String(index)), matching: matching({ findings }), ...(index < 2 && { base }) }));
    expect(await store.fixes.bases(organizationId, { limit: 5 })).toEqual([
      { baseDiffId: layerDigests[0], name: 'docker.io/library/debian:13', distributionName: 'Debian GNU/Linux 13 (trixie)', critical: 2, high: 2, medium: 0, low: 0, findingCount: 4, exploitedCount: 2, imageCount: 2, projectCount: 2, packageCount: 2, outOf: 1 },
    ]);
    const ofOne = async (imageId: string) => (await store.fixes.bases(organizationId, { imageId, limit: 5 })).map(({ name, findingCount, imageCount }) => ({ name, findingCount, imageCount }));
    expect(await ofOne(images[0]!.id)).toEqual([{ name: 'docker.io/library/debian:13', findingCount: 2, imageCount: 1 }]);
    expect(await ofOne(images[2]!.id)).toEqual([]);
    expect(await store.findings.count(organizationId, { baseDiffId: layerDigests[0]!, fixAvailable: true })).toEqual({ count: 4, exact: true });
    expect(await store.findings.count(organizationId, { baseDiffId: digestOf('7') })).toEqual({ count: 0, exact: true });
  });

  test('components are told with their findings, the worst first, and so are layers', async () => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId, { images: [image('shop', '1'), image('raw', '1')] }));
    // bash 5.2 is in the first layer, bash 5.10 in the second.
    const findings = [finding('bash@5.10', 'CVE-1', { severity: 'critical' }), finding('bash@5.2', 'CVE-2'), finding('bash@5.2', 'CVE-3', { severity: 'low' }), finding('zlib1g@1.3', 'CVE-4'), finding('zlib1g@1.3', 'CVE-5', { hidden: true })];
    const matched = await store.scans.complete(scans[0]!.id, scanResult({ digest: digestOf('1'), matching: matching({ findings }) }));
    const unmatched = await store.scans.complete(scans[1]!.id, scanResult({ digest: digestOf('2') }));
    const pages = async (by: 'name' | 'findings') => {
      const told: string[] = [];
      for (let after: string | undefined; ; ) {
        const { items, nextCursor } = await store.contents.components(organizationId, matched?.contentId ?? '', {}, { first: 2, ...(after !== undefined && { after }) }, { by });
        told.push(...items.map(({ name, version, findingCounts }) => `${name} ${version} ${findingCounts?.critical} ${findingCounts?.high} ${findingCounts?.low}`));
        if (nextCursor === undefined) return told;
        after = nextCursor;
      }
    };
    const worst = await pages('findings');
    expect(worst.slice(0, 3)).toEqual(['bash 5.10 1 0 0', 'bash 5.2 0 1 1', 'zlib1g 1.3 0 1 0']);
    expect(worst.toSorted()).toEqual((await pages('name')).toSorted());
    expect((await store.contents.components(organizationId, unmatched?.contentId ?? '', {}, { first: 1 }, { by: 'findings' })).items[0]?.findingCounts).toBeUndefined();
    const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
    expect(await store.contents.findingsByLayer(organizationId, matched?.contentId ?? '')).toEqual([
      { layerIndex: 0, counts: { ...none, high: 2, low: 1 }, componentCount: 2 },
      { layerIndex: 1, counts: { ...none, critical: 1 }, componentCount: 1 },
    ]);
    expect(await store.contents.findingsByLayer(organizationId, unmatched?.contentId ?? '')).toEqual([]);
    expect((await store.contents.findingsByComponent(organizationId, matched?.contentId ?? '')).map(({ componentId, counts }) => [componentId, counts])).toEqual([
      ['pkg:deb/debian/bash@5.10', { ...none, critical: 1 }],
      ['pkg:deb/debian/bash@5.2', { ...none, high: 1, low: 1 }],
      ['pkg:deb/debian/zlib1g@1.3', { ...none, high: 1 }],
    ]);
    expect(await store.contents.findingsByComponent(await createOrganization(open()), matched?.contentId ?? '')).toEqual([]);
  });

  describe('findings of projects by day', () => {
    /** Version 1 with two images, one of them not judged, and version 2 with one. */
    const twoVersions = async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { images, scans } = await store.connections.connect(connectInput(organizationId, { images: [image('shop', '1'), image('shop', '2', { projectVersion: '2.0' }), image('jobs', '1')] }));
      const first = await store.scans.complete(scans[0]!.id, scanResult({ digest: digestOf('1'), matching: matching() }));
      await store.scans.complete(scans[1]!.id, scanResult({ digest: digestOf('2'), matching: matching({ findings: [finding('bash@5.2', 'CVE-9', { severity: 'low' })] }) }));
      const [project] = (await store.projects.list(organizationId, { first: 1 })).items;
      return { store, clock, organizationId, projectId: project?.id ?? '', images, scans, contentId: first?.contentId ?? '' };
    };
    const day = (date: string, counts: object) => ({ day: date, critical: 0, high: 0, medium: 0, low: 0, exploited: 0, ...counts });

    test('are what each version has in the evening, and say how many images were judged', async () => {
      const { store, clock, organizationId, projectId, images } = await twoVersions();
      await recordFindingDay(store, organizationId, clock.now());
      const whole = day('2030-01-01', { critical: 2, medium: 1, low: 1, exploited: 1, imageCount: 3, judgedImageCount: 2 });
      const wanted = { projectId, since: '2030-01-01' };
      const today = clock.now().toISOString().slice(0, 10);
      expect(await store.projectFindingDays.list(organizationId, wanted)).toEqual([{ ...whole, day: today }]);
      expect(await store.projectFindingDays.list(organizationId, { ...wanted, projectVersionId: images[1]!.projectVersionId })).toEqual([day(today, { low: 1, imageCount: 1, judgedImageCount: 1 })]);
      expect(await store.projectFindingDays.list(organizationId, { ...wanted, since: '2999-01-01' })).toEqual([]);
    });

    test('are told for earlier days from events, where these give the truth', async () => {
      const { store, clock, organizationId, projectId, images, scans, contentId } = await twoVersions();
      const past = async () => {
        const now = clock.now();
        const { counts: { critical, high, medium, low } } = await store.findings.countBySeverity(organizationId, {});
        await store.findingDays.record(organizationId, { day: now.toISOString().slice(0, 10), critical, high, medium, low, exploited: 0, imageCount: 3 });
        return now.toISOString().slice(0, 10);
      };
      const firstDay = await past();
      clock.advance(dayMs);
      // Two are gone, one is rated otherwise, one is new.
      await store.findings.replace(organizationId, contentId, matching({ findings: [finding('bash@5.2', 'CVE-2029-1', { severity: 'high' }), finding('bash@5.2', 'CVE-7', { severity: 'low' })] }));
      const secondDay = await past();
      clock.advance(dayMs);
      await store.scans.complete(scans[2]!.id, scanResult({ digest: digestOf('3'), matching: matching() }));
      await store.projectFindingDays.recordAll(organizationId, clock.now());
      const ofVersion = async (index: number) => (await store.projectFindingDays.list(organizationId, { projectId, projectVersionId: images[index]!.projectVersionId, since: firstDay })).map(({ day: date, critical, high, medium, low, imageCount }) => [date, critical, high, medium, low, imageCount]);
      const lastDay = clock.now().toISOString().slice(0, 10);
      // The other image of version 1 had no result on the first two days, so that nobody can say what it had.
      expect(await ofVersion(0)).toEqual([[lastDay, 2, 1, 1, 1, 2]]);
      expect(await ofVersion(1)).toEqual([[firstDay, 0, 0, 0, 1, 1], [secondDay, 0, 0, 0, 1, 1], [lastDay, 0, 0, 0, 1, 1]]);
    });

    test('go back over what became new, was resolved and was rated otherwise', async () => {
      const { store, clock } = open();
      const organizationId = await createOrganization(open());
      const { scans } = await store.connections.connect(connectInput(organizationId));
      const ended = await store.scans.complete(scans[0]!.id, scanResult({ matching: matching() }));
      const [project] = (await store.projects.list(organizationId, { first: 1 })).items;
      const days: string[] = [];
      const evening = async (imageCount: number) => {
        days.push(clock.now().toISOString().slice(0, 10));
        await store.findingDays.record(organizationId, { day: days.at(-1)!, critical: 0, high: 0, medium: 0, low: 0, exploited: 0, imageCount });
        clock.advance(dayMs);
      };
      await evening(1);
      await store.findings.replace(organizationId, ended?.contentId ?? '', matching({ findings: [finding('bash@5.2', 'CVE-2029-1', { severity: 'high' }), finding('bash@5.2', 'CVE-7', { severity: 'low' })] }));
      await evening(1);
      // On this day another image was there that is deleted by now.
      await evening(2);
      await store.projectFindingDays.recordAll(organizationId, clock.now());
      const found = await store.projectFindingDays.list(organizationId, { projectId: project?.id ?? '', since: days[0]! });
      expect(found).toEqual([
        { day: days[0], critical: 2, high: 0, medium: 1, low: 0, imageCount: 1, judgedImageCount: 1 },
        { day: days[1], critical: 0, high: 1, medium: 0, low: 1, imageCount: 1, judgedImageCount: 1 },
        { day: clock.now().toISOString().slice(0, 10), critical: 0, high: 1, medium: 0, low: 1, exploited: 0, imageCount: 1, judgedImageCount: 1 },
      ]);
    });
  });
}
