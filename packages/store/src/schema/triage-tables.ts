import { sql } from 'drizzle-orm';
import { boolean, index, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { TriageEnd, TriageJustification, TriageScope, TriageState } from '../triage-records.js';
import { esscm, moment, orderedText } from './columns.js';
import { organizations } from './organization-tables.js';

/** Decisions about findings, the present and the past ones. */
export const triageDecisions = esscm.table(
  'triage_decisions',
  {
    id: orderedText('id').primaryKey(),
    organizationId: orderedText('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    vulnerability: orderedText('vulnerability').notNull(),
    packageKey: orderedText('package_key').notNull(),
    scope: text('scope').$type<TriageScope>().notNull(),
    scopeKey: orderedText('scope_key').notNull(),
    state: text('state').$type<TriageState>().notNull(),
    justification: text('justification').$type<TriageJustification>(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at'),
    reopenWhenFixed: boolean('reopen_when_fixed').notNull(),
    hadFix: boolean('had_fix').notNull(),
    endedAt: moment('ended_at'),
    end: text('end').$type<TriageEnd>(),
    /** The same for decisions made together; none for one made alone. */
    batchId: orderedText('batch_id'),
  },
  (table) => [
    uniqueIndex('triage_decisions_one_active').on(table.organizationId, table.vulnerability, table.packageKey, table.scope, table.scopeKey).where(sql`${table.endedAt} is null`),
    index('triage_decisions_newest').on(table.organizationId, table.createdAt, table.id),
    index('triage_decisions_batch').on(table.batchId).where(sql`${table.batchId} is not null`),
    index('triage_decisions_expiry').on(table.expiresAt).where(sql`${table.endedAt} is null`),
  ],
);
