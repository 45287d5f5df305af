import { sql, type SQL } from 'drizzle-orm';
import { vexVerdicts } from '../../schema/vex-tables.js';

/**
 * One column of the statement that decides a finding `f` in the image `i` among VEX documents. A subquery without rows where none
 * speaks of it, and for findings of a content that the image showed before.
 */
export function decidingVerdict(column: 'status' | 'document_id'): SQL {
  return sql`(
    select v.${sql.raw(column)} from ${vexVerdicts} as v
    where v.image_id = i.id and v.content_id = f.content_id and v.position = f.position and v.vulnerability = f.vulnerability
    order by v.rank limit 1)`;
}

/** Statements of these kinds take a finding out of lists. */
export const hidingStatuses: SQL = sql`('not_affected', 'fixed')`;
