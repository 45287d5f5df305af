import { sql } from 'drizzle-orm';
import { text, uniqueIndex } from 'drizzle-orm/pg-core';
import { esscm, moment, orderedText } from './columns.js';
import { organizations } from './organization-tables.js';

/** Every pause of the queue that there was; the one without an end holds now. */
export const scanPauses = esscm.table(
  'scan_pauses',
  {
    id: orderedText('id').primaryKey(),
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    pausedBy: orderedText('paused_by').notNull(),
    /** As the user was called then. */
    pausedByName: text('paused_by_name').notNull(),
    pausedAt: moment('paused_at').notNull(),
    resumedBy: orderedText('resumed_by'),
    resumedByName: text('resumed_by_name'),
    resumedAt: moment('resumed_at'),
  },
  (table) => [uniqueIndex('scan_pauses_one').on(table.organizationId).where(sql`${table.resumedAt} is null`)],
);
