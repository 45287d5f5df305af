import { and, eq, inArray, sql } from 'drizzle-orm';
import { NotFoundError } from '../errors.js';
import type { MatchingInput } from '../finding-records.js';
import { isId } from '../ids.js';
import type { ScanRecord } from '../records.js';
import { contents } from '../schema/content-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { ScanResultInput } from '../contract/scan-result-input.js';
import { violatesUnique } from '../violated-constraint.js';
import { recordMove } from './finding-events.js';
import { inheritFirstSeen } from './inherit-first-seen.js';
import { scanFindings } from './scan-findings.js';
import { toScan } from './scan-rows.js';
import { removeAbandonedContents, writeContent } from './write-content.js';
import { writeMatching } from './write-matching.js';

/** Once for content that another scan published first, once more for content that was removed in between. */
const maximumAttempts = 3;

/** Implements `ScanRepository.complete`. */
export async function completeScan(context: StoreContext, id: string, result: ScanResultInput): Promise<ScanRecord | undefined> {
  await removeAbandonedContents(context);
  for (let attempt = 1; ; attempt += 1) {
    const scan = await findScan(context.database, id);
    if (scan === undefined) return undefined;
    if (!isActive(scan)) return endedWell(scan);
    const stored = await findPublished(context.database, scan.organizationId, result);
    const contentId = stored ?? (await writeContent(context, scan.organizationId, result));
    try {
      // Of content that was stored before, only what it is matched with is new.
      return await publish(context, id, contentId, stored === undefined ? undefined : result.matching);
    } catch (error) {
      if (stored === undefined) await context.database.delete(contents).where(and(eq(contents.id, contentId), eq(contents.published, false)));
      const another = error instanceof NotFoundError || violatesUnique(error, 'contents_published');
      if (!another || attempt === maximumAttempts) throw error;
    }
  }
}

/** Implements `ScanRepository.completeFromContent`. */
export async function completeFromContent(context: StoreContext, id: string, contentId: string): Promise<ScanRecord | undefined> {
  const scan = await findScan(context.database, id);
  if (scan === undefined) return undefined;
  if (!isActive(scan)) return endedWell(scan);
  const [content] = await context.database
    .select({ id: contents.id })
    .from(contents)
    .where(and(eq(contents.organizationId, scan.organizationId), eq(contents.id, isId(contentId) ? contentId : ''), contents.published));
  if (content === undefined) throw new NotFoundError('content');
  return await publish(context, id, contentId);
}

/** Shows the content, points the image at it and ends the scan: all of it or nothing. */
function publish({ database, clock }: StoreContext, scanId: string, contentId: string, matching?: MatchingInput): Promise<ScanRecord | undefined> {
  return database.transaction(async (transaction) => {
    const [scan] = await transaction.select().from(scans).where(eq(scans.id, scanId)).for('update');
    if (scan === undefined || !isActive(scan)) {
      // Somebody else ended it; what was written for it is of no use to anybody.
      await transaction.delete(contents).where(and(eq(contents.id, contentId), eq(contents.published, false)));
      return scan === undefined ? undefined : endedWell(scan);
    }
    const [content] = await transaction.update(contents).set({ published: true }).where(eq(contents.id, contentId)).returning();
    if (content === undefined) throw new NotFoundError('content');
    const endedAt = clock.now();
    if (matching !== undefined) await writeMatching(transaction, { organizationId: scan.organizationId, contentId, now: endedAt }, matching);
    const [image] = await transaction.select({ contentId: trackedImages.contentId }).from(trackedImages).where(eq(trackedImages.id, scan.trackedImageId));
    const earlier = image?.contentId ?? contentId;
    let added = 0;
    if (earlier !== contentId) {
      await transaction.execute(inheritFirstSeen(contentId, earlier));
      added = await recordMove(transaction, { imageId: scan.trackedImageId, from: earlier, to: contentId, at: endedAt });
    }
    const findings = await scanFindings(transaction, { startedAt: scan.startedAt, contentId, earlierContentId: image?.contentId ?? null, added });
    await transaction
      .update(trackedImages)
      .set({ contentId, contentScannedAt: endedAt })
      .where(eq(trackedImages.id, scan.trackedImageId));
    const [ended] = await transaction
      .update(scans)
      .set({
        state: content.partial ? 'partial' : 'succeeded',
        stage: 'store',
        sequence: sql`${scans.sequence} + 1`,
        failure: null,
        diagnostics: content.diagnostics,
        contentId,
        digest: content.digest,
        componentCount: content.componentCount,
        ...(findings !== undefined && { findings }),
        endedAt,
      })
      .where(and(eq(scans.id, scanId), inArray(scans.state, ['queued', 'running'])))
      .returning();
    return ended === undefined ? undefined : toScan(ended);
  });
}

type ScanRow = typeof scans.$inferSelect;

async function findScan(executor: Executor, id: string): Promise<ScanRow | undefined> {
  if (!isId(id)) return undefined;
  const [row] = await executor.select().from(scans).where(eq(scans.id, id));
  return row;
}

async function findPublished(executor: Executor, organizationId: string, result: ScanResultInput): Promise<string | undefined> {
  const [row] = await executor
    .select({ id: contents.id })
    .from(contents)
    .where(
      and(
        eq(contents.organizationId, organizationId),
        eq(contents.digest, result.digest),
        eq(contents.catalogueVersion, result.catalogueVersion),
        contents.published,
      ),
    );
  return row?.id;
}

function isActive(scan: ScanRow): boolean {
  return scan.state === 'queued' || scan.state === 'running';
}

function endedWell(scan: ScanRow): ScanRecord | undefined {
  return scan.state === 'succeeded' || scan.state === 'partial' ? toScan(scan) : undefined;
}
