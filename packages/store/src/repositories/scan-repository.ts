import { and, asc, desc, eq, inArray, isNull, notExists, sql, type SQL } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { NotFoundError } from '../errors.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { ScanRecord, ScanState } from '../records.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import { scanPauses } from '../schema/scan-pause-tables.js';
import type { StoreContext } from '../store-context.js';
import type { ScanCanceller, ScanRepository } from '../contract/scan-repository.js';
import { violatesUnique } from '../violated-constraint.js';
import { completeFromContent, completeScan } from './complete-scan.js';
import { imagesFailedLast, latestScanTotals } from './latest-scans.js';
import { queuedScan, toScan } from './scan-rows.js';
import { scanSearch } from './scan-search.js';
import { scansAheadOf, typicalWait } from './scan-waits.js';

const cursor = pageCursor('scans', [keyPart.number, keyPart.time, keyPart.text]);

type ScanChange = PgUpdateSetSource<typeof scans>;

export function createScanRepository(context: StoreContext): ScanRepository {
  const { database, clock } = context;

  /** Changes a scan that is in one of the states; a scan that has ended meanwhile is left as it is. */
  const change = async (states: readonly ScanState[], where: SQL | undefined, values: ScanChange): Promise<ScanRecord | undefined> => {
    const [row] = await database
      .update(scans)
      .set({ ...values, sequence: sql`${scans.sequence} + 1` })
      .where(and(where, inArray(scans.state, [...states])))
      .returning();
    return row === undefined ? undefined : toScan(row);
  };
  const cancelled = (by: ScanCanceller | undefined) => ({ state: 'cancelled' as const, endedAt: clock.now(), ...(by !== undefined && { cancelledBy: by.userId, cancelledByName: by.userName }) });
  const byId = (id: string): SQL => eq(scans.id, isId(id) ? id : '');
  const ofOrganization = (organizationId: string, id: string): SQL | undefined => and(eq(scans.organizationId, organizationId), byId(id));

  const notPaused = notExists(
    database
      .select({ id: scanPauses.id })
      .from(scanPauses)
      .where(and(eq(scanPauses.organizationId, scans.organizationId), isNull(scanPauses.resumedAt))),
  );

  const findActive = async (trackedImageId: string): Promise<ScanRecord | undefined> => {
    const [row] = await database
      .select()
      .from(scans)
      .where(and(eq(scans.trackedImageId, trackedImageId), eq(scans.active, true)));
    return row === undefined ? undefined : toScan(row);
  };

  const request: ScanRepository['request'] = async (input) => {
    const { organizationId, trackedImageId, trigger, requestedBy } = input;
    const [image] = await database
      .select({ connectionId: trackedImages.connectionId })
      .from(trackedImages)
      .where(and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.id, isId(trackedImageId) ? trackedImageId : '')));
    if (image === undefined) throw new NotFoundError('image');
    const active = await findActive(trackedImageId);
    if (active !== undefined) return active;
    try {
      const [row] = await database
        .insert(scans)
        .values(queuedScan({ organizationId, trackedImageId, trigger, requestedBy, connectionId: image.connectionId, createdAt: clock.now() }))
        .returning();
      if (row === undefined) throw new NotFoundError('image');
      return toScan(row);
    } catch (error) {
      // Somebody asked at the same moment; theirs is the one, unless it has ended already.
      if (violatesUnique(error, 'scans_one_active')) return await request(input);
      throw error;
    }
  };

  return {
    request,

    async find(organizationId, id) {
      const [row] = await database.select().from(scans).where(ofOrganization(organizationId, id));
      return row === undefined ? undefined : toScan(row);
    },

    async list(organizationId, filter, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const limit = rowLimit(page);
      if (![filter.connectionId, filter.trackedImageId].every((id) => id === undefined || isId(id))) return { items: [] };
      const rows = await database
        .select()
        .from(scans)
        .where(
          and(
            eq(scans.organizationId, organizationId),
            filter.states && inArray(scans.state, [...filter.states]),
            filter.connectionId === undefined ? undefined : eq(scans.connectionId, filter.connectionId),
            filter.trackedImageId === undefined ? undefined : eq(scans.trackedImageId, filter.trackedImageId),
            filter.search === undefined ? undefined : scanSearch(organizationId, filter.search),
            filter.ids && inArray(scans.id, filter.ids.filter(isId)),
            after &&
              sql`(${scans.standing}, ${scans.listedAt}, ${scans.id}) < (${after[0]}::int, ${new Date(after[1]).toISOString()}::timestamptz, ${after[2]})`,
          ),
        )
        .orderBy(desc(scans.standing), desc(scans.listedAt), desc(scans.id))
        .limit(limit);
      return toPage(rows, page, toScan, (row) => cursor.write([row.standing, row.listedAt.getTime(), row.id]));
    },

    async latestOf(organizationId, trackedImageIds) {
      const rows = await database
        .selectDistinctOn([scans.trackedImageId])
        .from(scans)
        .where(and(eq(scans.organizationId, organizationId), inArray(scans.trackedImageId, trackedImageIds.filter(isId))))
        .orderBy(scans.trackedImageId, desc(scans.createdAt), desc(scans.id));
      return new Map(rows.map((row) => [row.trackedImageId, toScan(row)]));
    },

    async countByState(organizationId, connectionId) {
      const counts = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };
      if (connectionId !== undefined && !isId(connectionId)) return counts;
      const rows = await database
        .select({ state: scans.state, count: sql<number>`count(*)::int` })
        .from(scans)
        .where(and(eq(scans.organizationId, organizationId), connectionId === undefined ? undefined : eq(scans.connectionId, connectionId)))
        .groupBy(scans.state);
      return { ...counts, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
    },

    unfinished: async () =>
      await database
        .select({ id: scans.id, organizationId: scans.organizationId })
        .from(scans)
        .where(eq(scans.active, true))
        .orderBy(asc(scans.createdAt), asc(scans.id)),

    begin: (id) =>
      change(['queued', 'running'], and(byId(id), notPaused), {
        state: 'running',
        attempt: sql`${scans.attempt} + 1`,
        failure: null,
        startedAt: sql`coalesce(${scans.startedAt}, ${clock.now().toISOString()}::timestamptz)`,
      }),

    recordProgress: (id, stage, progress) => change(['running'], byId(id), { stage, progress }),

    fail: (id, failure) => change(['queued', 'running'], byId(id), { state: 'failed', failure, endedAt: clock.now() }),

    requeue: (id, failure) => change(['running'], byId(id), { state: 'queued', failure }),

    latestTotals: (organizationId, connectionId) => latestScanTotals(database, organizationId, connectionId),

    imagesFailedLast: (organizationId, connectionId, first) => imagesFailedLast(database, { organizationId, connectionId, first }),

    aheadOf: (organizationId, ids) => scansAheadOf(context, organizationId, ids),

    typicalWait: (organizationId) => typicalWait(context, organizationId),

    async cancelAll(organizationId, connectionId, by) {
      if (connectionId !== undefined && !isId(connectionId)) return [];
      const rows = await database
        .update(scans)
        .set({ ...cancelled(by), sequence: sql`${scans.sequence} + 1` })
        .where(and(eq(scans.organizationId, organizationId), connectionId === undefined ? undefined : eq(scans.connectionId, connectionId), eq(scans.active, true)))
        .returning();
      return rows.map(toScan);
    },

    cancel: (organizationId, id, by) => change(['queued', 'running'], ofOrganization(organizationId, id), cancelled(by)),

    complete: (id, result) => completeScan(context, id, result),

    completeFromContent: (id, contentId) => completeFromContent(context, id, contentId),
  };
}
