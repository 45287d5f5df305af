import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingFilter, type FindingGroupRecord, type FindingGrouping, type FindingGroupSort } from '../finding-records.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
import type { Executor, StoreContext } from '../store-context.js';
import { withoutNulls } from '../without-nulls.js';
import { textArray } from './array-parameters.js';
import { readSelection, selectFindings, type FindingSelection } from './finding-selection.js';
import { groupedByImage } from './grouped-by-image.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { groupByHashing, planForWholeTables } from './plan-for-whole-tables.js';

const keyOf: Readonly<Record<FindingGrouping, SQL>> = { vulnerability: sql`f.vulnerability`, component: sql`f.package_key`, image: sql`i.id` };
const contentKeyOf: Readonly<Record<FindingGrouping, SQL>> = { vulnerability: sql`vulnerability`, component: sql`package_key`, image: sql`image_id` };

/** What each order goes by first, smallest first; equal ones go by key. */
const sortKeys: Readonly<Record<FindingGroupSort, SQL>> = {
  importance: sql`priority::float8`,
  epss: sql`-coalesce(highest_epss, -1)::float8`,
  firstSeen: sql`-extract(epoch from first_seen_at)::float8`,
  findings: sql`-finding_count::float8`,
  images: sql`-image_count::float8`,
  projects: sql`-project_count::float8`,
  key: sql`0::float8`,
};

/** Packages named beside a group. */
const packagesNamed = 5;

/**
 * Implements `FindingRepository.groups`: without another order the most important group first, by the most important finding in it. How many different
 * vulnerabilities and packages there are, and how many images and projects have a vulnerability, is counted for the groups of the page alone.
 */
export async function listGroups(
  context: Pick<StoreContext, 'database' | 'readLimitMs'>,
  organizationId: string,
  grouping: FindingGrouping,
  filter: FindingFilter,
  page: PageRequest & { readonly sort?: FindingGroupSort; readonly reversed?: boolean },
): Promise<Page<FindingGroupRecord>> {
  const { sort = 'importance', reversed = false } = page;
  const cursor = pageCursor(`findings by ${grouping} in groups by ${sort}${reversed ? ', reversed' : ''}`, [keyPart.decimal, keyPart.text]);
  const after = page.after === undefined ? undefined : cursor.read(page.after);
  const way = reversed ? { sorted: sql`desc`, isBeyond: sql`<` } : { sorted: sql`asc`, isBeyond: sql`>` };
  const found = await planForWholeTables(context, async (transaction): Promise<readonly GroupRow[]> => {
    await groupByHashing(transaction);
    const selection = await selectFindings(transaction, organizationId, filter);
    return readSelection(transaction, selection, async () => {
      // States are joined once, on the way to the images of each vulnerability too.
      const byImage = grouping === 'component' || (grouping === 'vulnerability' && (selection.joinsStates || sort === 'images' || sort === 'projects'));
      const { rows } = await transaction.execute(sql`
        select *, ${sortKeys[sort]} as sort_key from (${byImage ? countedByImage(organizationId, keyOf[grouping], filter, selection) : counted(keyOf[grouping], selection)}) as grouped
        ${after === undefined ? sql`` : sql`where (${sortKeys[sort]}, key) ${way.isBeyond} (${after[0]}::float8, ${after[1]})`}
        order by sort_key ${way.sorted}, key ${way.sorted} limit ${rowLimit(page)}`);
      const groups = rows as unknown as readonly (Omit<GroupRow, keyof GroupSpread> & { readonly key: string })[];
      const keys = groups.map((group) => group.key);
      const places = grouping === 'vulnerability' && !byImage ? await placesOf(transaction, selection, keys) : undefined;
      const spread = await spreadOf(transaction, grouping, selection, keys);
      return groups.flatMap((group): readonly GroupRow[] => {
        const own = spread.get(group.key);
        return own === undefined ? [] : [{ ...group, ...own, ...places?.get(group.key) }];
      });
    });
  });
  return toPage(found, page, toGroup, (row) => cursor.write([row.sort_key, row.key]));
}

/**
 * Every group with its figures. A package is mostly in many images, each with several findings of it, so these are grouped image by image and counted
 * on the way: how many images there are needs no other look at all findings.
 */
function countedByImage(organizationId: string, key: SQL, filter: FindingFilter, selection: FindingSelection): SQL {
  return sql`
    select key, sum(images)::int as image_count, count(*)::int as project_count, ${sumsOf('finding_count', 'exploited_count', 'fixable_count')}, ${extremes}
    from (
      select key, version.project_id, count(*) as images, ${sumsOf('finding_count', 'exploited_count', 'fixable_count')}, ${extremes}
      from ${groupedByImage(organizationId, filter, selection, { key }, figures)} as of_image
      join ${trackedImages} as i on i.id = of_image.image_id join ${projectVersions} as version on version.id = i.project_version_id group by 1, 2) as of_project
    group by 1`;
}

/** The same of groups of which images and projects are counted later, or that are images. */
function counted(key: SQL, { from, where }: FindingSelection): SQL {
  return sql`select ${key} as key, 1 as image_count, 1 as project_count, ${figures} from ${from} where ${where} group by 1`;
}

const figures = sql`min(f.priority) as priority, count(*)::int as finding_count, count(f.exploited_since)::int as exploited_count, count(f.fix_version)::int as fixable_count,
  max(f.epss) as highest_epss, max(f.score) as highest_score, min(f.severity) as severity, min(f.first_seen_at) as first_seen_at`;

/** Of figures of groups of a group. */
const extremes = sql`min(priority) as priority, max(highest_epss) as highest_epss, max(highest_score) as highest_score, min(severity) as severity, min(first_seen_at) as first_seen_at`;

function sumsOf(...columns: readonly string[]): SQL {
  return sql.join(columns.map((column) => sql.raw(`sum(${column})::int as ${column}`)), sql`, `);
}

/** How many images and projects have findings of each vulnerability. */
async function placesOf(transaction: Executor, { from, where }: FindingSelection, vulnerabilities: readonly string[]): Promise<ReadonlyMap<string, Pick<GroupRow, 'image_count' | 'project_count'>>> {
  const { rows } = await transaction.execute(sql`
    select vulnerability, count(*)::int as image_count, count(distinct version.project_id)::int as project_count from (
      select f.vulnerability, i.project_version_id from ${from} where ${where} and f.vulnerability = any(${textArray(vulnerabilities)}) group by f.vulnerability, i.id) as image
    join ${projectVersions} as version on version.id = image.project_version_id group by 1`);
  return new Map((rows as unknown as readonly (Pick<GroupRow, 'image_count' | 'project_count'> & { readonly vulnerability: string })[]).map(({ vulnerability, image_count, project_count }) => [vulnerability, { image_count, project_count }]));
}

/** How many different vulnerabilities and packages the groups have, by their key. */
async function spreadOf(transaction: Executor, grouping: FindingGrouping, { from, where, ofImage }: FindingSelection, keys: readonly string[]): Promise<ReadonlyMap<string, GroupSpread>> {
  // Few images have few findings, which an index leads to.
  const found = grouping === 'image' ? sql`${trackedImages} as i cross join lateral (select f.* from ${ofImage.from} where ${ofImage.where}) as f` : from;
  const fits = grouping === 'image' ? sql`true` : where;
  // Each column is grouped by once; the name of a package follows from its key.
  const { rows } = await transaction.execute(sql`
    with content as materialized (
      select ${grouping === 'image' ? sql`i.id as image_id,` : sql``} f.vulnerability, f.package_key, f.package_version, min(f.package_name) as package_name, max(f.fix_version) as fix_version
      from ${found} where ${fits} and ${keyOf[grouping]} = any(${textArray(keys)}) group by ${grouping === 'image' ? sql`i.id,` : sql``} f.vulnerability, f.package_key, f.package_version),
    keyed as (select ${contentKeyOf[grouping]} as key, * from content),
    named as (
      select key, jsonb_agg(jsonb_build_object('name', package_name, 'version', package_version, 'fixVersion', fix_version) order by package_name, package_version) as packages
      from (select key, package_name, package_version, max(fix_version) as fix_version, row_number() over (partition by key order by package_name, package_version) as place
            from keyed group by 1, 2, 3) as package
      where place <= ${packagesNamed} group by 1)
    select key, count(distinct vulnerability)::int as vulnerability_count, count(distinct package_key)::int as package_count, named.packages
    from keyed join named using (key) group by key, named.packages`);
  return new Map((rows as unknown as readonly (GroupSpread & { readonly key: string })[]).map(({ key, ...row }) => [key, row]));
}

interface GroupSpread {
  readonly vulnerability_count: number;
  readonly package_count: number;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly fixVersion: string | null }[];
}

interface GroupRow extends GroupSpread {
  readonly key: string;
  readonly sort_key: number;
  readonly finding_count: number;
  readonly image_count: number;
  readonly project_count: number;
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
