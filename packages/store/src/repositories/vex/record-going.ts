import { sql } from 'drizzle-orm';
import { findingEvents, findings } from '../../schema/finding-tables.js';
import { trackedImages } from '../../schema/image-tables.js';
import { vexDocuments, vexVerdicts } from '../../schema/vex-tables.js';
import type { Executor } from '../../store-context.js';
import type { DocumentRow } from './write-document.js';

/** Notes in the history of findings that a document decided what decides them when it is gone: the next statement, or none. */
export async function recordGoing(executor: Executor, document: DocumentRow, at: Date): Promise<void> {
  const said = (verdict: string, from: string) => sql.raw(`jsonb_build_object('status', ${verdict}.status, 'document', ${from}.name, 'author', ${from}.author)`);
  await executor.execute(sql`
    insert into ${findingEvents} (organization_id, image_id, kind, cause, at, vulnerability, package_key, package_name, package_version, severity, fix_version, changes)
    select distinct on (i.id, f.vulnerability, f.package_key) f.organization_id, i.id, 'changed', 'vex', ${at.toISOString()}::timestamptz,
      f.vulnerability, f.package_key, f.package_name, f.package_version, f.severity, f.fix_version,
      jsonb_build_object('vex', jsonb_build_array(${said('v', 'gone')}, case when next.status is null then null else ${said('next', 'next')} end))
    from ${vexVerdicts} as v
    join ${vexDocuments} as gone on gone.id = v.document_id
    join ${trackedImages} as i on i.id = v.image_id and i.content_id = v.content_id
    join ${findings} as f on f.content_id = v.content_id and f.position = v.position and f.vulnerability = v.vulnerability
    left join lateral (
      select other.status, named.name, named.author from ${vexVerdicts} as other join ${vexDocuments} as named on named.id = other.document_id
      where other.image_id = v.image_id and other.position = v.position and other.vulnerability = v.vulnerability and other.document_id <> v.document_id
      order by other.rank limit 1) as next on true
    where v.document_id = ${document.id} and not exists (
      select from ${vexVerdicts} as first where first.image_id = v.image_id and first.position = v.position and first.vulnerability = v.vulnerability and first.rank < v.rank)
    order by i.id, f.vulnerability, f.package_key, f.position`);
}
