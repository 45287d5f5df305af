import { sql, type SQL } from 'drizzle-orm';
import { severities, type FindingFilter, type FindingKey } from '../finding-records.js';
import { isId } from '../ids.js';
import { contents } from '../schema/content-tables.js';
import { findings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { vexVerdicts } from '../schema/vex-tables.js';
import { containsPattern, storableText } from '../storable-text.js';
import { textArray } from './array-parameters.js';
import { countingDecision } from './counting-decision.js';
import { decidingVerdict } from './vex/deciding-verdict.js';

/** Findings `f` of the images `i` that show them. */
export const findingsOfImages: SQL = sql`${findings} as f join ${trackedImages} as i on i.content_id = f.content_id and i.organization_id = f.organization_id`;

/** What the filter says about `f` and `i`; every value is a parameter. */
export function findingConditions(organizationId: string, filter: FindingFilter): SQL {
  return sql.join([sql`f.organization_id = ${organizationId}`, ...aboutFinding(filter), ...aboutImage(filter), ...aboutBoth(filter)], sql` and `);
}

function aboutFinding(filter: FindingFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.includeHidden !== true) conditions.push(sql`not f.hidden`);
  if (filter.severities !== undefined) conditions.push(sql`f.severity = any(${sql.param(filter.severities.map((severity) => severities.indexOf(severity)))}::int[])`);
  if (filter.exploited !== undefined) conditions.push(filter.exploited ? sql`f.exploited_since is not null` : sql`f.exploited_since is null`);
  if (filter.fixAvailable !== undefined) conditions.push(filter.fixAvailable ? sql`f.fix_version is not null` : sql`f.fix_version is null`);
  if (filter.minimumEpss !== undefined) conditions.push(sql`f.epss >= ${filter.minimumEpss}::float8`);
  if (filter.vulnerability !== undefined) conditions.push(sql`f.vulnerability = ${storableText(filter.vulnerability)}`);
  if (filter.vulnerabilities !== undefined) conditions.push(sql`f.vulnerability = any(${textArray(filter.vulnerabilities)})`);
  if (filter.packageKey !== undefined) conditions.push(sql`f.package_key = ${storableText(filter.packageKey)}`);
  if (filter.packageKeys !== undefined) conditions.push(sql`f.package_key = any(${textArray(filter.packageKeys)})`);
  if (filter.ecosystem !== undefined) conditions.push(sql`f.ecosystem = ${storableText(filter.ecosystem)}`);
  if (filter.layerIndex !== undefined) conditions.push(sql`f.layer_index = ${filter.layerIndex}::int`);
  if (filter.position !== undefined) conditions.push(sql`f.position = ${filter.position}::int`);
  if (filter.oneOf !== undefined) {
    const column = (value: (key: FindingKey) => string | number): unknown[] => filter.oneOf?.map(value) ?? [];
    conditions.push(sql`(i.id, f.vulnerability, f.position) in (select * from unnest(${sql.param(column(({ imageId }) => storableText(imageId)))}::text[],
      ${sql.param(column(({ vulnerability }) => storableText(vulnerability)))}::text[], ${sql.param(column(({ position }) => position))}::int[]))`);
  }
  if (filter.firstSeenSince !== undefined) conditions.push(sql`f.first_seen_at >= ${filter.firstSeenSince.toISOString()}::timestamptz`);
  if (filter.firstSeenBefore !== undefined) conditions.push(sql`f.first_seen_at < ${filter.firstSeenBefore.toISOString()}::timestamptz`);
  if (filter.baseDiffId !== undefined) {
    conditions.push(sql`exists (select from ${contents} as base where base.id = f.content_id and base.base_diff_id = ${storableText(filter.baseDiffId)} and f.layer_index < base.base_layer_count)`);
  }
  if (filter.search !== undefined) {
    const pattern = containsPattern(filter.search);
    conditions.push(sql`(f.package_name ilike ${pattern} or f.vulnerability ilike ${pattern})`);
  }
  return conditions;
}

function aboutBoth(filter: FindingFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.triage !== undefined) conditions.push(sql`${stateOfFinding(filter.triage.at)} = any(${sql.param([...filter.triage.states])}::text[])`);
  if (filter.vexDocumentId !== undefined) {
    // Where the document speaks at all is said beside, as there is an index for it.
    const documentId = idOrNone(filter.vexDocumentId);
    conditions.push(sql`(i.id, f.content_id, f.position, f.vulnerability) in (select spoken.image_id, spoken.content_id, spoken.position, spoken.vulnerability from ${vexVerdicts} as spoken where spoken.document_id = ${documentId})
      and ${decidingVerdict('document_id')} = ${documentId}`);
  }
  return conditions;
}

/** What people, and else VEX documents, say of `f` in `i`. */
function stateOfFinding(at: Date): SQL {
  return sql`coalesce(${countingDecision('state', at)}, ${decidingVerdict('status')}, 'untriaged')`;
}

const aboutImages = ['imageId', 'imageIds', 'imageName', 'connectionId', 'projectVersionId', 'projectId'] as const satisfies readonly (keyof FindingFilter)[];

/** Whether the filter chooses nothing but images, all of whose shown findings fit it. */
export function choosesOnlyImages({ includeHidden, ...filter }: FindingFilter): boolean {
  return includeHidden !== true && Object.entries(filter).every(([name, value]) => value === undefined || aboutImages.some((each) => each === name));
}

/** Whether the filter chooses images. */
export function choosesImages(filter: FindingFilter): boolean {
  return aboutImages.some((name) => filter[name] !== undefined);
}

/** Whether the filter names what there is an index for. */
export function isNarrow({ imageId, vulnerability, vulnerabilities, packageKey, packageKeys, oneOf }: FindingFilter): boolean {
  return [imageId, vulnerability, vulnerabilities, packageKey, packageKeys, oneOf].some((each) => each !== undefined);
}

/** What the filter says about `i` alone. */
export function imageConditions(organizationId: string, filter: FindingFilter): SQL {
  return sql.join([sql`i.organization_id = ${organizationId}`, ...aboutImage(filter)], sql` and `);
}

function aboutImage(filter: FindingFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.imageId !== undefined) conditions.push(sql`i.id = ${idOrNone(filter.imageId)}`);
  if (filter.imageIds !== undefined) conditions.push(sql`i.id = any(${textArray(filter.imageIds.map(idOrNone))})`);
  if (filter.imageName !== undefined) conditions.push(sql`i.name = ${storableText(filter.imageName)}`);
  if (filter.connectionId !== undefined) conditions.push(sql`i.connection_id = ${idOrNone(filter.connectionId)}`);
  if (filter.projectVersionId !== undefined) conditions.push(sql`i.project_version_id = ${idOrNone(filter.projectVersionId)}`);
  if (filter.projectId !== undefined) {
    conditions.push(sql`i.project_version_id in (select version.id from ${projectVersions} as version where version.project_id = ${idOrNone(filter.projectId)})`);
  }
  return conditions;
}

/** An id that is none finds nothing. */
function idOrNone(text: string): string {
  return isId(text) ? text : '';
}
