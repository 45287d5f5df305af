import { sql, type SQL } from 'drizzle-orm';
import { severities } from '../finding-records.js';
import { connections } from '../schema/connection-tables.js';
import { components, contents } from '../schema/content-tables.js';
import { findingDetails, findings, matchings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { RematchRepository, SupportFacts } from '../contract/rematch-repository.js';
import { storableJson } from '../storable-text.js';
import { booleanArray, numberArray, textArray } from './array-parameters.js';
import { findingPriority } from './finding-priority.js';
import { planForManyRows } from './plan-for-many-rows.js';
import { comparedGroups, touchedGroups } from './touched-groups.js';
import { countBySeverity } from './write-matching.js';
import { writeRematch } from './write-rematch.js';

/** A smaller change of EPSS is not worth writing a row for: it is shown in percent with one decimal. */
const epssTolerance = 0.0005;

/** Contents that some image shows, with their matches `m` where there are any. */
const shownContents = sql`${contents} as content left join ${matchings} as m on m.content_id = content.id
  join lateral (select from ${trackedImages} as i where i.content_id = content.id limit 1) as shown on content.published`;

/** By how much clocks of two machines may differ. */
const clockToleranceMs = 3_600_000;

/**
 * True unless another process judged it by advisories that are newer than `advisoriesAt`: that must not be undone. What is yet to come was
 * written by a clock that was wrong, and would keep a result from being made again until then.
 */
function isNotNewer(advisoriesAt: Date | undefined, now: Date): SQL {
  if (advisoriesAt === undefined) return sql`true`;
  const soon = new Date(now.getTime() + clockToleranceMs);
  return sql`(m.advisories_at is null or m.advisories_at <= ${advisoriesAt.toISOString()}::timestamptz or m.advisories_at > ${soon.toISOString()}::timestamptz or m.revision is distinct from m.held_revision)`;
}

export function createRematchRepository({ database, clock }: StoreContext): RematchRepository {
  return {
    async behind({ revision, matcherVersion, advisoriesAt }) {
      const { rows } = await database.execute(sql`
        select m.held_revision, coalesce(m.matcher_version, '') as matcher_version, count(*)::int as contents
        from ${shownContents} where (m.held_revision is distinct from ${revision} or m.matcher_version <> ${matcherVersion}) and ${isNotNewer(advisoriesAt, clock.now())}
        group by 1, 2 order by 1, 2`);
      return (rows as unknown as { held_revision: string | null; matcher_version: string; contents: number }[]).map((row) => ({
        ...(row.held_revision === null ? {} : { heldRevision: row.held_revision }),
        matcherVersion: row.matcher_version,
        contents: row.contents,
      }));
    },

    async next({ heldRevision, matcherVersion, advisoriesAt }, ecosystems, after, limit) {
      const { rows } = await database.execute(sql`
        select content.id as content_id, content.organization_id, m.xmin::text as stamp,
          exists (select from ${trackedImages} as i join ${connections} as connection on connection.id = i.connection_id where i.content_id = content.id and connection.sample) as is_sample,
          m.content_id is null or m.missing_ecosystems && ${textArray(ecosystems)} or m.revision is distinct from m.held_revision
            or exists (select from ${components} as c where c.content_id = content.id and c.look_ups is null) as whole,
          case when cardinality(${textArray(ecosystems)}) > 0 then (select json_agg(distinct c.ecosystem) from ${components} as c where c.content_id = content.id) end as package_types,
          case when cardinality(${textArray(ecosystems)}) > 0 then m.distribution end as distribution
        from ${shownContents}
        where m.held_revision is not distinct from ${heldRevision ?? null}::text and coalesce(m.matcher_version, '') = ${matcherVersion} and content.id > ${after} and ${isNotNewer(advisoriesAt, clock.now())}
        order by content.id limit ${limit}`);
      return (rows as unknown as { content_id: string; organization_id: string; stamp: string | null; is_sample: boolean; whole: boolean; package_types: readonly string[] | null; distribution: unknown }[]).map((row) => ({
        contentId: row.content_id,
        ...(row.stamp === null ? {} : { stamp: row.stamp }),
        organizationId: row.organization_id,
        isSample: row.is_sample,
        whole: row.whole,
        ...(ecosystems.length === 0 ? {} : { concernedBy: { packageTypes: row.package_types ?? [], ...(row.distribution === null ? {} : { distribution: row.distribution }) } }),
      }));
    },

    groups: (contentIds, lookUps) =>
      contentIds.length === 0 || lookUps.length === 0 ? Promise.resolve([]) : database.transaction((transaction) => touchedGroups(transaction, contentIds, lookUps)),

    compared: (places) => (places.length === 0 ? Promise.resolve([]) : database.transaction((transaction) => comparedGroups(transaction, places))),

    write: (batch, changes, now) => database.transaction((transaction) => writeRematch(transaction, batch, changes, { ...now, at: clock.now() })),

    async passOver(organizationId, contentId, now) {
      const seen = { heldRevision: now.revision, matcherVersion: now.matcherVersion };
      await database
        .insert(matchings)
        .values({
          ...seen,
          contentId,
          organizationId,
          state: 'unmatched',
          matchedAt: clock.now(),
          notices: [{ code: 'catalogue-unreadable', message: 'What this image holds cannot be read back. Scan it again.', componentCount: 0 }],
          missingEcosystems: [],
          suppressedCount: 0,
          hiddenCount: 0,
          ...countBySeverity([]),
          exploitedCount: 0,
          fixableCount: 0,
        })
        .onConflictDoUpdate({ target: matchings.contentId, set: seen });
    },

    async supportFacts(packageKeys, systemTypes, after, limit) {
      const { rows } = await database.execute(sql`
        select content.id as content_id, m.xmin::text as stamp, m.distribution, m.notices, c.package_count, c.runtimes
        from ${shownContents} cross join lateral (
          select count(*) filter (where ecosystem = any(${textArray(systemTypes)}))::int as package_count,
            coalesce(json_agg(json_build_object('ecosystem', ecosystem, 'version', version, 'packageUrl', package_url) order by position) filter (where lower(package_key) = any(${textArray(packageKeys)})), '[]') as runtimes
          from ${components} where content_id = content.id) as c
        where m.content_id is not null and content.id > ${after}
        order by content.id limit ${limit}`);
      return (rows as unknown as { content_id: string; stamp: string; distribution: unknown; notices: SupportFacts['notices']; package_count: number; runtimes: SupportFacts['runtimes'] }[]).map((row) => ({
        contentId: row.content_id,
        stamp: row.stamp,
        ...(row.distribution === null ? {} : { distribution: row.distribution }),
        packageCount: row.package_count,
        runtimes: row.runtimes,
        notices: row.notices,
      }));
    },

    async setNotices(changed) {
      if (changed.length === 0) return 0;
      const { rowCount } = await database.execute(sql`
        update ${matchings} as m set notices = given.notices::jsonb
        from unnest(${textArray(changed.map(({ contentId }) => contentId))}, ${textArray(changed.map(({ stamp }) => stamp ?? ''))}, ${textArray(changed.map(({ notices }) => storableJson(notices)))}) as given (content_id, stamp, notices)
        where m.content_id = given.content_id and m.xmin::text = given.stamp`);
      return rowCount ?? 0;
    },

    async vulnerabilities(after, limit) {
      const { rows } = await database.execute(sql`
        select distinct vulnerability from ${findingDetails} where vulnerability > ${after} order by 1 limit ${limit}`);
      return rows.map((row) => String(row['vulnerability']));
    },

    async setExploitation(known) {
      if (known.length === 0) return 0;
      const priorities = severities.flatMap((severity, rank) => known.map((each) => ({ rank, vulnerability: each.vulnerability, priority: findingPriority({ ...each, severity }) })));
      return database.transaction(async (transaction) => {
        await planForManyRows(transaction);
        const { rows } = await transaction.execute(sql`
          update ${findings} as f set epss = known.epss, epss_percentile = known.percentile, exploited_since = known.since, exploited_due = known.due,
            ransomware = known.ransomware, priority = p.priority
          from unnest(${textArray(known.map((each) => each.vulnerability))}, ${numberArray(known.map((each) => each.epss ?? null), 'float8')},
            ${numberArray(known.map((each) => each.epssPercentile ?? null), 'float8')}, ${textArray(known.map((each) => each.exploitedSince ?? null))},
            ${textArray(known.map((each) => each.exploitedDue ?? null))}, ${booleanArray(known.map((each) => each.ransomware))}) as known (vulnerability, epss, percentile, since, due, ransomware),
            unnest(${textArray(priorities.map((each) => each.vulnerability))}, ${numberArray(priorities.map((each) => each.rank))}, ${numberArray(priorities.map((each) => each.priority))}) as p (vulnerability, severity, priority)
          where f.vulnerability = known.vulnerability and p.vulnerability = f.vulnerability and p.severity = f.severity
            and (abs(coalesce(f.epss, -1) - coalesce(known.epss, -1)) >= ${epssTolerance} or f.exploited_since is distinct from known.since
              or f.exploited_due is distinct from known.due or f.ransomware <> known.ransomware)
          returning f.content_id`);
        await recount(transaction, [...new Set(rows.map((row) => String(row['content_id'])))]);
        return rows.length;
      });
    },
  };
}

async function recount(transaction: Executor, contentIds: readonly string[]): Promise<void> {
  if (contentIds.length === 0) return;
  const counts = severities.map((severity, rank) => sql`count(*) filter (where not f.hidden and f.severity = ${sql.raw(String(rank))}) as ${sql.raw(`"${severity}"`)}`);
  const assignments = severities.map((severity) => sql.raw(`"${severity}" = counted."${severity}"`));
  await transaction.execute(sql`
    update ${matchings} as m set ${sql.join(assignments, sql`, `)}, hidden_count = counted.hidden, exploited_count = counted.exploited, fixable_count = counted.fixable
    from (select id as content_id, ${sql.join(counts, sql`, `)}, count(*) filter (where f.hidden) as hidden,
        count(*) filter (where not f.hidden and f.exploited_since is not null) as exploited, count(*) filter (where not f.hidden and f.fix_version is not null) as fixable
      from unnest(${textArray(contentIds)}) as id left join ${findings} as f on f.content_id = id group by id) as counted
    where m.content_id = counted.content_id`);
}
