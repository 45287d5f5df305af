import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { severities, type FindingChanges, type FindingEventFilter, type FindingEventRecord } from '../finding-records.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { Page, PageRequest } from '../records.js';
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

/** Notes what an image that shows another content has no longer and has anew; nothing where either could not be judged. */
export async function recordMove(executor: Executor, { imageId, from, to, at }: { readonly imageId: string; readonly from: string; readonly to: string; readonly at: Date }): Promise<void> {
  const judged = sql`(select count(*) from ${matchings} where content_id in (${from}, ${to}) and state <> 'unmatched') = 2`;
  const difference = (kind: 'new' | 'resolved', of: string, without: string) => sql`
    insert into ${findingEvents} (organization_id, image_id, kind, cause, at, vulnerability, package_key, package_name, package_version, severity, fix_version)
    select distinct on (f.vulnerability, f.package_key) f.organization_id, ${imageId}, ${kind}, 'scan', ${at.toISOString()}::timestamptz,
      f.vulnerability, f.package_key, f.package_name, f.package_version, f.severity, f.fix_version
    from ${findings} as f
    where f.content_id = ${of} and not f.hidden and ${judged}
      and not exists (select from ${findings} as other where other.content_id = ${without} and other.vulnerability = f.vulnerability and other.package_key = f.package_key and not other.hidden)
    order by f.vulnerability, f.package_key`;
  await executor.execute(difference('resolved', from, to));
  await executor.execute(difference('new', to, from));
}

/** Notes what another match of the same content changed, for every image that shows it. `before` are its earlier rows. */
export async function recordRematch(
  executor: Executor,
  { contentId, organizationId, now }: { readonly contentId: string; readonly organizationId: string; readonly now: Date },
  before: readonly FindingRow[],
  revision: string | undefined,
): Promise<void> {
  const after = await executor.select().from(findings).where(eq(findings.contentId, contentId));
  const keyOf = (row: FindingRow): string => `${row.position}\n${row.vulnerability}`;
  const shown = (rows: readonly FindingRow[]): Map<string, FindingRow> => new Map(rows.filter((row) => !row.hidden).map((row) => [keyOf(row), row]));
  const [earlier, later] = [shown(before), shown(after)];
  const events = [
    ...[...later].flatMap(([key, row]) => {
      const was = earlier.get(key);
      if (was === undefined) return { kind: 'new' as const, row, changes: null };
      const changes = changesOf(was, row);
      return changes === undefined ? [] : { kind: 'changed' as const, row, changes };
    }),
    ...[...earlier].filter(([key]) => !later.has(key)).map(([, row]) => ({ kind: 'resolved' as const, row, changes: null })),
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
