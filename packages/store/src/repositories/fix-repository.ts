import { sql } from 'drizzle-orm';
import { severities } from '../finding-records.js';
import type { BaseFixRecord, PackageFixRecord } from '../fix-records.js';
import type { StoreContext } from '../store-context.js';
import type { FixRepository } from '../contract/fix-repository.js';
import { textArray } from './array-parameters.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { planForWholeTables } from './plan-for-whole-tables.js';
import { contents } from '../schema/content-tables.js';
import { withoutNulls } from '../without-nulls.js';
import { projectVersions } from '../schema/image-tables.js';

/** The worst first; what is exploited goes before everything else. */
const worstFirst = sql`("exploitedCount" > 0) desc, critical desc, high desc, "findingCount" desc`;

/** What groups of findings are ordered by. How many groups there are costs nothing beside the order; how many images, projects and versions there are is counted for those on top alone. */
const figures = sql.join(
  [
    ...(['critical', 'high', 'medium', 'low'] as const).map((level) => sql`(count(*) filter (where f.severity = ${sql.raw(String(severities.indexOf(level)))}))::int as ${sql.raw(level)}`),
    sql`count(*)::int as "findingCount"`,
    sql`count(f.exploited_since)::int as "exploitedCount"`,
  ],
  sql`, `,
);

export function createFixRepository({ database }: StoreContext): FixRepository {
  return {
    async list(organizationId, { imageId, limit }) {
      const where = conditions(organizationId, imageId);
      return planForWholeTables(database, async (transaction) => {
        const top = await transaction.execute(sql`
          select *, (count(*) over ())::int as "outOf" from (
            select f.package_key as "packageKey", f.ecosystem, min(f.package_name) as name, ${figures}
            from ${findingsOfImages} where ${where} group by f.package_key, f.ecosystem) as fix
          order by ${worstFirst}, "packageKey" limit ${limit}`);
        const ofTop = sql`from ${findingsOfImages} where ${where} and f.package_key = any(${textArray(top.rows.map((row) => String(row['packageKey'])))})`;
        const images = await transaction.execute(sql`
          select package_key as "packageKey", ecosystem, count(*)::int as "imageCount", count(distinct version.project_id)::int as "projectCount",
            count(distinct content.distribution_name)::int as "distributionCount"
          from (select f.package_key, f.ecosystem, i.project_version_id, i.content_id ${ofTop} group by f.package_key, f.ecosystem, i.id) as image
          join ${projectVersions} as version on version.id = image.project_version_id join ${contents} as content on content.id = image.content_id group by 1, 2`);
        const versions = await transaction.execute(sql`
          select package_key as "packageKey", ecosystem, (array_agg(fix_version))[1:100] as "fixVersions"
          from (select f.package_key, f.ecosystem, f.fix_version ${ofTop} group by 1, 2, 3) as version group by 1, 2`);
        return joined(['packageKey', 'ecosystem'], top.rows, images.rows, versions.rows) as unknown as readonly PackageFixRecord[];
      });
    },

    async bases(organizationId, { imageId, limit }) {
      const ofBases = sql`${findingsOfImages} join ${contents} as base on base.id = f.content_id and base.base_diff_id is not null and f.layer_index < base.base_layer_count`;
      const where = conditions(organizationId, imageId);
      return planForWholeTables(database, async (transaction) => {
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
function conditions(organizationId: string, imageId: string | undefined) {
  return findingConditions(organizationId, { fixAvailable: true, ...(imageId !== undefined && { imageId }) });
}

type Row = Readonly<Record<string, unknown>>;

/** Each row of the first list with those of the others that have the same keys, of which there is one in each. */
function joined(keys: readonly string[], rows: readonly Row[], ...others: readonly (readonly Row[])[]): readonly Row[] {
  const keyOf = (row: Row): string => JSON.stringify(keys.map((key) => row[key]));
  const parts = others.map((other) => new Map(other.map((row) => [keyOf(row), row])));
  return rows.map((row) => Object.assign({}, row, ...parts.map((part) => part.get(keyOf(row)))) as Row);
}
