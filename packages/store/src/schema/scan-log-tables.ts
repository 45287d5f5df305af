import { index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ScanLogLevel, ScanStage } from '../records.js';
import { esscm, moment, orderedText } from './columns.js';
import { scans } from './image-tables.js';

/** What scans did, line by line, the newest of each. */
export const scanLogLines = esscm.table(
  'scan_log_lines',
  {
    scanId: orderedText('scan_id')
      .notNull()
      .references(() => scans.id, { onDelete: 'cascade' }),
    /** From 1, without gaps when it was written. */
    position: integer('position').notNull(),
    at: moment('at').notNull(),
    attempt: integer('attempt').notNull(),
    level: text('level').$type<ScanLogLevel>().notNull(),
    stage: text('stage').$type<ScanStage>(),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scanId, table.position] }), index('scan_log_lines_age').on(table.at)],
);
