import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { severities, type FindingChanges, type FindingEventFilter, type FindingEventRecord, type MatchingInput } from '../finding-records.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
import { components, contents } from '../schema/content-tables.js';
import { findingEvents, findings, matchings } from '../schema/finding-tables.js';
import { trackedImages } from '../schema/image-tables.js';
import { storableText } from '../storable-text.js';
import type { Executor, StoreDatabase } from '../store-context.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';

type FindingRow = typeof findings.$inferSelect;

/** The database takes 65,535 parameters in one statement. */
const rowsPerStatement = 1000;

const cursor = pageCursor('finding events', [keyPart.time, keyPart.number]);

/** Implements `FindingRepository.events`. */
export async function listEvents(database: StoreDatabase, organizationId: string, filter: FindingEventFilter, page: PageRequest): Promise<Page<FindingEventRecord>> {
  const after = page.after === undefined ? undefined : cursor.read(page.after);
  const limit = rowLimit(page);
  const rows = await database
    .select()
    .from(findingEvents)
    .where(
      and(
        eq(findingEvents.organizationId, organizationId),
        filter.imageId === undefined ? undefined : eq(findingEvents.imageId, isId(filter.imageId) ? filter.imageId : ''),
        filter.vulnerability === undefined ? undefined : eq(findingEvents.vulnerability, storableText(filter.vulnerability)),
        filter.packageKey === undefined ? undefined : eq(findingEvents.packageKey, storableText(filter.packageKey)),
        filter.kinds && inArray(findingEvents.kind, [...filter.kinds]),
        filter.since && gte(findingEvents.at, filter.since),
        after && or(lt(findingEvents.at, new Date(after[0])), and(eq(findingEvents.at, new Date(after[0])), lt(findingEvents.id, after[1]))),
      ),
    )
    .orderBy(desc(findingEvents.at), desc(findingEvents.id))
    .limit(limit);
  return toPage(
    rows,
    page,
    (row) => withoutNulls({ ...withoutColumns(row, 'organizationId', 'severity'), severity: severities[row.severity] ?? ('unknown' as const) }),
    (row) => cursor.write([row.at.getTime(), row.id]),
  );
}

/** Notes what an image that shows another content has no longer and has anew; nothing where either could not be judged. @returns how many it has anew */
export async function recordMove(executor: Executor, { imageId, from, to, at }: { readonly imageId: string; readonly from: string; readonly to: string; readonly at: Date }): Promise<number> {
  const judged = sql`(select count(*) from ${matchings} where content_id in (${from}, ${to}) and state <> 'unmatched') = 2`;
  const difference = (kind: 'new' | 'resolved', of: string, without: string) => sql`
    with held as (select package_key, array_agg(distinct version) as versions from ${components} where content_id = ${without} group by package_key)
    insert into ${findingEvents} (organization_id, image_id, kind, cause, at, vulnerability, package_key, package_name, package_version, severity, fix_version, changes)
    select distinct on (f.vulnerability, f.package_key) f.organization_id, ${imageId}, ${kind}, 'scan', ${at.toISOString()}::timestamptz,
      f.vulnerability, f.package_key, f.package_name, f.package_version, f.severity, f.fix_version, ${kind === 'new' ? sql`null::jsonb` : sql`jsonb_build_object('reason', jsonb_build_array(null, ${whyMoved}))`}
    from ${findings} as f
    join ${contents} as was on was.id = ${of}
    join ${contents} as now on now.id = ${without}
    join ${components} as component on component.content_id = ${of} and component.position = f.position
    left join held on held.package_key = component.package_key
    where f.content_id = ${of} and not f.hidden and ${judged}
      and not exists (select from ${findings} as other where other.content_id = ${without} and other.vulnerability = f.vulnerability and other.package_key = f.package_key and not other.hidden)
    order by f.vulnerability, f.package_key`;
  await executor.execute(difference('resolved', from, to));
  const { rowCount } = await executor.execute(difference('new', to, from));
  return rowCount ?? 0;
}

/**
 * Why an image has a finding no longer that shows another content: of the finding `f`, the contents `was` and `now`, and what `now`
 * has `held` of its package.
 */
const whyMoved = sql`
  case when was.platform <> now.platform then 'the image was scanned for ' || now.platform || ' instead of ' || was.platform || ': ' else '' end ||
  case
    when held.versions is null then f.package_name || ' is in the image no longer'
    when f.package_version = any(held.versions) then f.package_name || ' ' || f.package_version || ' is in the image still, and the advisories say no longer that it is affected'
    else f.package_name || ' was ' || f.package_version || ' and is ' || array_to_string(held.versions[1:5], ', ') || ' now' || coalesce(', fixed in ' || f.fix_version, '')
  end`;

/** Notes what another match of the same content changed, for every image that shows it. `before` are its earlier rows. */
export async function recordRematch(
  executor: Executor,
  { contentId, organizationId, now }: { readonly contentId: string; readonly organizationId: string; readonly now: Date },
  before: readonly FindingRow[],
  { revision, resolvedBecause = [] }: Pick<MatchingInput, 'revision' | 'resolvedBecause'>,
): Promise<void> {
  const after = await executor.select().from(findings).where(eq(findings.contentId, contentId));
  const keyOf = (row: FindingRow): string => `${row.position}\n${row.vulnerability}`;
  const shown = (rows: readonly FindingRow[]): Map<string, FindingRow> => new Map(rows.filter((row) => !row.hidden).map((row) => [keyOf(row), row]));
  const [earlier, later] = [shown(before), shown(after)];
  const reasons = new Map([...after.filter((row) => row.hidden).map((row): [string, string] => [keyOf(row), hiddenAs(row.class)]), ...(await reasonsByRow(executor, contentId, resolvedBecause))]);
  const events = [
    ...[...later].flatMap(([key, row]) => {
      const was = earlier.get(key);
      if (was === undefined) return { kind: 'new' as const, row, changes: null };
      const changes = changesOf(was, row);
      return changes === undefined ? [] : { kind: 'changed' as const, row, changes };
    }),
    ...[...earlier].filter(([key]) => !later.has(key)).map(([key, row]) => ({ kind: 'resolved' as const, row, changes: because(reasons.get(key)) })),
  ];
  if (events.length === 0) return;
  const images = await executor.select({ id: trackedImages.id }).from(trackedImages).where(eq(trackedImages.contentId, contentId));
  for (const { id: imageId } of images) {
    for (let from = 0; from < events.length; from += rowsPerStatement) {
      await executor.insert(findingEvents).values(
        events.slice(from, from + rowsPerStatement).map(({ kind, row, changes }) => ({
          organizationId,
          imageId,
          kind,
          cause: 'advisories' as const,
          at: now,
          revision: revision ?? null,
          vulnerability: row.vulnerability,
          packageKey: row.packageKey,
          packageName: row.packageName,
          packageVersion: row.packageVersion,
          severity: row.severity,
          fixVersion: row.fixVersion,
          changes,
        })),
      );
    }
  }
}

/** Reasons by the place of the component and the vulnerability. */
async function reasonsByRow(executor: Executor, contentId: string, resolvedBecause: NonNullable<MatchingInput['resolvedBecause']>): Promise<[string, string][]> {
  if (resolvedBecause.length === 0) return [];
  const ids = [...new Set(resolvedBecause.map(({ componentId }) => storableText(componentId)))];
  const rows = await executor.select({ id: components.id, position: components.position }).from(components).where(and(eq(components.contentId, contentId), inArray(components.id, ids)));
  const positions = new Map(rows.map(({ id, position }) => [id, position]));
  return resolvedBecause.map(({ componentId, vulnerability, reason }) => [`${positions.get(storableText(componentId))}\n${storableText(vulnerability)}`, storableText(reason)]);
}

/** Why a finding that is there still counts as resolved. */
export function hiddenAs(findingClass: string): string {
  return `it counts as ${findingClass} now, which is hidden`;
}

function because(reason: string | undefined): FindingChanges | null {
  return reason === undefined ? null : { reason: [null, reason] };
}

type JudgedState = Pick<FindingRow, 'severity' | 'fixVersion' | 'fixState'>;

/** What of a finding is another now; undefined for nothing that is told. */
export function changesOf(was: JudgedState, is: JudgedState): FindingChanges | undefined {
  const changes: FindingChanges = {
    ...(was.severity === is.severity ? {} : { severity: [severities[was.severity] ?? 'unknown', severities[is.severity] ?? 'unknown'] }),
    ...(was.fixVersion === is.fixVersion ? {} : { fixVersion: [was.fixVersion, is.fixVersion] }),
    ...(was.fixState === is.fixState ? {} : { fixState: [was.fixState, is.fixState] }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}
