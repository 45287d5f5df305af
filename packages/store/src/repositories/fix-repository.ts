import { sql } from 'drizzle-orm';
import { severities } from '../finding-records.js';
import type { BaseFixRecord, PackageFixRecord } from '../records.js';
import type { StoreContext } from '../store-context.js';
import type { FixRepository } from '../contract/fix-repository.js';
import { findingConditions, findingsOfImages } from './finding-conditions.js';
import { contents } from '../schema/content-tables.js';
import { withoutNulls } from '../without-nulls.js';
import { projectVersions } from '../schema/image-tables.js';

export function createFixRepository({ database }: StoreContext): FixRepository {
  const [critical, high, medium, low] = (['critical', 'high', 'medium', 'low'] as const).map((level) => sql`(count(*) filter (where f.severity = ${severities.indexOf(level)}))::int`);
  return {
    async list(organizationId, { imageId, limit }) {
      const { rows } = await database.execute(sql`
        select f.package_key as "packageKey", f.ecosystem, min(f.package_name) as name, ${critical} as critical, ${high} as high, ${medium} as medium, ${low} as low,
          count(*)::int as "findingCount", count(f.exploited_since)::int as "exploitedCount", count(distinct i.id)::int as "imageCount",
          count(distinct version.project_id)::int as "projectCount", (array_agg(distinct f.fix_version))[1:100] as "fixVersions",
          count(distinct content.distribution_name)::int as "distributionCount"
        from ${findingsOfImages} join ${projectVersions} as version on version.id = i.project_version_id join ${contents} as content on content.id = f.content_id
        where ${conditions(organizationId, imageId)}
        group by f.package_key, f.ecosystem
        order by (count(f.exploited_since) > 0) desc, 4 desc, 5 desc, "findingCount" desc, f.package_key
        limit ${limit}`);
      return rows as unknown as readonly PackageFixRecord[];
    },

    async bases(organizationId, { imageId, limit }) {
      const { rows } = await database.execute(sql`
        select base.base_diff_id as "baseDiffId", min(base.base_name) as name, min(base.distribution_name) as "distributionName", ${critical} as critical, ${high} as high, ${medium} as medium, ${low} as low,
          count(*)::int as "findingCount", count(f.exploited_since)::int as "exploitedCount", count(distinct i.id)::int as "imageCount",
          count(distinct version.project_id)::int as "projectCount", count(distinct f.package_key)::int as "packageCount"
        from ${findingsOfImages} join ${projectVersions} as version on version.id = i.project_version_id
        join ${contents} as base on base.id = f.content_id and base.base_diff_id is not null and f.layer_index < base.base_layer_count
        where ${conditions(organizationId, imageId)}
        group by base.base_diff_id
        order by (count(f.exploited_since) > 0) desc, 4 desc, 5 desc, "findingCount" desc, base.base_diff_id
        limit ${limit}`);
      return (rows as unknown as BaseFixRecord[]).map(withoutNulls);
    },
  };
}

/** Findings that a change would mend, of one image or of all. */
function conditions(organizationId: string, imageId: string | undefined) {
  return findingConditions(organizationId, { fixAvailable: true, ...(imageId !== undefined && { imageId }) });
}
