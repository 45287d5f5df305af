import { describe, expect, test } from 'vitest';
import { InvalidCursorError } from '../errors.js';
import type { FindingFilter, FindingGrouping, FindingGroupRecord, FindingGroupSort, FindingInput, FindingSort, MatchingInput } from '../finding-records.js';
import { connectInput, connectOne, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';

const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };

/** A finding in a package of Debian. */
export function finding(component: string, vulnerability: string, changes: Partial<FindingInput> = {}): FindingInput {
  const name = component.split('@', 1)[0] ?? '';
  return {
    componentId: `pkg:deb/debian/${component}`,
    vulnerability,
    packageKey: `pkg:deb/debian/${name}`,
    severity: 'high',
    ransomware: false,
    fixState: 'unfixed',
    class: 'vulnerability',
    hidden: false,
    confidence: 'high',
    fingerprint: `${component} ${vulnerability}`,
    detail: {
      summary: `${vulnerability} in ${name}`,
      identifiers: [vulnerability, `GHSA-of-${vulnerability}`],
      ratings: [{ level: 'high', source: 'test' }],
      alsoFixedIn: [],
      evidence: [{ recordId: vulnerability, source: 'osv:Debian', ecosystem: 'Debian:13', packageName: name, lookedUpBy: 'source package', comparedVersion: '1', reason: 'because' }],
      notes: [],
    },
    ...changes,
  };
}

/** Four findings of different importance, and a hidden one. */
export function matching(changes: Partial<MatchingInput> = {}): MatchingInput {
  return {
    state: 'matched',
    revision: 'r1',
    heldRevision: 'r1',
    advisoriesAt: new Date('2029-12-31T06:00:00Z'),
    matcherVersion: '1',
    notices: [],
    missingEcosystems: [],
    suppressedCount: 2,
    distribution: { id: 'debian', idLike: [] },
    findings: [
      finding('bash@5.2', 'CVE-2029-1', { severity: 'medium', epss: 0.5, epssPercentile: 0.9, score: 5.5 }),
      finding('zlib1g@1.3', 'CVE-2029-2', { severity: 'critical', fixState: 'fixed', fixVersion: '1.4', exploitedSince: '2029-11-01', exploitedDue: '2029-12-01', ransomware: true, published: '2029-10-01T00:00:00Z' }),
      finding('zlib1g@1.3', 'CVE-2029-3', { severity: 'critical', epss: 0.97 }),
      finding('lodash@4.17.21', 'CVE-2029-4', { severity: 'unknown', packageKey: 'pkg:npm/lodash' }),
      finding('Zeta@2', 'CVE-2029-5', { severity: 'negligible', class: 'negligible', hidden: true }),
    ],
    ...changes,
  };
}

/** What matching keeps, on any database. */
export function testFindings(open: () => TestStore): void {
  /** An organisation with one image whose content is matched. */
  const matched = async (result = scanResult({ matching: matching() })) => {
    const organizationId = await createOrganization(open());
    const one = await connectOne(open(), organizationId);
    const ended = await open().store.scans.complete(one.scan.id, result);
    return { ...one, organizationId, contentId: ended?.contentId ?? '' };
  };
  const ids = async (organizationId: string, filter: FindingFilter = {}, sort: FindingSort = 'importance') =>
    (await open().store.findings.list(organizationId, filter, sort, { first: 100 })).items.map((item) => item.vulnerability.slice(-1)).join('');

  test('a match with more news than the database takes in one statement is kept whole', async () => {
    const { organizationId, contentId } = await matched();
    const many = Array.from({ length: 5200 }, (_, index) => finding('bash@5.2', `CVE-2030-${index}`));
    expect(await open().store.findings.replace(organizationId, contentId, matching({ revision: 'r2', findings: many }))).toBe(true);
    expect((await open().store.findings.matchingsOf(organizationId, [contentId])).get(contentId)?.counts).toEqual({ ...none, high: 5200 });
    expect((await open().store.findings.events(organizationId, { vulnerability: 'CVE-2030-5199' }, { first: 5 })).items.map(({ kind }) => kind)).toEqual(['new']);
  });

  test('a scan keeps what the image had at its end, and how much of it is new, whatever is matched later', async () => {
    const { store, clock } = open();
    const organizationId = await createOrganization(open());
    const { image: tracked, scan: first } = await connectOne(open(), organizationId);
    const result = (digit: string, changes: Parameters<typeof matching>[0] | undefined) => scanResult({ digest: `sha256:${digit.repeat(64)}`, ...(changes !== undefined && { matching: matching(changes) }) });
    let scan = first;
    const scanned = async (complete: (id: string) => Promise<unknown>) => {
      clock.advance(1000);
      await store.scans.begin(scan.id);
      clock.advance(1000);
      await complete(scan.id);
      const ended = await store.scans.find(organizationId, scan.id);
      scan = await store.scans.request({ organizationId, trackedImageId: tracked.id, trigger: 'user', requestedBy: 'user-1' });
      return ended;
    };
    const ends = async (complete: (id: string) => Promise<unknown>) => (await scanned(complete))?.findings;
    const completes = (digit: string, changes?: Parameters<typeof matching>[0]) => (id: string) => store.scans.complete(id, result(digit, changes));
    expect(await ends(completes('1'))).toBeUndefined();
    expect(await ends(completes('2', { state: 'unmatched', findings: [] }))).toEqual({ atLeast: true });
    const judged = await scanned(completes('3', {}));
    expect(judged?.findings).toEqual({ count: 4, atLeast: false });
    const again = (id: string) => store.scans.completeFromContent(id, judged?.contentId ?? '');
    expect(await ends(again)).toEqual({ count: 4, atLeast: false, newCount: 0 });
    const [one, two] = matching().findings;
    const another = [one!, { ...two!, vulnerability: 'CVE-2031-1' }, { ...two!, vulnerability: 'CVE-2031-2', hidden: true }];
    expect(await ends(completes('4', { findings: another, state: 'partial' }))).toEqual({ count: 2, atLeast: true, newCount: 1 });
    expect(await ends(completes('5', { findings: [], notices: [{ code: 'fixes-only', message: 'Only what is fixed.', componentCount: 1 }] }))).toEqual({ count: 0, atLeast: true, newCount: 0 });
    // Matched by other advisories between its begin and its end: what it had before is not known any more.
    const rematched = async (id: string) => {
      await store.findings.replace(organizationId, judged?.contentId ?? '', matching({ revision: 'r2', findings: [one!] }));
      return again(id);
    };
    expect(await ends(rematched)).toEqual({ count: 1, atLeast: false, newCount: 1 });
    expect(await ends(rematched)).toEqual({ count: 1, atLeast: false });
    expect(await store.scans.find(organizationId, judged?.id ?? '')).toEqual(judged);
  });

  test('a content that was not matched says nothing, rather than that there is nothing', async () => {
    const { organizationId, contentId } = await matched(scanResult());
    expect(await open().store.findings.matchingsOf(organizationId, [contentId])).toEqual(new Map());
    await open().store.findings.replace(organizationId, contentId, matching({ state: 'unmatched', findings: [], missingEcosystems: ['Debian:13'], suppressedCount: 0 }));
    expect((await open().store.findings.matchingsOf(organizationId, [contentId])).get(contentId)).toMatchObject({ state: 'unmatched', missingEcosystems: ['Debian:13'], counts: none });
  });

  test('what came of a match is read back with its counts', async () => {
    const { store, clock } = open();
    const { organizationId, contentId } = await matched();
    const { findings: _, distribution: __, ...facts } = matching();
    expect((await store.findings.matchingsOf(organizationId, [contentId])).get(contentId)).toEqual({
      ...facts,
      contentId,
      matchedAt: clock.now(),
      counts: { ...none, critical: 2, medium: 1, unknown: 1 },
      hiddenCount: 1,
      exploitedCount: 1,
      fixableCount: 1,
    });
  });

  test('what has a fix is counted by severity among what matching counts, whoever decided what', async () => {
    const { store } = open();
    const fixed = { fixState: 'fixed', fixVersion: '9' };
    const findings = [
      finding('zlib1g@1.3', 'CVE-2029-1', { ...fixed, severity: 'critical' }),
      finding('zlib1g@1.3', 'CVE-2029-2', { severity: 'critical' }),
      finding('bash@5.2', 'CVE-2029-1', { ...fixed, severity: 'low' }),
      finding('bash@5.2', 'CVE-2029-3', { ...fixed, severity: 'low' }),
      finding('Zeta@2', 'CVE-2029-4', { ...fixed, severity: 'low', hidden: true }),
    ];
    const { organizationId, contentId, image: tracked } = await matched(scanResult({ matching: matching({ findings }) }));
    const fixable = async () => (await store.findings.fixableOf(organizationId, [contentId, 'no id'])).entries().toArray();
    const expected = [[contentId, { ...none, critical: 1, low: 2 }]];
    expect(await fixable()).toEqual(expected);
    expect(await ids(organizationId, { severities: ['low'], fixAvailable: true }, 'vulnerability')).toBe('13');
    expect((await store.findings.matchingsOf(organizationId, [contentId])).get(contentId)?.fixableCount).toBe(3);
    const targets = await store.triage.targets(organizationId, { imageId: tracked.id }, 'image', 10);
    await store.triage.decide(organizationId, targets, { scope: 'image', state: 'false_positive', reason: 'Not there.', author: 'Ada', reopenWhenFixed: false });
    expect(await fixable()).toEqual(expected);
    await store.findings.replace(organizationId, contentId, matching({ findings: findings.slice(1, 2) }));
    expect(await fixable()).toEqual([]);
  });

  test('a finding is read back whole, with its component and its detail', async () => {
    const { store, clock } = open();
    const { organizationId, image: tracked, contentId } = await matched();
    const [worst] = (await store.findings.list(organizationId, {}, 'importance', { first: 1 })).items;
    const { detail, ...facts } = matching().findings[1]!;
    const [, , , , zlib] = [...scanResult().components].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(worst).toEqual({
      ...facts,
      imageId: tracked.id,
      contentId,
      position: 4,
      packageName: 'zlib1g',
      packageVersion: '1.3',
      packageUrl: zlib?.packageUrl,
      ecosystem: 'deb',
      locations: zlib?.locations,
      layerIndex: 0,
      firstSeenAt: clock.now(),
    });
    expect(await store.findings.details(organizationId, [facts.fingerprint, 'unknown'])).toEqual(new Map([[facts.fingerprint, detail]]));
    expect(await store.findings.find(organizationId, { imageId: tracked.id, position: 4, vulnerability: 'CVE-2029-2' })).toEqual(worst);
    expect(await store.findings.find(organizationId, { imageId: tracked.id, position: 3, vulnerability: 'CVE-2029-2' })).toBeUndefined();
    expect(await store.findings.resolveIdentifier(organizationId, 'GHSA-of-CVE-2029-2')).toEqual(['CVE-2029-2']);
    expect(await store.findings.detailsOf(organizationId, 'CVE-2029-2')).toEqual([detail]);
  });

  test.each<[FindingSort, string]>([
    ['importance', '2314'],
    ['epss', '3124'],
    ['vulnerability', '1234'],
    ['package', '1423'],
    ['firstSeen', '1234'],
  ])('ordered by %s they come as %s, whole or page by page', async (sort, expected) => {
    const { store } = open();
    const { organizationId } = await matched();
    expect(await ids(organizationId, {}, sort)).toBe(expected);
    for (const reversed of [false, true]) {
      let paged = '';
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await store.findings.list(organizationId, {}, sort, { first: 1, reversed, ...(after === undefined ? {} : { after }) });
        paged += page.items.map((item) => item.vulnerability.slice(-1)).join('');
        after = page.nextCursor;
      }
      expect(paged).toBe(reversed ? expected.split('').toReversed().join('') : expected);
    }
  });

  test('a cursor of one order is none of another', async () => {
    const { store } = open();
    const { organizationId } = await matched();
    const { nextCursor: after = '' } = await store.findings.list(organizationId, {}, 'epss', { first: 1 });
    await expect(store.findings.list(organizationId, {}, 'epss', { first: 1, after, reversed: true })).rejects.toThrow(InvalidCursorError);
    const { nextCursor: afterGroup = '' } = await store.findings.groups(organizationId, 'vulnerability', {}, { first: 1, sort: 'epss' });
    await expect(store.findings.groups(organizationId, 'vulnerability', {}, { first: 1, after: afterGroup })).rejects.toThrow(InvalidCursorError);
  });

  test.each<[FindingGrouping, FindingGroupSort, string]>([
    ['vulnerability', 'importance', '2314'],
    ['vulnerability', 'epss', '3124'],
    ['vulnerability', 'key', '1234'],
    ['vulnerability', 'images', '1234'],
    ['vulnerability', 'projects', '1234'],
    ['vulnerability', 'firstSeen', '1234'],
    ['component', 'importance', 'zlib1g bash lodash'],
    ['component', 'findings', 'zlib1g bash lodash'],
    ['component', 'key', 'bash zlib1g lodash'],
  ])('groups by %s ordered by %s are %s, whole, page by page and from the other end', async (grouping, sort, expected) => {
    const { store } = open();
    const { organizationId } = await matched();
    const names = ({ key }: FindingGroupRecord): string => (grouping === 'vulnerability' ? key.slice(-1) : ` ${key.slice(key.lastIndexOf('/') + 1)}`);
    for (const reversed of [false, true]) {
      const whole = (await store.findings.groups(organizationId, grouping, {}, { first: 100, sort, reversed })).items.map(names);
      const paged: string[] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await store.findings.groups(organizationId, grouping, {}, { first: 1, sort, reversed, ...(after === undefined ? {} : { after }) });
        paged.push(...page.items.map(names));
        after = page.nextCursor;
      }
      expect(paged).toEqual(whole);
      expect((reversed ? whole.toReversed() : whole).join('').trim()).toBe(expected);
    }
  });

  test.each<[FindingFilter, string]>([
    [{ severities: ['critical'] }, '23'],
    [{ severities: [] }, ''],
    [{ exploited: true }, '2'],
    [{ exploited: false }, '314'],
    [{ fixAvailable: true }, '2'],
    [{ minimumEpss: 0.5 }, '31'],
    [{ vulnerability: 'CVE-2029-1' }, '1'],
    [{ vulnerabilities: ['CVE-2029-1', 'CVE-2029-4', 'unknown'] }, '14'],
    [{ vulnerabilities: [] }, ''],
    [{ packageKeys: ['pkg:npm/lodash', 'pkg:deb/debian/zlib1g'] }, '234'],
    [{ imageIds: ['img_unknown'] }, ''],
    [{ search: 'ZLIB' }, '23'],
    [{ search: '%' }, ''],
    [{ search: '2029-4' }, '4'],
    [{ packageKey: 'pkg:npm/lodash' }, '4'],
    [{ ecosystem: 'npm' }, '4'],
    [{ layerIndex: 1 }, '4'],
    [{ includeHidden: true }, '23154'],
    [{ imageName: 'registry.example/checkout' }, '2314'],
    [{ imageName: 'registry.example/other' }, ''],
    [{ projectId: 'prj_unknown' }, ''],
    [{ firstSeenSince: new Date('2029-01-01') }, '2314'],
    [{ firstSeenSince: new Date('2099-01-01') }, ''],
  ])('the filter %j leaves %j, in lists and in counts', async (filter, expected) => {
    const { store } = open();
    const { organizationId } = await matched();
    expect((await ids(organizationId, filter)).split('').toSorted().join('')).toBe(expected.split('').toSorted().join(''));
    expect(await store.findings.count(organizationId, filter)).toEqual({ count: expected.length, exact: true });
    const { counts } = await store.findings.countBySeverity(organizationId, filter);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
  });

  test.each<[FindingGrouping, readonly (readonly [number, number, number, number, number])[]]>([
    ['vulnerability', [[2, 2, 2, 1, 1], [2, 2, 2, 1, 1], [2, 2, 2, 1, 1], [2, 2, 2, 1, 1]]],
    ['component', [[4, 2, 2, 2, 1], [2, 2, 2, 1, 1], [2, 2, 2, 1, 1]]],
    ['image', [[4, 1, 1, 4, 3], [4, 1, 1, 4, 3]]],
  ])('put together by %s they are counted over the images that share them', async (grouping, expected) => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const { scans } = await store.connections.connect(connectInput(organizationId, { images: [image('a', '1'), image('b', '1', { projectName: 'Other' })] }));
    for (const { id } of scans) await store.scans.complete(id, scanResult({ matching: matching() }));
    const groups = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await store.findings.groups(organizationId, grouping, {}, { first: 1, ...(after === undefined ? {} : { after }) });
      groups.push(...page.items);
      after = page.nextCursor;
    }
    expect(groups.map((group) => [group.findingCount, group.imageCount, group.projectCount, group.vulnerabilityCount, group.packageCount])).toEqual(expected);
    expect(groups[0]?.worstSeverity).toBe('critical');
    const [worst] = (await store.findings.groups(organizationId, 'component', { search: 'zlib' }, { first: 1 })).items;
    expect(worst).toMatchObject({ key: 'pkg:deb/debian/zlib1g', highestEpss: 0.97, exploitedCount: 2, fixableCount: 2, packages: [{ name: 'zlib1g', version: '1.3', fixVersion: '1.4' }] });
  });

  describe('matched again', () => {
    test('a content that another image had before takes the newer match', async () => {
      const { store } = open();
      const { organizationId, contentId } = await matched(scanResult());
      const other = await connectOne(open(), organizationId);
      expect(await store.scans.complete(other.scan.id, scanResult({ matching: matching() }))).toMatchObject({ contentId });
      expect((await store.findings.matchingsOf(organizationId, [contentId])).get(contentId)).toMatchObject({ revision: 'r1', counts: { critical: 2 } });
    });

    test('a content has the new result in place of the old, and what stays keeps its first day', async () => {
      const { store, clock } = open();
      const { organizationId, contentId } = await matched();
      const before = clock.now();
      const now = clock.advance(86_400_000);
      const findings = [matching().findings[1]!, finding('bash@5.10', 'CVE-2029-6', { severity: 'low' })];
      expect(await store.findings.replace(organizationId, contentId, matching({ revision: 'r2', findings }))).toBe(true);
      const { items } = await store.findings.list(organizationId, {}, 'importance', { first: 10 });
      expect(items.map((item) => [item.vulnerability, item.firstSeenAt])).toEqual([['CVE-2029-2', before], ['CVE-2029-6', now]]);
      expect((await store.findings.matchingsOf(organizationId, [contentId])).get(contentId)).toMatchObject({ revision: 'r2', matchedAt: now, counts: { ...none, critical: 1, low: 1 } });
    });

    test('an image with a new content keeps the first day of what it had before', async () => {
      const { store, clock } = open();
      const { organizationId, image: tracked } = await matched();
      const before = clock.now();
      clock.advance(86_400_000);
      const scan = await store.scans.request({ organizationId, trackedImageId: tracked.id, trigger: 'user', requestedBy: 'u' });
      await store.scans.complete(scan.id, scanResult({ digest: `sha256:${'2'.repeat(64)}`, matching: matching({ findings: [...matching().findings.slice(0, 1), finding('bash@5.10', 'CVE-2029-6')] }) }));
      const { items } = await store.findings.list(organizationId, {}, 'importance', { first: 10 });
      expect(items.map((item) => [item.vulnerability, item.firstSeenAt])).toEqual([['CVE-2029-6', clock.now()], ['CVE-2029-1', before]]);
    });
  });

  test('hostile text in a finding is stored with what it cannot hold replaced', async () => {
    const { organizationId } = await matched(scanResult({ matching: matching({ findings: [finding('bash@5.2', 'CVE\0-1', { fixVersion: '1\uD800', fingerprint: 'f' })] }) }));
    const [stored] = (await open().store.findings.list(organizationId, {}, 'importance', { first: 1 })).items;
    expect([stored?.vulnerability, stored?.fixVersion]).toEqual(['CVE\uFFFD-1', '1\uFFFD']);
  });
}
