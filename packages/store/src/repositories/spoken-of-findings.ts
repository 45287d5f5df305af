import { sql, type SQL } from 'drizzle-orm';
import { findings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';
import { vexVerdicts } from '../schema/vex-tables.js';

/** As `findingsOfImages`, but only the findings `f` of images `i` that a decision or a VEX document may say something of. */
export function spokenOfFindings(organizationId: string): SQL {
  return sql`(
    select i.id as image_id, f.content_id, f.position, f.vulnerability from (select distinct organization_id, vulnerability, package_key from ${triageDecisions} where organization_id = ${organizationId} and ended_at is null) as d
    join ${findings} as f on f.organization_id = d.organization_id and f.vulnerability = d.vulnerability and f.package_key = d.package_key
    join ${trackedImages} as i on i.content_id = f.content_id and i.organization_id = f.organization_id
    union
    select v.image_id, v.content_id, v.position, v.vulnerability from ${vexVerdicts} as v where v.organization_id = ${organizationId}) as spoken
    join ${findings} as f on f.content_id = spoken.content_id and f.position = spoken.position and f.vulnerability = spoken.vulnerability
    join ${trackedImages} as i on i.id = spoken.image_id and i.content_id = f.content_id and i.organization_id = f.organization_id`;
}
