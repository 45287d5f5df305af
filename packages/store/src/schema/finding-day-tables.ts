import { integer, primaryKey } from 'drizzle-orm/pg-core';
import { esscm, moment, orderedText } from './columns.js';
import { organizations } from './organization-tables.js';

/** How many findings there were at the end of each day, so that a trend does not have to be guessed from what is there now. */
export const findingDays = esscm.table(
  'finding_days',
  {
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** `YYYY-MM-DD` in UTC. */
    day: orderedText('day').notNull(),
    critical: integer('critical').notNull(),
    high: integer('high').notNull(),
    medium: integer('medium').notNull(),
    low: integer('low').notNull(),
    exploited: integer('exploited').notNull(),
    imageCount: integer('image_count').notNull(),
    recordedAt: moment('recorded_at').notNull(),
  },
  (table) => [primaryKey({ name: 'finding_days_key', columns: [table.organizationId, table.day] })],
);
