import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { NotFoundError } from '../errors.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { ConnectImage } from '../records.js';
import { connections } from '../schema/connection-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { ImageFollowing } from '../contract/image-following.js';
import type { ImageChanges } from '../watch-records.js';
import { deleteUnusedVersions } from './delete-unused-versions.js';
import { createImages, createScans, ensureProjectVersion } from './image-rows.js';
import { toTrackedImage } from './tracked-image-record.js';

const cursor = pageCursor('images of a repository', [keyPart.text]);
/** Who asks for a scan when nobody did. */
const registry = 'registry';

/** Implements `ImageFollowing`. */
export function imageFollowing({ database, clock }: StoreContext): ImageFollowing {
  const ofConnection = (organizationId: string, connectionId: string) =>
    and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.connectionId, isId(connectionId) ? connectionId : ''));
  return {
    async repositoriesOf(organizationId, connectionId) {
      const rows = await database
        .selectDistinct({ name: trackedImages.name, repository: trackedImages.repository })
        .from(trackedImages)
        .where(ofConnection(organizationId, connectionId))
        .orderBy(asc(trackedImages.name));
      return rows;
    },

    async inRepository(organizationId, connectionId, name, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after)[0];
      const rows = await database
        .select()
        .from(trackedImages)
        .where(and(ofConnection(organizationId, connectionId), eq(trackedImages.name, name), after === undefined ? undefined : sql`${trackedImages.id} > ${after}`))
        .orderBy(asc(trackedImages.id))
        .limit(rowLimit(page));
      return toPage(rows, page, toTrackedImage, (row) => cursor.write([row.id]));
    },

    async applyChanges(organizationId, connectionId, changes) {
      const now = clock.now();
      return await database.transaction(async (transaction) => {
        const { withoutScanning } = await lockConnection(transaction, organizationId, connectionId);
        const set = async (ids: readonly string[], values: Partial<typeof trackedImages.$inferInsert>): Promise<void> => {
          if (ids.length > 0) await transaction.update(trackedImages).set(values).where(and(ofConnection(organizationId, connectionId), inArray(trackedImages.id, [...ids])));
        };
        await set(changes.gone, { goneAt: now });
        await set(changes.back, { goneAt: null });
        await set(changes.released, { releasedAt: now });
        for (const { id, ruleId } of changes.taken) await set([id], { ruleId, releasedAt: null });
        for (const { id, digest } of changes.seen) await set([id], { registryDigest: digest });
        const added = await createImages(transaction, organizationId, connectionId, await untracked(transaction, connectionId, changes.add), now);
        const moved = changes.moved.map(({ id }) => ({ id, organizationId, connectionId }));
        const queued = withoutScanning ? [] : await createScans(transaction, [...added, ...moved], { trigger: 'registry', requestedBy: registry, createdAt: now });
        for (const { id, digest } of await movable(transaction, changes)) await set([id], { registryDigest: digest });
        return { images: added, scans: queued };
      });
    },

    async add(organizationId, connectionId, chosen, by) {
      const now = clock.now();
      return await database.transaction(async (transaction) => {
        await lockConnection(transaction, organizationId, connectionId);
        const names = [...new Set(chosen.map(({ name }) => name))];
        const rows = await transaction.select().from(trackedImages).where(and(eq(trackedImages.connectionId, connectionId), inArray(trackedImages.name, names)));
        const known = new Map(rows.map((row) => [sameImage(toTrackedImage(row)), row]));
        const again = chosen.flatMap((image) => known.get(sameImage(image)) ?? []);
        const added = await createImages(transaction, organizationId, connectionId, chosen.filter((image) => !known.has(sameImage(image))), now);
        const queued = await createScans(transaction, [...again, ...added], { trigger: 'user', requestedBy: by, createdAt: now });
        return { images: [...again.map(toTrackedImage), ...added], scans: queued };
      });
    },

    async assign(organizationId, id, names) {
      return await database.transaction(async (transaction) => {
        const where = and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.id, isId(id) ? id : ''));
        const [before] = await transaction.select().from(trackedImages).where(where).for('update');
        if (before === undefined) return undefined;
        const projectVersionId = await ensureProjectVersion(transaction, organizationId, names, clock.now());
        const [row] = await transaction.update(trackedImages).set({ projectVersionId }).where(where).returning();
        if (before.projectVersionId !== projectVersionId) await deleteUnusedVersions(transaction, [before.projectVersionId]);
        return row === undefined ? undefined : toTrackedImage(row);
      });
    },
  };
}

/** One at a time adds images to a connection, so that none is added twice. */
async function lockConnection(executor: Executor, organizationId: string, connectionId: string): Promise<{ readonly withoutScanning: boolean }> {
  const [row] = await executor
    .select({ withoutScanning: connections.withoutScanning })
    .from(connections)
    .where(and(eq(connections.organizationId, organizationId), eq(connections.id, isId(connectionId) ? connectionId : '')))
    .for('update');
  if (row === undefined) throw new NotFoundError('connection');
  return row;
}

/** Those of the images that nobody has added meanwhile. */
async function untracked(executor: Executor, connectionId: string, images: readonly ConnectImage[]): Promise<readonly ConnectImage[]> {
  if (images.length === 0) return [];
  const rows = await executor
    .select()
    .from(trackedImages)
    .where(and(eq(trackedImages.connectionId, connectionId), inArray(trackedImages.name, [...new Set(images.map(({ name }) => name))])));
  const known = new Set(rows.map((row) => sameImage(toTrackedImage(row))));
  return images.filter((image) => !known.has(sameImage(image)));
}

/** Moved images whose new digest may be written: no scan is running that looked the tag up before. A waiting one will look it up. */
async function movable(executor: Executor, { moved }: ImageChanges): Promise<ImageChanges['moved']> {
  const ids = moved.map(({ id }) => id);
  if (ids.length === 0) return [];
  const running = await executor
    .select({ id: scans.trackedImageId })
    .from(scans)
    .where(and(inArray(scans.trackedImageId, ids), eq(scans.state, 'running')));
  const busy = new Set(running.map((row) => row.id));
  return moved.filter(({ id }) => !busy.has(id));
}

/** Images of one connection with the same key are followed as one. */
function sameImage({ name, tag, pinnedDigest, platform }: Pick<ConnectImage, 'name' | 'tag' | 'pinnedDigest' | 'platform'>): string {
  return JSON.stringify([name, pinnedDigest ?? tag, platform]);
}
