import { integer, primaryKey } from 'drizzle-orm/pg-core';
import { esscm, moment, orderedText } from './columns.js';
import { projectVersions } from './image-tables.js';
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

/** The same for each version of a project, of which those images count that were held against advisories. */
export const projectFindingDays = esscm.table(
  'project_finding_days',
  {
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    projectVersionId: orderedText('project_version_id')
      .notNull()
      .references(() => projectVersions.id, { onDelete: 'cascade' }),
    /** `YYYY-MM-DD` in UTC. */
    day: orderedText('day').notNull(),
    critical: integer('critical').notNull(),
    high: integer('high').notNull(),
    medium: integer('medium').notNull(),
    low: integer('low').notNull(),
    /** Not known for days that were told from events. */
    exploited: integer('exploited'),
    imageCount: integer('image_count').notNull(),
    judgedImageCount: integer('judged_image_count').notNull(),
    recordedAt: moment('recorded_at').notNull(),
  },
  (table) => [primaryKey({ name: 'project_finding_days_key', columns: [table.projectVersionId, table.day] })],
);
