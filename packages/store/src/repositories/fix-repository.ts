import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingFilter } from '../finding-records.js';
import type { BaseFixRecord, PackageFixRecord } from '../fix-records.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { FixRepository } from '../contract/fix-repository.js';
import { textArray } from './array-parameters.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { selectFindings } from './finding-selection.js';
import { groupedByImage } from './grouped-by-image.js';
import { groupByHashing, planForWholeTables } from './plan-for-whole-tables.js';
import { contents } from '../schema/content-tables.js';
import { withoutNulls } from '../without-nulls.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';

/** The worst first; what is exploited goes before everything else. */
const worstFirst = sql`("exploitedCount" > 0) desc, critical desc, high desc, "findingCount" desc`;

/** Of so many packages the images are found faster by an index than by reading all findings. */
const few = 20;

/** What groups of findings are ordered by. How many groups there are costs nothing beside the order; how many images, projects and versions there are is counted for those on top alone. */
const figures = sql.join(
  [
    ...(['critical', 'high', 'medium', 'low'] as const).map((level) => sql`(count(*) filter (where f.severity = ${sql.raw(String(severities.indexOf(level)))}))::int as ${sql.raw(level)}`),
    sql`count(*)::int as "findingCount"`,
    sql`count(f.exploited_since)::int as "exploitedCount"`,
  ],
  sql`, `,
);

export function createFixRepository(context: StoreContext): FixRepository {
  return {
    async list(organizationId, { imageId, limit }) {
      const filter = mendable(imageId);
      return planForWholeTables(context, async (transaction) => {
        const top = limit > few ? await countedByImage(transaction, organizationId, filter, limit) : await countedOnTop(transaction, organizationId, filter, limit);
        const ofTop = sql`from ${findingsOfImages} where ${findingConditions(organizationId, filter)} and ${isOneOf(top)}`;
        const versions = await transaction.execute(sql`
          select package_key as "packageKey", ecosystem, (array_agg(fix_version))[1:100] as "fixVersions"
          from (select f.package_key, f.ecosystem, f.fix_version ${ofTop} group by 1, 2, 3) as version group by 1, 2`);
        return joined(['packageKey', 'ecosystem'], top, versions.rows) as unknown as readonly PackageFixRecord[];
      });
    },

    async bases(organizationId, { imageId, limit }) {
      const ofBases = sql`${findingsOfImages} join ${contents} as base on base.id = f.content_id and base.base_diff_id is not null and f.layer_index < base.base_layer_count`;
      const where = findingConditions(organizationId, mendable(imageId));
      return planForWholeTables(context, async (transaction) => {
        const top = await transaction.execute(sql`
          select *, (count(*) over ())::int as "outOf" from (
            select base.base_diff_id as "baseDiffId", min(base.base_name) as name, min(base.distribution_name) as "distributionName", ${figures}
            from ${ofBases} where ${where} group by base.base_diff_id) as base
          order by ${worstFirst}, "baseDiffId" limit ${limit}`);
        const ofTop = sql`from ${ofBases} where ${where} and base.base_diff_id = any(${textArray(top.rows.map((row) => String(row['baseDiffId'])))})`;
        const images = await transaction.execute(sql`
          select base_diff_id as "baseDiffId", count(*)::int as "imageCount", count(distinct version.project_id)::int as "projectCount"
          from (select base.base_diff_id, i.project_version_id ${ofTop} group by base.base_diff_id, i.id) as image
          join ${projectVersions} as version on version.id = image.project_version_id group by 1`);
        const packages = await transaction.execute(sql`
          select base_diff_id as "baseDiffId", count(*)::int as "packageCount" from (select base.base_diff_id, f.package_key ${ofTop} group by 1, 2) as package group by 1`);
        return (joined(['baseDiffId'], top.rows, images.rows, packages.rows) as unknown as BaseFixRecord[]).map(withoutNulls);
      });
    },
  };
}

/** Findings that a change would mend, of one image or of all. */
function mendable(imageId: string | undefined): FindingFilter {
  return { fixAvailable: true, ...(imageId !== undefined && { imageId }) };
}

function sum(...columns: readonly string[]): SQL {
  return sql.join(columns.map((column) => sql.raw(`sum(${column})::int as ${column}`)), sql`, `);
}

/** The packages on top with all that is counted of them: every finding is read once, image by image. */
async function countedByImage(transaction: Executor, organizationId: string, filter: FindingFilter, limit: number): Promise<readonly Row[]> {
  await groupByHashing(transaction);
  const figuresOfGroup = sum('critical', 'high', 'medium', 'low', '"findingCount"', '"exploitedCount"');
  const { rows } = await transaction.execute(sql`
    with of_place as (
      select key, ecosystem, version.project_id, content.distribution_name, min(of_image.name) as name, count(*) as images, ${figuresOfGroup}
      from ${groupedByImage(organizationId, filter, await selectFindings(transaction, organizationId, filter), { key: sql`f.package_key`, ecosystem: sql`f.ecosystem` }, sql`min(f.package_name) as name, ${figures}`)} as of_image
      join ${trackedImages} as i on i.id = of_image.image_id
      join ${projectVersions} as version on version.id = i.project_version_id join ${contents} as content on content.id = i.content_id group by 1, 2, 3, 4)
    select *, (count(*) over ())::int as "outOf" from (
      select key as "packageKey", ecosystem, min(name) as name, sum(images)::int as "imageCount", count(distinct project_id)::int as "projectCount",
        count(distinct distribution_name)::int as "distributionCount", ${figuresOfGroup}
      from of_place group by 1, 2) as fix
    order by ${worstFirst}, "packageKey" limit ${limit}`);
  return rows;
}

/** The same for few: several processes find which are on top, and an index leads to the findings whose images are counted. */
async function countedOnTop(transaction: Executor, organizationId: string, filter: FindingFilter, limit: number): Promise<readonly Row[]> {
  const where = findingConditions(organizationId, filter);
  const top = await transaction.execute(sql`
    select *, (count(*) over ())::int as "outOf" from (
      select f.package_key as "packageKey", f.ecosystem, min(f.package_name) as name, ${figures}
      from ${findingsOfImages} where ${where} group by f.package_key, f.ecosystem) as fix
    order by ${worstFirst}, "packageKey" limit ${limit}`);
  const images = await transaction.execute(sql`
    select package_key as "packageKey", ecosystem, count(*)::int as "imageCount", count(distinct version.project_id)::int as "projectCount",
      count(distinct content.distribution_name)::int as "distributionCount"
    from (select f.package_key, f.ecosystem, i.project_version_id, i.content_id from ${findingsOfImages} where ${where} and ${isOneOf(top.rows)} group by f.package_key, f.ecosystem, i.id) as image
    join ${projectVersions} as version on version.id = image.project_version_id join ${contents} as content on content.id = image.content_id group by 1, 2`);
  return joined(['packageKey', 'ecosystem'], top.rows, images.rows);
}

function isOneOf(rows: readonly Row[]): SQL {
  return sql`f.package_key = any(${textArray(rows.map((row) => String(row['packageKey'])))})`;
}

type Row = Readonly<Record<string, unknown>>;

/** Each row of the first list with those of the others that have the same keys, of which there is one in each. */
function joined(keys: readonly string[], rows: readonly Row[], ...others: readonly (readonly Row[])[]): readonly Row[] {
  const keyOf = (row: Row): string => JSON.stringify(keys.map((key) => row[key]));
  const parts = others.map((other) => new Map(other.map((row) => [keyOf(row), row])));
  return rows.map((row) => Object.assign({}, row, ...parts.map((part) => part.get(keyOf(row)))) as Row);
}
