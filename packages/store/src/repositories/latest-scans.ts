import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { LatestScanTotals } from '../contract/scan-repository.js';
import { isId } from '../ids.js';
import type { ScanState } from '../records.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import type { StoreDatabase } from '../store-context.js';

const none = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };

/** Implements `ScanRepository.latestTotals`. */
export async function latestScanTotals(database: StoreDatabase, organizationId: string, connectionId: string | undefined): Promise<LatestScanTotals> {
  if (connectionId !== undefined && !isId(connectionId)) return { states: none, bytesDone: 0, bytesTotal: 0, runningBytesDone: 0 };
  // Image by image, each by the index: sorting all scans there ever were takes ten times as long.
  const latest = database
    .select({
      state: scans.state,
      startedAt: scans.startedAt,
      bytesDone: progressBytes('bytesDone').as('bytes_done'),
      bytesTotal: progressBytes('bytesTotal').as('bytes_total'),
    })
    .from(scans)
    .where(eq(scans.trackedImageId, trackedImages.id))
    .orderBy(desc(scans.createdAt), desc(scans.id))
    .limit(1)
    .as('latest');
  const rows = await database
    .select({
      state: latest.state,
      count: sql<number>`count(*)::int`,
      bytesDone: sql`sum(${latest.bytesDone})`.mapWith(Number),
      bytesTotal: sql`sum(${latest.bytesTotal})`.mapWith(Number),
      since: sql<string | null>`to_json(min(${latest.startedAt})) #>> '{}'`,
    })
    .from(trackedImages)
    .innerJoinLateral(latest, sql`true`)
    .where(and(eq(trackedImages.organizationId, organizationId), connectionId === undefined ? undefined : eq(trackedImages.connectionId, connectionId)))
    .groupBy(latest.state);
  const running = rows.find(({ state }) => state === 'running');
  return {
    states: { ...none, ...(Object.fromEntries(rows.map(({ state, count }) => [state, count])) as Partial<Record<ScanState, number>>) },
    bytesDone: rows.reduce((sum, row) => sum + row.bytesDone, 0),
    bytesTotal: rows.reduce((sum, row) => sum + row.bytesTotal, 0),
    runningBytesDone: running?.bytesDone ?? 0,
    ...(running?.since != null && { runningSince: new Date(running.since) }),
  };
}

interface FailedLastOptions {
  readonly organizationId: string;
  readonly connectionId: string | undefined;
  readonly first: number;
}

/** Implements `ScanRepository.imagesFailedLast`. */
export async function imagesFailedLast(database: StoreDatabase, { organizationId, connectionId, first }: FailedLastOptions): Promise<readonly string[]> {
  if (connectionId !== undefined && !isId(connectionId)) return [];
  const rows = await database
    .select({ imageId: scans.trackedImageId })
    .from(scans)
    .where(
      and(
        eq(scans.organizationId, organizationId),
        eq(scans.state, 'failed'),
        connectionId === undefined ? undefined : eq(scans.connectionId, connectionId),
        sql`not exists (select from ${scans} later where later.tracked_image_id = ${scans.trackedImageId} and (later.created_at, later.id) > (${scans.createdAt}, ${scans.id}))`,
      ),
    )
    .orderBy(scans.createdAt, scans.id)
    .limit(first);
  return rows.map(({ imageId }) => imageId);
}

function progressBytes(name: 'bytesDone' | 'bytesTotal'): SQL<number> {
  return sql<number>`coalesce((${scans.progress} ->> ${sql.raw(`'${name}'`)})::numeric, 0)`;
}
