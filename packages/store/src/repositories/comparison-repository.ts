import { sql, type SQL } from 'drizzle-orm';
import { findingChangeKinds, type ComparedPair, type ComponentVersionRecord, type FindingChangeFilter, type FindingChangeKind, type FindingChangeRecord, type FindingChangeTotals, type PackageFindingChanges } from '../comparison-records.js';
import { severities, type SeverityCounts } from '../finding-records.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { components, contents } from '../schema/content-tables.js';
import { findings } from '../schema/finding-tables.js';
import { containsPattern } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { ComparisonRepository } from '../contract/comparison-repository.js';
import { withoutNulls } from '../without-nulls.js';
import { toFinding, type FindingRow } from './finding-row.js';

const cursor = pageCursor('finding changes', [keyPart.number, keyPart.number, keyPart.text, keyPart.text]);

/** Vulnerabilities named beside a package. */
const named = 3;

/** What a row of `changes` is, as its place in {@link findingChangeKinds}. */
const rankOf = (kind: FindingChangeKind): number => findingChangeKinds.indexOf(kind);

export function createComparisonRepository({ database }: StoreContext): ComparisonRepository {
  return {
    async components(organizationId, { from, to }) {
      const [earlier, later] = [from, to].map(({ contentId }) => (isId(contentId) ? contentId : ''));
      // Each version once on either side, at its first place there. Only what differs is looked up again.
      const { rows } = await database.execute(sql`
        with held as materialized (
          select package_key, version, min(position) filter (where content_id = ${earlier}) as earlier, min(position) filter (where content_id = ${later}) as later
          from ${components}
          where content_id in (select id from ${contents} where id in (${earlier}, ${later}) and organization_id = ${organizationId} and published) and organization_id = ${organizationId}
          group by package_key, version),
        changed as materialized (select distinct package_key from held where earlier is null or later is null),
        chosen as (
          select ${earlier} as content_id, earlier as position, false as is_later from held join changed using (package_key) where earlier is not null
          union all select ${later}, later, true from held join changed using (package_key) where later is not null)
        select total.unchanged, chosen.is_later, component.package_key as "packageKey", component.ecosystem, component.name, component.version
        from (select (select count(distinct package_key) from held) - (select count(*) from changed) as unchanged) as total
        left join (chosen join ${components} as component using (content_id, position)) on true
        order by chosen.is_later, chosen.position`);
      const side = (isLater: boolean) => rows.filter((row) => row['is_later'] === isLater).map(({ packageKey, ecosystem, name, version }) => ({ packageKey, ecosystem, name, version }) as ComponentVersionRecord);
      return { from: side(false), to: side(true), unchangedCount: Number(rows[0]?.['unchanged'] ?? 0) };
    },

    async counts(organizationId, pair) {
      const { rows } = await database.execute(sql`${changesOf(organizationId, pair)}
        select kind, severity, count(*)::int as count, count(exploited_since)::int as exploited from changes group by kind, severity`);
      const totals = (kind: FindingChangeKind): FindingChangeTotals => {
        const own = rows.filter((row) => row['kind'] === rankOf(kind));
        const counts = Object.fromEntries(severities.map((severity, rank) => [severity, Number(own.find((row) => row['severity'] === rank)?.['count'] ?? 0)]));
        return { counts: counts as SeverityCounts, exploitedCount: own.reduce((sum, row) => sum + Number(row['exploited']), 0) };
      };
      return { introduced: totals('introduced'), fixed: totals('fixed'), unchanged: totals('unchanged') };
    },

    async list(organizationId, pair, filter, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const reached = after === undefined ? sql`true` : sql`(kind, priority, vulnerability, package_key) > (${after[0]}::int, ${after[1]}::int, ${after[2]}, ${after[3]})`;
      const { rows } = await database.execute(sql`${changesOf(organizationId, pair)},
        page as (select * from changes where ${conditions(filter)} and ${reached} order by kind, priority, vulnerability, package_key limit ${rowLimit(page)})
        select f.*, page.kind, page.from_version, page.to_version, case when page.kind = ${rankOf('fixed')}::int then ${pair.from.imageId} else ${pair.to.imageId} end as image_id,
          component.id as component_id, component.package_url, component.locations, component.owned_by
        from page join ${findings} as f using (content_id, position, vulnerability)
        join ${components} as component using (content_id, position)
        order by page.kind, page.priority, page.vulnerability, page.package_key`);
      const found = rows as unknown as ChangeRow[];
      return toPage(found, page, toChange, (row) => cursor.write([row.kind, row.priority, row.vulnerability, row.package_key]));
    },

    async count(organizationId, pair, filter) {
      const { rows } = await database.execute(sql`${changesOf(organizationId, pair)} select count(*)::int as count from changes where ${conditions(filter)}`);
      return Number(rows[0]?.['count'] ?? 0);
    },

    async byPackage(organizationId, pair) {
      const of = (kind: FindingChangeKind) => sql`filter (where kind = ${rankOf(kind)}::int)`;
      const { rows } = await database.execute(sql`${changesOf(organizationId, pair)}
        select package_key as "packageKey",
          (count(*) ${of('introduced')})::int as "introducedCount", (count(*) ${of('fixed')})::int as "fixedCount",
          coalesce((array_agg(vulnerability order by priority, vulnerability) ${of('introduced')})[1:${sql.raw(String(named))}], '{}') as introduced,
          coalesce((array_agg(vulnerability order by priority, vulnerability) ${of('fixed')})[1:${sql.raw(String(named))}], '{}') as fixed,
          min(priority) ${of('introduced')} as "introducedPriority", min(priority) ${of('fixed')} as "fixedPriority"
        from changes where kind <> ${rankOf('unchanged')}::int group by package_key order by package_key`);
      return (rows as unknown as PackageFindingChanges[]).map(withoutNulls);
    },
  };
}

/**
 * Begins a query with `changes`: a row for each vulnerability of a package on either side. Read by the primary key of findings, which
 * begins with the content, so that only the rows of the two images are touched.
 */
function changesOf(organizationId: string, { from, to }: ComparedPair): SQL {
  const side = (contentId: string): SQL => sql`
    select distinct on (vulnerability, package_key) content_id, position, vulnerability, package_key, package_name, package_version, priority, severity, exploited_since
    from ${findings} where content_id = ${isId(contentId) ? contentId : ''} and organization_id = ${organizationId} and not hidden
    order by vulnerability, package_key, priority, position`;
  return sql`
    with earlier as (${side(from.contentId)}), later as (${side(to.contentId)}),
    changes as (
      select case when earlier.vulnerability is null then ${rankOf('introduced')}::int when later.vulnerability is null then ${rankOf('fixed')}::int else ${rankOf('unchanged')}::int end as kind,
        vulnerability, package_key, coalesce(later.content_id, earlier.content_id) as content_id, coalesce(later.position, earlier.position) as position,
        coalesce(later.package_name, earlier.package_name) as package_name, earlier.package_version as from_version, later.package_version as to_version,
        coalesce(later.priority, earlier.priority) as priority, coalesce(later.severity, earlier.severity) as severity,
        case when later.vulnerability is null then earlier.exploited_since else later.exploited_since end as exploited_since
      from earlier full join later using (vulnerability, package_key))`;
}

function conditions({ kinds, severities: wanted, search }: FindingChangeFilter): SQL {
  const parts: SQL[] = [sql`true`];
  if (kinds !== undefined) parts.push(sql`kind = any(${sql.param(kinds.map(rankOf))}::int[])`);
  if (wanted !== undefined) parts.push(sql`severity = any(${sql.param(wanted.map((severity) => severities.indexOf(severity)))}::int[])`);
  if (search !== undefined) {
    const pattern = containsPattern(search);
    parts.push(sql`(package_name ilike ${pattern} or vulnerability ilike ${pattern})`);
  }
  return sql.join(parts, sql` and `);
}

interface ChangeRow extends FindingRow {
  readonly kind: number;
  readonly priority: number;
  readonly from_version: string | null;
  readonly to_version: string | null;
}

function toChange(row: ChangeRow): FindingChangeRecord {
  return withoutNulls({ kind: findingChangeKinds[row.kind] ?? ('unchanged' as const), finding: toFinding(row), fromVersion: row.from_version, toVersion: row.to_version });
}
