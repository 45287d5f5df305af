import { text, uniqueIndex } from 'drizzle-orm/pg-core';
import { esscm, moment, orderedText } from './columns.js';
import { organizations } from './organization-tables.js';

export const savedViews = esscm.table(
  'saved_views',
  {
    id: orderedText('id').primaryKey(),
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    page: orderedText('page').notNull(),
    name: text('name').notNull(),
    /** The name without case; what is unique and what lists are ordered by. */
    nameKey: orderedText('name_key').notNull(),
    query: text('query').notNull(),
    createdBy: orderedText('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('saved_views_name').on(table.organizationId, table.page, table.nameKey)],
);
