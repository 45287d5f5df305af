import { sql, type SQL } from 'drizzle-orm';
import { severities, type Severity } from '../finding-records.js';
import { isId } from '../ids.js';
import type { ProjectFindingDayRecord } from '../finding-day-records.js';
import { findingDays, projectFindingDays } from '../schema/finding-day-tables.js';
import { findingEvents, findings, matchings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { ProjectFindingDayRepository } from '../contract/project-finding-day-repository.js';
import { withoutNulls } from '../without-nulls.js';

const recorded = ['critical', 'high', 'medium', 'low'] as const;

export function createProjectFindingDayRepository({ database }: StoreContext): ProjectFindingDayRepository {
  return {
    async list(organizationId, { projectId, projectVersionId, since }) {
      const id = (text: string): string => (isId(text) ? text : '');
      const sums = [...recorded, 'exploited'].map((column) => sql`sum(d.${sql.raw(column)})::int as ${sql.raw(column)}`);
      const { rows } = await database.execute(sql`
        select d.day, ${sql.join(sums, sql`, `)}, bool_or(d.exploited is null) as "withoutExploited", sum(d.image_count)::int as "imageCount", sum(d.judged_image_count)::int as "judgedImageCount"
        from ${projectFindingDays} as d join ${projectVersions} as version on version.id = d.project_version_id
        where d.organization_id = ${organizationId} and version.project_id = ${id(projectId)} and d.day >= ${since}
          ${projectVersionId === undefined ? sql`` : sql`and version.id = ${id(projectVersionId)}`}
        group by d.day order by d.day`);
      return (rows as unknown as DayRow[]).map(({ withoutExploited, exploited, ...day }): ProjectFindingDayRecord => withoutNulls({ ...day, exploited: withoutExploited ? null : exploited }));
    },

    recordAll: (organizationId, now) =>
      database.transaction(async (transaction) => {
        const { rows } = await transaction.execute(sql`select exists (select from ${projectFindingDays} where organization_id = ${organizationId}) as known`);
        if (rows[0]?.['known'] !== true) await recordEarlierDays(transaction, organizationId, now);
        await transaction.execute(sql`
          insert into ${projectFindingDays} (organization_id, project_version_id, day, ${sql.raw(recorded.join(', '))}, exploited, image_count, judged_image_count, recorded_at)
          select ${organizationId}, i.project_version_id, ${now.toISOString().slice(0, 10)}, ${sql.join(recorded.map((level) => sql`coalesce(sum(m.${sql.raw(level)}), 0)`), sql`, `)},
            coalesce(sum(m.exploited_count), 0), count(*), count(m.content_id), ${now.toISOString()}::timestamptz
          from ${trackedImages} as i left join ${matchings} as m on m.content_id = i.content_id and m.state <> 'unmatched'
          where i.organization_id = ${organizationId} group by i.project_version_id
          on conflict (project_version_id, day) do update set ${sql.join([...recorded, 'exploited', 'image_count', 'judged_image_count', 'recorded_at'].map((column) => sql.raw(`${column} = excluded.${column}`)), sql`, `)}
            where project_finding_days.recorded_at <= excluded.recorded_at`);
      }),
  };
}

interface DayRow extends Omit<ProjectFindingDayRecord, 'exploited'> {
  readonly exploited: number | null;
  readonly withoutExploited: boolean;
}

/**
 * Tells earlier days from what is there now and from what happened to findings since, for versions and days for which that is the
 * truth: the day is on record for the whole installation with as many images as are still there, and every image of the version shows
 * the same content since and was judged then. An image counts for the version it belongs to now. What cannot be told so stays absent. Exploited findings have no events and are left out.
 */
async function recordEarlierDays(executor: Executor, organizationId: string, now: Date): Promise<void> {
  const columns = recorded.map((level) => sql`(sum(m.${sql.raw(level)}) - coalesce(sum(since.${sql.raw(level)}), 0))::int`);
  await executor.execute(sql`
    insert into ${projectFindingDays} (organization_id, project_version_id, day, ${sql.raw(recorded.join(', '))}, exploited, image_count, judged_image_count, recorded_at)
    select ${organizationId}, i.project_version_id, d.day, ${sql.join(columns, sql`, `)}, null, count(*), count(*), d.recorded_at
    from ${findingDays} as d
    join ${trackedImages} as i on i.organization_id = d.organization_id and i.created_at <= d.recorded_at
    left join ${matchings} as m on m.content_id = i.content_id and m.state <> 'unmatched' and i.content_scanned_at <= d.recorded_at
      and (m.matched_at <= d.recorded_at or exists (select from ${findings} as f where f.content_id = i.content_id and f.first_seen_at <= d.recorded_at))
    left join lateral (
      select ${sql.join(recorded.map((level) => sql`sum(${changeBy(level)}) as ${sql.raw(level)}`), sql`, `)}
      from ${findingEvents} as e where e.image_id = i.id and e.at > d.recorded_at) as since on true
    where d.organization_id = ${organizationId} and d.day < ${now.toISOString().slice(0, 10)}
      and d.image_count = (select count(*) from ${trackedImages} as earlier where earlier.organization_id = d.organization_id and earlier.created_at <= d.recorded_at)
    group by i.project_version_id, d.day, d.recorded_at
    having count(m.content_id) = count(*)
    on conflict do nothing`);
}

/** How an event changed the number of findings of a severity. */
function changeBy(level: Severity): SQL {
  const rank = sql.raw(String(severities.indexOf(level)));
  const name = sql.raw(`'${level}'`);
  return sql`case e.kind
    when 'new' then (e.severity = ${rank})::int
    when 'resolved' then -(e.severity = ${rank})::int
    else coalesce((e.changes -> 'severity' ->> 1 = ${name})::int - (e.changes -> 'severity' ->> 0 = ${name})::int, 0) end`;
}
