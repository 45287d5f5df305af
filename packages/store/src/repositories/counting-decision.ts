import { sql, type SQL } from 'drizzle-orm';
import type { TriageScope } from '../triage-records.js';
import { projectVersions } from '../schema/image-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';

/**
 * One column of the decision that counts for a finding `f` (of which organisation, vulnerability, package and fix are looked at) in
 * the image `i`: the narrowest that holds at a moment. Null where there is none.
 */
export function countingDecision(column: 'id' | 'state', at: Date): SQL {
  // Each scope is asked for by its whole key: thousands of images may have a decision of their own about one vulnerability in one package.
  const ofScope = (scope: TriageScope, key: SQL): SQL => sql`(select d.${sql.raw(column)} from ${triageDecisions} as d where ${decisionOf(scope, key, at)})`;
  const project = sql`(select version.project_id from ${projectVersions} as version where version.id = i.project_version_id)`;
  return sql`coalesce(${ofScope('image', sql`i.name`)}, ${ofScope('project', project)}, ${ofScope('everywhere', sql`''`)})`;
}

/** Whether the decision `d` is about the finding `f` in a scope, and holds at a moment. One at most does for each key of a scope. */
function decisionOf(scope: TriageScope, key: SQL, at: Date): SQL {
  return sql`d.organization_id = f.organization_id and d.vulnerability = f.vulnerability and d.package_key = f.package_key and d.scope = ${sql.raw(`'${scope}'`)} and d.scope_key = ${key}
    and ${holdsAt(at)} and not (d.reopen_when_fixed and not d.had_fix and f.fix_version is not null)`;
}

/** Whether the decision `d` holds at a moment, as long as no fix is what it waits for. */
export function holdsAt(at: Date): SQL {
  return sql`d.ended_at is null and (d.expires_at is null or d.expires_at > ${at.toISOString()}::timestamptz)`;
}
