import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { VexRepository } from '../../contract/vex-repository.js';
import { createId, isId } from '../../ids.js';
import { connections } from '../../schema/connection-tables.js';
import { trackedImages } from '../../schema/image-tables.js';
import { vexDocuments, vexReadings, vexTrusts } from '../../schema/vex-tables.js';
import { storableText } from '../../storable-text.js';
import type { StoreContext } from '../../store-context.js';
import type { VexReadingTarget } from '../../vex-records.js';
import { withoutColumns } from '../../without-columns.js';
import { recordGoing } from './record-going.js';
import { contentColumns, nextGeneration, writeStatements } from './write-document.js';

type ReadingMethods = Pick<VexRepository, 'trusts' | 'setTrust' | 'dueReadings' | 'recordReading'>;

/** What is attached to images in their registries. */
export function readingMethods({ database, clock }: StoreContext): ReadingMethods {
  return {
    async trusts(organizationId) {
      const rows = await database.select().from(vexTrusts).where(eq(vexTrusts.organizationId, organizationId)).orderBy(vexTrusts.connectionId);
      return rows.map((row) => withoutColumns(row, 'organizationId'));
    },

    setTrust: (organizationId, connectionId, trustedBy) =>
      database.transaction(async (transaction) => {
        const [connection] = await transaction
          .select({ id: connections.id })
          .from(connections)
          .where(and(eq(connections.organizationId, organizationId), eq(connections.id, isId(connectionId) ? connectionId : '')));
        if (connection === undefined) return false;
        if (trustedBy === undefined) await transaction.delete(vexTrusts).where(eq(vexTrusts.connectionId, connection.id));
        else await transaction.insert(vexTrusts).values({ connectionId: connection.id, organizationId, trustedBy: storableText(trustedBy), trustedAt: clock.now() }).onConflictDoNothing();
        await nextGeneration(transaction, organizationId);
        return true;
      }),

    async dueReadings(limit, of) {
      const { rows } = await database.execute(sql`
        select i.organization_id, i.id as image_id, i.content_id
        from ${vexTrusts} as t join ${trackedImages} as i on i.connection_id = t.connection_id
        left join ${vexReadings} as r on r.image_id = i.id
        where i.content_id is not null and i.gone_at is null and (r.image_id is null or r.content_id <> i.content_id or r.next_read_at <= ${clock.now().toISOString()}::timestamptz)
          ${of === undefined ? sql`` : sql`and i.id = ${isId(of.imageId) ? of.imageId : ''}`}
        order by r.next_read_at nulls first, i.id limit ${limit}`);
      return (rows as unknown as { organization_id: string; image_id: string; content_id: string }[]).map((row) => ({ organizationId: row.organization_id, imageId: row.image_id, contentId: row.content_id }));
    },

    recordReading: (target, result, nextReadAt) =>
      database.transaction(async (transaction) => {
        const { organizationId, imageId, contentId } = target;
        const [image] = await transaction.select({ id: trackedImages.id }).from(trackedImages).where(and(eq(trackedImages.organizationId, organizationId), eq(trackedImages.id, imageId))).for('key share');
        if (image === undefined) return;
        const now = clock.now();
        const reading = { contentId, readAt: now, nextReadAt, failure: 'failure' in result ? result.failure : null };
        await transaction.insert(vexReadings).values({ imageId, ...reading }).onConflictDoUpdate({ target: vexReadings.imageId, set: reading });
        if ('failure' in result) return;
        const identities = result.documents.map((document) => identityOf(target, document));
        const known = await transaction.select().from(vexDocuments).where(eq(vexDocuments.imageId, imageId));
        const gone = known.filter(({ identity }) => !identities.includes(identity));
        for (const document of gone) await recordGoing(transaction, document, now);
        if (gone.length > 0) await transaction.delete(vexDocuments).where(inArray(vexDocuments.id, gone.map(({ id }) => id)));
        let added = 0;
        for (const [index, document] of result.documents.entries()) {
          const identity = identities[index] ?? '';
          if (known.some((row) => row.identity === identity)) continue;
          const [row] = await transaction
            .insert(vexDocuments)
            .values({
              id: createId('vex'),
              organizationId,
              source: 'attached',
              identity,
              name: storableText(document.name),
              location: storableText(document.location),
              ...contentColumns(document),
              replaced: [],
              addedAt: now,
              changedAt: now,
              imageId,
              contentId,
              failures: 0,
            })
            .onConflictDoNothing()
            .returning();
          if (row === undefined) continue;
          await writeStatements(transaction, row, document.statements);
          added += 1;
        }
        // Documents that stay belong to what the image shows now.
        await transaction
          .update(vexDocuments)
          .set({ contentId })
          .where(and(eq(vexDocuments.imageId, imageId), notInArray(vexDocuments.id, gone.map(({ id }) => id))));
        if (gone.length + added > 0) await nextGeneration(transaction, organizationId);
      }),
  };
}

function identityOf({ imageId, contentId }: VexReadingTarget, { location, digest }: { readonly location: string; readonly digest: string }): string {
  return storableText(`${imageId} ${contentId} ${location} ${digest}`);
}
