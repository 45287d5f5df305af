import { sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { describe, expect, test } from 'vitest';
import type { FindingFilter, FindingGrouping, FindingRecord, FindingSort } from '../finding-records.js';
import { triageStates, type TriageScope } from '../triage-records.js';
import { vexStates, type VexAppliedTo } from '../vex-records.js';
import { finding, matching } from './findings.contract.test.js';
import { connectInput, createOrganization, image, scanResult, type TestStore } from './open-test-store.support.test.js';
import { document } from './vex.contract.test.js';

const dayMs = 86_400_000;

/** Numbers below a limit that are the same in every run of a seed (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

/**
 * The state of every finding of an organisation, asked for one by one: the decision of each scope by its whole key, the narrowest first, else the first
 * statement of a document about what the image shows. Lists join whole tables instead, and have to come to the same.
 */
function statesOneByOne(organizationId: string, at: Date): SQL {
  const decided = (scope: TriageScope, key: SQL): SQL => sql`(select d.state from esscm.triage_decisions as d
    where d.organization_id = f.organization_id and d.vulnerability = f.vulnerability and d.package_key = f.package_key and d.scope = ${scope} and d.scope_key = ${key} and d.ended_at is null
      and (d.expires_at is null or d.expires_at > ${at.toISOString()}::timestamptz) and not (d.reopen_when_fixed and not d.had_fix and f.fix_version is not null))`;
  const project = sql`(select version.project_id from esscm.project_versions as version where version.id = i.project_version_id)`;
  const stated = sql`(select v.status from esscm.vex_verdicts as v where v.image_id = i.id and v.content_id = f.content_id and v.position = f.position and v.vulnerability = f.vulnerability order by v.rank limit 1)`;
  return sql`select i.id as image_id, f.position, f.vulnerability, coalesce(${decided('image', sql`i.name`)}, ${decided('project', project)}, ${decided('everywhere', sql`''`)}, ${stated}, 'untriaged') as state
    from esscm.findings as f join esscm.tracked_images as i on i.content_id = f.content_id and i.organization_id = f.organization_id where f.organization_id = ${organizationId}`;
}

/** That lists, groups and counts by state go by the state that each finding has by itself, on any database. */
export function testFindingStates(open: () => TestStore): void {
  const vulnerabilities = ['CVE-2029-1', 'CVE-2029-2', 'CVE-2029-3', 'CVE-2029-4', 'CVE-2029-5', 'CVE-2029-6'];
  const components = ['bash@5.2', 'bash@5.10', 'zlib1g@1.3', 'Zeta@2'];
  const packages = ['bash', 'zlib1g', 'Zeta'].map((name) => `pkg:deb/debian/${name}`);

  /** Images of three names, two projects and three versions, each with findings of its own; some have a fix and some are hidden. */
  const images = async (random: (limit: number) => number) => {
    const { store } = open();
    const organizationId = await createOrganization(open());
    const places = [image('a', '1'), image('a', '2'), image('a', '3', { projectVersion: '2.0' }), image('b', '1'), image('b', '2', { projectName: 'Other' }), image('c', '1', { projectName: 'Other' })];
    const { images: made, scans } = await store.connections.connect(connectInput(organizationId, { images: places }));
    for (const [index, scan] of scans.entries()) {
      const findings = components.flatMap((component) =>
        vulnerabilities.filter(() => random(3) > 0).map((vulnerability) =>
          finding(component, vulnerability, {
            severity: (['critical', 'high', 'low'] as const)[random(3)]!,
            hidden: random(8) === 0,
            ...(random(2) === 0 && { fixVersion: '9', fixState: 'fixed' }),
            ...(random(2) === 0 && { epss: random(100) / 100 }),
            ...(random(5) === 0 && { exploitedSince: '2029-11-01' }),
          }),
        ),
      );
      // Two images show the same content.
      await store.scans.complete(scan.id, scanResult({ digest: `sha256:${String(Math.max(1, index)).repeat(64)}`, matching: matching({ findings }) }));
    }
    return { organizationId, images: made };
  };

  /** Decisions in every scope: some expire, some wait for a fix, some are superseded and withdrawn. */
  const decide = async (organizationId: string, random: (limit: number) => number) => {
    const { store, clock } = open();
    const { items: projects } = await store.projects.list(organizationId, { first: 5 });
    for (let number = 0; number < 40; number += 1) {
      const scope = (['image', 'project', 'everywhere'] as const)[random(3)]!;
      const scopeKey = { image: `registry.example/${'abcd'[random(4)]}`, project: projects[random(projects.length)]?.id ?? '', everywhere: '' }[scope];
      const target = { vulnerability: vulnerabilities[random(vulnerabilities.length)]!, packageKey: packages[random(packages.length)]!, scopeKey, hadFix: random(3) === 0 };
      const { made } = await store.triage.decide(organizationId, [target], {
        scope,
        state: triageStates[random(triageStates.length)]!,
        reason: 'By chance.',
        author: 'Ada',
        reopenWhenFixed: random(3) === 0,
        ...(random(3) === 0 && { expiresAt: new Date(clock.now().getTime() + (random(3) - 1) * dayMs) }),
      });
      if (random(6) === 0) await store.triage.withdraw(organizationId, made.map(({ id }) => id));
    }
  };

  /** Statements of two documents that contradict one another, also about what has been decided; one image showed another content when they were applied. */
  const state = async (organizationId: string, random: (limit: number) => number) => {
    const { store } = open();
    const documents = [(await store.vex.put(organizationId, document({ identity: 'first' }))).document, (await store.vex.put(organizationId, document({ identity: 'second' }))).document];
    const targets = (await store.vex.behind(10_000)).filter((target) => target.organizationId === organizationId);
    const applied: VexAppliedTo[] = [];
    for (const target of targets) {
      const { items } = await store.findings.list(organizationId, { imageId: target.imageId, includeHidden: true }, 'importance', { first: 100 });
      const verdicts = items.flatMap(({ position, vulnerability, packageKey }) =>
        documents.flatMap(({ id: documentId }, place) =>
          random(3) > 0 ? [] : [{ position, vulnerability, packageKey, rank: place * 2 + random(2), documentId, statement: 0, status: vexStates[random(vexStates.length)]!, detail: { statedAt: '', reason: 'By chance.', overruled: [] } }],
        ),
      );
      applied.push({ target, verdicts });
    }
    await store.vex.apply(applied);
    await open().pool.query(`update esscm.vex_verdicts set content_id = 'another' where image_id = $1`, [targets[random(targets.length)]?.imageId]);
    return documents;
  };

  interface StateRow {
    readonly image_id: string;
    readonly position: number;
    readonly vulnerability: string;
    readonly state: string;
  }

  const keyOf = ({ imageId, position, vulnerability }: Pick<FindingRecord, 'imageId' | 'position' | 'vulnerability'>) => `${imageId} ${position} ${vulnerability}`;

  /** All findings in the order of a list, and the state of each. */
  const witness = async (organizationId: string, at: Date) => {
    const { rows } = await drizzle(open().pool).execute(statesOneByOne(organizationId, at));
    const states = new Map((rows as unknown as StateRow[]).map((row) => [keyOf({ imageId: row.image_id, position: row.position, vulnerability: row.vulnerability }), row.state]));
    return (found: Pick<FindingRecord, 'imageId' | 'position' | 'vulnerability'>) => states.get(keyOf(found)) ?? 'nowhere';
  };

  const all = async (organizationId: string, filter: FindingFilter, sort: FindingSort, first = 100): Promise<readonly FindingRecord[]> => {
    const found: FindingRecord[] = [];
    for (let after: string | undefined; ; ) {
      const page = await open().store.findings.list(organizationId, filter, sort, { first, ...(after !== undefined && { after }) });
      found.push(...page.items);
      after = page.nextCursor;
      if (after === undefined) return found;
    }
  };

  /** What a grouping has to say of findings. */
  const groupsOf = (grouping: FindingGrouping, found: readonly FindingRecord[], projectOf: (imageId: string) => string) => {
    const key = { vulnerability: 'vulnerability', component: 'packageKey', image: 'imageId' } as const;
    const different = (own: readonly FindingRecord[], value: (each: FindingRecord) => string): number => new Set(own.map(value)).size;
    return [...Map.groupBy(found, (each) => each[key[grouping]])].map(([name, own]) => ({
      key: name,
      findingCount: own.length,
      imageCount: different(own, ({ imageId }) => imageId),
      projectCount: different(own, ({ imageId }) => projectOf(imageId)),
      vulnerabilityCount: different(own, ({ vulnerability }) => vulnerability),
      packageCount: different(own, ({ packageKey }) => packageKey),
      exploitedCount: own.filter(({ exploitedSince }) => exploitedSince !== undefined).length,
      fixableCount: own.filter(({ fixVersion }) => fixVersion !== undefined).length,
    }));
  };

  const groupings = ['vulnerability', 'component', 'image'] as const;
  const sorts = ['importance', 'epss', 'vulnerability', 'package', 'firstSeen'] as const;

  /** Holds every answer that a filter by state has against the states of the findings that fit the rest of it. */
  const expectSame = async (organizationId: string, others: FindingFilter, states: NonNullable<FindingFilter['triage']>['states'], at: Date) => {
    const { store, clock } = open();
    const stateOf = await witness(organizationId, at);
    const filter: FindingFilter = { ...others, triage: { states, at } };
    const wanted = (found: FindingRecord) => (states as readonly string[]).includes(stateOf(found));
    for (const sort of sorts) expect((await all(organizationId, filter, sort, sort === 'epss' ? 7 : 100)).map(keyOf)).toEqual((await all(organizationId, others, sort)).filter(wanted).map(keyOf));
    const expected = (await all(organizationId, others, 'importance')).filter(wanted);
    expect(await store.findings.count(organizationId, filter)).toEqual({ count: expected.length, exact: true });
    const { counts, exploitedCount, fixableCount } = await store.findings.countBySeverity(organizationId, filter);
    const level = (severity: string) => expected.filter((each) => each.severity === severity).length;
    expect([counts, exploitedCount, fixableCount]).toEqual([
      { critical: level('critical'), high: level('high'), medium: 0, low: level('low'), negligible: 0, none: 0, unknown: 0 },
      expected.filter((each) => each.exploitedSince !== undefined).length,
      expected.filter((each) => each.fixVersion !== undefined).length,
    ]);
    const ages = await store.findings.countByAge(organizationId, filter, clock.now());
    expect(ages.reduce((sum, { counts: { critical, high, low } }) => sum + critical + high + low, 0)).toBe(expected.length);
    const { items: images } = await store.images.list(organizationId, {}, { first: 100 });
    const versions = await store.projects.findVersions(organizationId, images.map(({ projectVersionId }) => projectVersionId));
    const projectOf = (imageId: string) => versions.find(({ id }) => id === images.find((each) => each.id === imageId)?.projectVersionId)?.projectId ?? '';
    for (const grouping of groupings) {
      const { items } = await store.findings.groups(organizationId, grouping, filter, { first: 100 });
      const byKey = (one: { readonly key: string }, other: { readonly key: string }) => (one.key < other.key ? -1 : 1);
      const told = items.map(({ worstSeverity: _, highestEpss: __, highestScore: ___, packages: ____, firstSeenAt: _____, ...figures }) => figures);
      expect(told.toSorted(byKey)).toEqual(groupsOf(grouping, expected, projectOf).toSorted(byKey));
    }
    const targets = await store.triage.targets(organizationId, filter, 'image', 1000);
    const named = new Set(expected.map(({ vulnerability, packageKey, imageId }) => `${vulnerability} ${packageKey} ${images.find(({ id }) => id === imageId)?.name}`));
    expect(targets.map(({ vulnerability, packageKey, scopeKey }) => `${vulnerability} ${packageKey} ${scopeKey}`).toSorted()).toEqual([...named].toSorted());
    return expected.length;
  };

  const open_ = ['untriaged', 'under_investigation', 'affected'] as const;
  const settled = ['not_affected', 'fixed', 'false_positive', 'accepted_risk'] as const;

  describe.each([1, 2, 3])('of decisions and documents by chance (%i)', (seed) => {
    test('every answer goes by the state that each finding has by itself', async () => {
      const random = randomNumbers(seed);
      const { organizationId, images: made } = await images(random);
      const { clock, store } = open();
      const now = clock.now();
      const shown = (await all(organizationId, {}, 'importance')).length;
      // Nobody says anything yet.
      expect([await expectSame(organizationId, {}, open_, now), await expectSame(organizationId, {}, settled, now)]).toEqual([shown, 0]);
      await decide(organizationId, random);
      // Once only people say something.
      const [stated] = seed === 2 ? [] : await state(organizationId, random);
      const found = [await expectSame(organizationId, {}, open_, now), await expectSame(organizationId, {}, settled, now)];
      expect([found[0]! + found[1]!, found.every((count) => count > 0)]).toEqual([shown, true]);
      // Later some have expired, whether or not they were marked as ended.
      const later = new Date(now.getTime() + 2 * dayMs);
      await expectSame(organizationId, {}, open_, later);
      await expectSame(organizationId, { includeHidden: true }, ['untriaged'], now);
      await expectSame(organizationId, { severities: ['critical'], fixAvailable: true }, settled, now);
      await expectSame(organizationId, { search: 'zlib' }, open_, now);
      await expectSame(organizationId, { imageName: 'registry.example/a' }, open_, now);
      await expectSame(organizationId, { projectVersionId: made[0]!.projectVersionId }, settled, now);
      await expectSame(organizationId, { vulnerability: vulnerabilities[0]! }, open_, now);
      await expectSame(organizationId, { imageId: made[4]!.id }, ['not_affected', 'untriaged'], now);
      if (stated !== undefined) await expectSame(organizationId, { vexDocumentId: stated.id }, settled, now);
      await store.triage.endDue();
      await expectSame(organizationId, {}, open_, now);
    });
  });
}
