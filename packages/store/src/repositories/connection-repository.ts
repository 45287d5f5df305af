import { and, count, desc, eq, inArray, notExists, sql } from 'drizzle-orm';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { connections } from '../schema/connection-tables.js';
import { contents } from '../schema/content-tables.js';
import { scans, trackedImages } from '../schema/image-tables.js';
import { selections } from '../schema/watch-tables.js';
import type { StoreContext } from '../store-context.js';
import type { ConnectionRepository } from '../contract/connection-repository.js';
import { violatesReference } from '../violated-constraint.js';
import { connect, findReplay, toConnection } from './connect.js';
import { deleteUnusedVersions } from './delete-unused-versions.js';
import { deleteSecrets, readSecrets, writeSecrets } from './sealed-secret-rows.js';

const cursor = pageCursor('connections', [keyPart.time, keyPart.text]);

export function createConnectionRepository(context: StoreContext): ConnectionRepository {
  const { database, vault } = context;
  const ofOrganization = (organizationId: string, id: string) =>
    and(eq(connections.organizationId, organizationId), eq(connections.id, isId(id) ? id : ''));
  const findMany: ConnectionRepository['findMany'] = async (organizationId, ids) => {
    const rows = await database
      .select()
      .from(connections)
      .where(and(eq(connections.organizationId, organizationId), inArray(connections.id, ids.filter(isId))));
    return rows.map(toConnection);
  };
  return {
    connect: (input) => connect(context, input),
    findReplay: (request) => findReplay(context, request),
    findMany,
    find: async (organizationId, id) => (await findMany(organizationId, [id]))[0],

    async list(organizationId, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const rows = await database
        .select()
        .from(connections)
        .where(
          and(
            eq(connections.organizationId, organizationId),
            after && sql`(${connections.createdAt}, ${connections.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]})`,
          ),
        )
        .orderBy(desc(connections.createdAt), desc(connections.id))
        .limit(rowLimit(page));
      return toPage(rows, page, toConnection, (row) => cursor.write([row.createdAt.getTime(), row.id]));
    },

    readSecrets: async (organizationId, id) => (isId(id) ? await readSecrets(database, vault, { organizationId, ownerId: id }) : {}),

    async recordVerification(organizationId, id, report) {
      await database.update(connections).set({ verification: report, verificationProgress: null }).where(ofOrganization(organizationId, id));
    },

    async recordVerificationProgress(organizationId, id, progress) {
      await database.update(connections).set({ verificationProgress: progress }).where(ofOrganization(organizationId, id));
    },

    replaceCredential: (organizationId, id, { secrets, credentialExpiresAt, ...credential }) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction
          .update(connections)
          .set({
            ...credential,
            credentialExpiresAt: credentialExpiresAt ?? null,
            credentialSetAt: context.clock.now(),
            verificationProgress: null,
          })
          .where(ofOrganization(organizationId, id))
          .returning();
        if (row === undefined) return undefined;
        await writeSecrets(transaction, vault, { organizationId, ownerId: row.id }, secrets);
        return toConnection(row);
      }),

    async resumeScanning(organizationId, id) {
      await database.update(connections).set({ withoutScanning: false }).where(ofOrganization(organizationId, id));
    },

    async countImages(organizationId, ids) {
      const known = ids.filter(isId);
      const rows = await database
        .select({ connectionId: trackedImages.connectionId, count: count() })
        .from(trackedImages)
        .where(and(eq(trackedImages.organizationId, organizationId), inArray(trackedImages.connectionId, known)))
        .groupBy(trackedImages.connectionId);
      return new Map(rows.map((row) => [row.connectionId, row.count]));
    },

    async countByPlugin(organizationId) {
      const rows = await database
        .select({ pluginId: connections.pluginId, count: count() })
        .from(connections)
        .where(eq(connections.organizationId, organizationId))
        .groupBy(connections.pluginId);
      return new Map(rows.map((row) => [row.pluginId, row.count]));
    },

    async findSample(organizationId) {
      const [row] = await database
        .select()
        .from(connections)
        .where(and(eq(connections.organizationId, organizationId), connections.sample))
        .orderBy(desc(connections.createdAt), desc(connections.id))
        .limit(1);
      return row === undefined ? undefined : toConnection(row);
    },

    async deletionImpact(organizationId, id) {
      const [connection] = await findMany(organizationId, [id]);
      if (connection === undefined) return undefined;
      const [images] = await database
        .select({ images: count(), results: count(trackedImages.contentId) })
        .from(trackedImages)
        .where(eq(trackedImages.connectionId, id));
      const [rules] = await database.select({ selections: count() }).from(selections).where(eq(selections.connectionId, id));
      return { images: images?.images ?? 0, results: images?.results ?? 0, selections: rules?.selections ?? 0 };
    },

    async delete(organizationId, id) {
      const deleted = await database.transaction(async (transaction) => {
        const used = await transaction
          .selectDistinct({ id: trackedImages.projectVersionId })
          .from(trackedImages)
          .where(and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.connectionId, isId(id) ? id : '')));
        const removed = await transaction.delete(connections).where(ofOrganization(organizationId, id)).returning({ id: connections.id });
        await deleteSecrets(transaction, removed.map((row) => row.id));
        if (removed.length > 0) await deleteUnusedVersions(transaction, used.map((row) => row.id));
        return removed.length > 0;
      });
      // Apart from the rest, one at a time: components are many, and a reader should not wait for all of them.
      if (deleted) await deleteUnusedContents(context, organizationId);
      return deleted;
    },
  };
}

/** Removes the published contents of an organisation that no image and no scan refers to. */
async function deleteUnusedContents({ database }: StoreContext, organizationId: string): Promise<void> {
  const unused = await database
    .select({ id: contents.id })
    .from(contents)
    .where(
      and(
        eq(contents.organizationId, organizationId),
        contents.published,
        notExists(database.select({ id: trackedImages.id }).from(trackedImages).where(eq(trackedImages.contentId, contents.id))),
        notExists(database.select({ id: scans.id }).from(scans).where(eq(scans.contentId, contents.id))),
      ),
    );
  for (const { id } of unused) {
    try {
      await database.delete(contents).where(eq(contents.id, id));
    } catch (error) {
      // A scan that ended a moment ago uses it after all.
      if (!violatesReference(error)) throw error;
    }
  }
}
