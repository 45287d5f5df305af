import { sql } from 'drizzle-orm';
import { boolean, index, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, esscm, moment, orderedText } from './columns.js';

export const organizations = esscm.table(
  'organizations',
  {
    id: orderedText('id').primaryKey(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('organizations_one_default').on(table.isDefault).where(sql`${table.isDefault}`)],
);

export const accessTokens = esscm.table(
  'access_tokens',
  {
    id: orderedText('id').primaryKey(),
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: orderedText('user_id').notNull(),
    name: text('name').notNull(),
    scopes: text('scopes').array().notNull(),
    hash: bytes('hash').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    uniqueIndex('access_tokens_hash').on(table.hash),
    index('access_tokens_of_user').on(table.organizationId, table.userId, table.createdAt),
  ],
);
