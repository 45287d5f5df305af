import { sql, type SQL } from 'drizzle-orm';
import { findings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';
import { vexVerdicts } from '../schema/vex-tables.js';
import { decisionOf } from './counting-decision.js';
import { findingsOfImages } from './finding-conditions.js';

/** Findings `f` of images `i` of which something is said, and what. */
interface SaidPart {
  readonly from: SQL;
  readonly where: SQL;
  /** As the filter by state tells it. */
  readonly state: SQL;
}

/**
 * All findings of which a decision that holds at a moment or a VEX document says something, in parts that have no finding in common: by the scope
 * of the decision that counts, and those that only documents speak of. Each part is a join of whole tables; a look-up a finding takes several times
 * as long where thousands of decisions concern most of what there is.
 */
export function saidOfFindings(organizationId: string, at: Date): readonly SaidPart[] {
  const inVersions = sql`join ${projectVersions} as version on version.id = i.project_version_id`;
  const decided = (scope: SQL): SQL => sql`join ${triageDecisions} as d on ${scope}`;
  const ofImage = decisionOf('d', 'image', sql`i.name`, at);
  const ofProject = decisionOf('d', 'project', sql`version.project_id`, at);
  const everywhere = decisionOf('d', 'everywhere', sql`''`, at);
  const nobody = (...scopes: readonly SQL[]): SQL => sql.join(scopes.map((scope) => sql`not exists (select from ${triageDecisions} as d where ${scope})`), sql` and `);
  const firstVerdicts = sql`(
    select distinct on (image_id, content_id, position, vulnerability) image_id, content_id, position, vulnerability, status from ${vexVerdicts}
    where organization_id = ${organizationId} order by image_id, content_id, position, vulnerability, rank)`;
  return [
    { from: sql`${findingsOfImages} ${decided(ofImage)}`, where: sql`true`, state: sql`d.state` },
    { from: sql`${findingsOfImages} ${inVersions} ${decided(ofProject)}`, where: nobody(ofImage), state: sql`d.state` },
    { from: sql`${findingsOfImages} ${inVersions} ${decided(everywhere)}`, where: nobody(ofImage, ofProject), state: sql`d.state` },
    {
      from: sql`${firstVerdicts} as v
        join ${findings} as f on f.content_id = v.content_id and f.position = v.position and f.vulnerability = v.vulnerability
        join ${trackedImages} as i on i.id = v.image_id and i.content_id = f.content_id and i.organization_id = f.organization_id ${inVersions}`,
      where: nobody(ofImage, ofProject, everywhere),
      state: sql`v.status`,
    },
  ];
}
