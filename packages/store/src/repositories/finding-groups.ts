import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingFilter, type FindingGroupRecord, type FindingGrouping } from '../finding-records.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
import type { Executor, StoreDatabase } from '../store-context.js';
import { withoutNulls } from '../without-nulls.js';
import { textArray } from './array-parameters.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { projectVersions } from '../schema/image-tables.js';
import { planForWholeTables } from './plan-for-whole-tables.js';

const keyOf: Readonly<Record<FindingGrouping, SQL>> = { vulnerability: sql`f.vulnerability`, component: sql`f.package_key`, image: sql`i.id` };

/** Packages named beside a group. */
const packagesNamed = 5;

/**
 * Implements `FindingRepository.groups`: the most important group first, by the most important finding in it, then by key. How many different images,
 * vulnerabilities and packages there are is counted for the groups of the page alone.
 */
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
  const found = await planForWholeTables(database, async (transaction): Promise<readonly GroupRow[]> => {
    const { rows } = await transaction.execute(sql`
      select ${key} as key, min(f.priority) as priority, count(*)::int as finding_count,
        count(f.exploited_since)::int as exploited_count, count(f.fix_version)::int as fixable_count,
        max(f.epss) as highest_epss, max(f.score) as highest_score, min(f.severity) as severity, min(f.first_seen_at) as first_seen_at
      from ${findingsOfImages} where ${where} group by 1
      ${after === undefined ? sql`` : sql`having (min(f.priority), ${key}) > (${after[0]}::int, ${after[1]})`}
      order by 2, 1 limit ${rowLimit(page)}`);
    const groups = rows as unknown as readonly Omit<GroupRow, keyof GroupSpread>[];
    const spread = await spreadOf(transaction, grouping, where, groups.map((group) => group.key));
    return groups.flatMap((group): readonly GroupRow[] => {
      const own = spread.get(group.key);
      return own === undefined ? [] : [{ ...group, ...own }];
    });
  });
  return toPage(found, page, toGroup, (row) => cursor.write([row.priority, row.key]));
}

/** How many different images, projects, vulnerabilities and packages the groups have, by their key. */
async function spreadOf(transaction: Executor, grouping: FindingGrouping, where: SQL, keys: readonly string[]): Promise<ReadonlyMap<string, GroupSpread>> {
  const key = keyOf[grouping];
  const ofKeys = sql`from ${findingsOfImages} where ${where} and ${key} = any(${textArray(keys)})`;
  const imageCounts = grouping === 'image' ? undefined : await transaction.execute(sql`
    select key, count(*)::int as count, count(distinct version.project_id)::int as projects
    from (select ${key} as key, i.project_version_id ${ofKeys} group by ${key}, i.id) as image
    join ${projectVersions} as version on version.id = image.project_version_id group by 1`);
  const images = new Map(imageCounts?.rows.map((row) => [String(row['key']), { images: Number(row['count']), projects: Number(row['projects']) }]));
  const { rows } = await transaction.execute(sql`
    with content as materialized (
      select ${key} as key, f.vulnerability, f.package_key, f.package_name, f.package_version, max(f.fix_version) as fix_version ${ofKeys} group by 1, 2, 3, 4, 5),
    named as (
      select key, jsonb_agg(jsonb_build_object('name', package_name, 'version', package_version, 'fixVersion', fix_version) order by package_name, package_version) as packages
      from (select key, package_name, package_version, max(fix_version) as fix_version, row_number() over (partition by key order by package_name, package_version) as place
            from content group by 1, 2, 3) as package
      where place <= ${packagesNamed} group by 1)
    select key, count(distinct vulnerability)::int as vulnerability_count, count(distinct package_key)::int as package_count, named.packages
    from content join named using (key) group by key, named.packages`);
  const found = rows as unknown as readonly (Omit<GroupSpread, 'image_count' | 'project_count'> & { readonly key: string })[];
  return new Map(found.map(({ key: own, ...row }) => [own, { ...row, image_count: images.get(own)?.images ?? 1, project_count: images.get(own)?.projects ?? 1 }]));
}

interface GroupSpread {
  readonly image_count: number;
  readonly project_count: number;
  readonly vulnerability_count: number;
  readonly package_count: number;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly fixVersion: string | null }[];
}

interface GroupRow extends GroupSpread {
  readonly key: string;
  readonly priority: number;
  readonly finding_count: number;
  readonly exploited_count: number;
  readonly fixable_count: number;
  readonly highest_epss: number | null;
  readonly highest_score: number | null;
  readonly severity: number;
  readonly first_seen_at: Date;
}

function toGroup(row: GroupRow): FindingGroupRecord {
  return withoutNulls({
    key: row.key,
    worstSeverity: severities[row.severity] ?? 'unknown',
    findingCount: row.finding_count,
    imageCount: row.image_count,
    projectCount: row.project_count,
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
