import { sql, type SQL } from 'drizzle-orm';
import { projectVersions } from '../schema/image-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';

/**
 * One column of the decision that counts for a finding `f` (of which organisation, vulnerability, package and fix are looked at) in
 * the image `i`: the narrowest that holds at a moment. A subquery without rows where there is none.
 */
export function countingDecision(column: 'id' | 'state', at: Date): SQL {
  return sql`(
    select d.${sql.raw(column)} from ${triageDecisions} as d
    where d.organization_id = f.organization_id and d.vulnerability = f.vulnerability and d.package_key = f.package_key and d.ended_at is null
      and (d.expires_at is null or d.expires_at > ${at.toISOString()}::timestamptz) and not (d.reopen_when_fixed and not d.had_fix and f.fix_version is not null)
      and (d.scope = 'everywhere' or d.scope = 'image' and d.scope_key = i.name
        or d.scope = 'project' and d.scope_key = (select version.project_id from ${projectVersions} as version where version.id = i.project_version_id))
    order by case d.scope when 'image' then 0 when 'project' then 1 else 2 end limit 1)`;
}
