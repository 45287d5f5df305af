import { integer, text } from 'drizzle-orm/pg-core';
import type { AdvisoryFailureRecord, AdvisoryFeedRecord, AdvisoryProgressRecord, AdvisorySourceState } from '../advisory-records.js';
import { esscm, moment, orderedText, storedJson } from './columns.js';

/** What the installation keeps current. Advisories are public, so this belongs to no organisation. */
export const advisorySources = esscm.table('advisory_sources', {
  name: orderedText('name').primaryKey(),
  state: text('state').$type<AdvisorySourceState>().notNull(),
  progress: storedJson<AdvisoryProgressRecord>('progress'),
  feeds: storedJson<readonly AdvisoryFeedRecord[]>('feeds').notNull(),
  failure: storedJson<AdvisoryFailureRecord>('failure'),
  failures: integer('failures').notNull(),
  wantedAt: moment('wanted_at').notNull(),
  checkedAt: moment('checked_at'),
  nextAttemptAt: moment('next_attempt_at').notNull(),
});

/** Work that one process at a time does. A holder that ended lets go by not renewing. */
export const leases = esscm.table('leases', {
  name: orderedText('name').primaryKey(),
  holder: orderedText('holder').notNull(),
  expiresAt: moment('expires_at').notNull(),
});
