import { and, asc, eq, gt } from 'drizzle-orm';
import { createId, isId } from '../ids.js';
import type { AccessTokenRecord } from '../records.js';
import { accessTokens } from '../schema/organization-tables.js';
import type { StoreContext } from '../store-context.js';
import type { AccessTokenRepository } from '../contract/access-token-repository.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';

function toAccessToken(row: typeof accessTokens.$inferSelect): AccessTokenRecord {
  return withoutNulls(withoutColumns(row, 'hash'));
}

export function createAccessTokenRepository({ database, clock }: StoreContext): AccessTokenRepository {
  return {
    async create({ organizationId, userId, name, scopes, expiresAt, hash }) {
      const row = { id: createId('tok'), organizationId, userId, name, scopes: [...scopes], expiresAt, hash, createdAt: clock.now(), lastUsedAt: null };
      await database.insert(accessTokens).values(row);
      return toAccessToken(row);
    },

    async findByHash(hash, now) {
      const [row] = await database
        .select()
        .from(accessTokens)
        .where(and(eq(accessTokens.hash, hash), gt(accessTokens.expiresAt, now)));
      return row === undefined ? undefined : toAccessToken(row);
    },

    async markUsed(id, at) {
      if (isId(id)) await database.update(accessTokens).set({ lastUsedAt: at }).where(eq(accessTokens.id, id));
    },

    async list(organizationId, userId) {
      const rows = await database
        .select()
        .from(accessTokens)
        .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.userId, userId)))
        .orderBy(asc(accessTokens.createdAt), asc(accessTokens.id));
      return rows.map(toAccessToken);
    },

    async revoke(organizationId, userId, id) {
      if (!isId(id)) return false;
      const removed = await database
        .delete(accessTokens)
        .where(and(eq(accessTokens.organizationId, organizationId), eq(accessTokens.userId, userId), eq(accessTokens.id, id)))
        .returning({ id: accessTokens.id });
      return removed.length > 0;
    },
  };
}
