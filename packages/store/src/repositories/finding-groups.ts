import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingFilter, type FindingGroupRecord, type FindingGrouping } from '../finding-records.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
import type { StoreDatabase } from '../store-context.js';
import { withoutNulls } from '../without-nulls.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';

const keyOf: Readonly<Record<FindingGrouping, SQL>> = { vulnerability: sql`f.vulnerability`, component: sql`f.package_key`, image: sql`i.id` };

/** Packages named beside a group. */
const packagesNamed = 5;

/** Implements `FindingRepository.groups`: the most important group first, by the most important finding in it, then by key. */
export async function listGroups(
  database: StoreDatabase,
  organizationId: string,
  grouping: FindingGrouping,
  filter: FindingFilter,
  page: PageRequest,
): Promise<Page<FindingGroupRecord>> {
  const cursor = pageCursor(`findings by ${grouping} in groups`, [keyPart.number, keyPart.text]);
  const after = page.after === undefined ? undefined : cursor.read(page.after);
  const where = findingConditions(organizationId, filter);
  const key = keyOf[grouping];
  const { rows } = await database.execute(sql`
    with page as (
      select ${key} as key, min(f.priority) as priority, count(*)::int as finding_count, count(distinct i.id)::int as image_count,
        count(distinct f.vulnerability)::int as vulnerability_count, count(distinct f.package_key)::int as package_count,
        count(f.exploited_since)::int as exploited_count, count(f.fix_version)::int as fixable_count,
        max(f.epss) as highest_epss, max(f.score) as highest_score, min(f.severity) as severity, min(f.first_seen_at) as first_seen_at
      from ${findingsOfImages} where ${where} group by 1
      ${after === undefined ? sql`` : sql`having (min(f.priority), ${key}) > (${after[0]}::int, ${after[1]})`}
      order by 2, 1 limit ${rowLimit(page)})
    select page.*, coalesce(named.packages, '[]'::jsonb) as packages from page
    left join lateral (
      select jsonb_agg(jsonb_build_object('name', p.package_name, 'version', p.package_version, 'fixVersion', p.fix_version) order by p.package_name, p.package_version) as packages
      from (select f.package_name, f.package_version, max(f.fix_version) as fix_version from ${findingsOfImages}
            where ${where} and ${key} = page.key group by 1, 2 order by 1, 2 limit ${packagesNamed}) as p) as named on true
    order by page.priority, page.key`);
  const found = rows as unknown as GroupRow[];
  return toPage(found, page, toGroup, (row) => cursor.write([row.priority, row.key]));
}

interface GroupRow {
  readonly key: string;
  readonly priority: number;
  readonly finding_count: number;
  readonly image_count: number;
  readonly vulnerability_count: number;
  readonly package_count: number;
  readonly exploited_count: number;
  readonly fixable_count: number;
  readonly highest_epss: number | null;
  readonly highest_score: number | null;
  readonly severity: number;
  readonly first_seen_at: Date;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly fixVersion: string | null }[];
}

function toGroup(row: GroupRow): FindingGroupRecord {
  return withoutNulls({
    key: row.key,
    worstSeverity: severities[row.severity] ?? 'unknown',
    findingCount: row.finding_count,
    imageCount: row.image_count,
    vulnerabilityCount: row.vulnerability_count,
    packageCount: row.package_count,
    exploitedCount: row.exploited_count,
    fixableCount: row.fixable_count,
    highestEpss: row.highest_epss,
    highestScore: row.highest_score,
    packages: row.packages.map((named) => withoutNulls(named)),
    firstSeenAt: new Date(row.first_seen_at),
  });
}
