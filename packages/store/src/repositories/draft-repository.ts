import { and, eq, gt, lte } from 'drizzle-orm';
import { NotFoundError } from '../errors.js';
import { createId, isId } from '../ids.js';
import type { ConnectionDraftRecord } from '../records.js';
import { connectionDrafts } from '../schema/connection-tables.js';
import type { StoreContext } from '../store-context.js';
import type { DraftInput, DraftRepository } from '../contract/draft-repository.js';
import { withoutNulls } from '../without-nulls.js';
import { deleteSecrets, readSecrets, writeSecrets } from './sealed-secret-rows.js';

function toDraft(row: typeof connectionDrafts.$inferSelect): ConnectionDraftRecord {
  return withoutNulls(row);
}

function columnsOf(draft: DraftInput) {
  return {
    pluginId: draft.pluginId,
    variantId: draft.variantId,
    credentialKindId: draft.credentialKindId ?? null,
    name: draft.name,
    description: draft.description,
    settings: draft.settings,
    credentialHint: draft.credentialHint,
    expiresAt: draft.expiresAt,
    credentialExpiresAt: draft.credentialExpiresAt ?? null,
    // A report about the earlier credential says nothing about this one.
    verification: null,
    verificationProgress: null,
  };
}

export function createDraftRepository({ database, vault, clock }: StoreContext): DraftRepository {
  const ofOrganization = (organizationId: string, id: string) =>
    and(eq(connectionDrafts.organizationId, organizationId), eq(connectionDrafts.id, id));
  return {
    save: (draft, secrets) =>
      database.transaction(async (transaction) => {
        const { id, organizationId, createdBy } = draft;
        const [row] =
          id === undefined
            ? await transaction
                .insert(connectionDrafts)
                .values({ ...columnsOf(draft), id: createId('drf'), organizationId, createdBy, createdAt: clock.now() })
                .returning()
            : await transaction
                .update(connectionDrafts)
                .set(columnsOf(draft))
                .where(and(ofOrganization(organizationId, isId(id) ? id : ''), eq(connectionDrafts.createdBy, createdBy)))
                .returning();
        if (row === undefined) throw new NotFoundError('draft');
        await writeSecrets(transaction, vault, { organizationId, ownerId: row.id }, secrets);
        return toDraft(row);
      }),

    async find(organizationId, id, now) {
      if (!isId(id)) return undefined;
      const [row] = await database
        .select()
        .from(connectionDrafts)
        .where(and(ofOrganization(organizationId, id), gt(connectionDrafts.expiresAt, now)));
      return row === undefined ? undefined : toDraft(row);
    },

    readSecrets: async (organizationId, id) => (isId(id) ? await readSecrets(database, vault, { organizationId, ownerId: id }) : {}),

    async recordVerification(organizationId, id, report) {
      if (isId(id)) await database.update(connectionDrafts).set({ verification: report, verificationProgress: null }).where(ofOrganization(organizationId, id));
    },

    async recordVerificationProgress(organizationId, id, progress) {
      if (isId(id)) await database.update(connectionDrafts).set({ verificationProgress: progress }).where(ofOrganization(organizationId, id));
    },

    async delete(organizationId, id) {
      if (!isId(id)) return false;
      return await database.transaction(async (transaction) => {
        const removed = await transaction.delete(connectionDrafts).where(ofOrganization(organizationId, id)).returning({ id: connectionDrafts.id });
        await deleteSecrets(transaction, removed.map((row) => row.id));
        return removed.length > 0;
      });
    },

    deleteExpired: (now) =>
      database.transaction(async (transaction) => {
        const removed = await transaction.delete(connectionDrafts).where(lte(connectionDrafts.expiresAt, now)).returning({ id: connectionDrafts.id });
        await deleteSecrets(transaction, removed.map((row) => row.id));
        return removed.length;
      }),
  };
}
