import { sql } from 'drizzle-orm';
import { boolean, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CheckRecord, PlatformChoice, RegistryEventInput, SelectionRecord } from '../watch-records.js';
import { bytes, esscm, moment, orderedText, storedJson } from './columns.js';
import { connections } from './connection-tables.js';
import { organizations } from './organization-tables.js';

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

const connectionId = () =>
  orderedText('connection_id')
    .notNull()
    .references(() => connections.id, { onDelete: 'cascade' });

export const selections = esscm.table(
  'selections',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    connectionId: connectionId(),
    position: integer('position').notNull(),
    rule: storedJson<unknown>('rule').notNull(),
    naming: storedJson<SelectionRecord['naming']>('naming').notNull(),
    platforms: storedJson<PlatformChoice>('platforms').notNull(),
    createdAt: moment('created_at').notNull(),
    createdBy: orderedText('created_by').notNull(),
  },
  (table) => [index('selections_of_connection').on(table.connectionId, table.position)],
);

/** One row a connection: when it is looked at again, who is looking, what the last look found. */
export const connectionWatches = esscm.table(
  'connection_watches',
  {
    connectionId: connectionId().primaryKey(),
    organizationId: organizationId(),
    everyMinutes: integer('every_minutes').notNull(),
    paused: boolean('paused').notNull(),
    nextCheckAt: moment('next_check_at').notNull(),
    /** Set while a person waits for a check. */
    requestedAt: moment('requested_at'),
    /** Set while events are unhandled. */
    eventsDueAt: moment('events_due_at'),
    /** The earliest of the three that counts. */
    dueAt: moment('due_at').generatedAlwaysAs(sql`least(requested_at, case when paused then null else least(events_due_at, next_check_at) end)`),
    leaseHolder: text('lease_holder'),
    leaseUntil: moment('lease_until'),
    cursor: text('cursor'),
    lastCheck: storedJson<CheckRecord>('last_check'),
    eventSecretHash: bytes('event_secret_hash'),
    eventSecretSetAt: moment('event_secret_set_at'),
    lastEventAt: moment('last_event_at'),
  },
  (table) => [index('connection_watches_due').on(table.dueAt)],
);

/** Events of registries: an inbox, and for a while the memory of what was received. */
export const registryEvents = esscm.table(
  'registry_events',
  {
    connectionId: connectionId(),
    eventId: orderedText('event_id').notNull(),
    organizationId: orderedText('organization_id').notNull(),
    action: text('action').$type<RegistryEventInput['action']>().notNull(),
    repository: text('repository').notNull(),
    tag: text('tag'),
    digest: text('digest'),
    occurredAt: moment('occurred_at').notNull(),
    receivedAt: moment('received_at').notNull(),
    handled: boolean('handled').notNull(),
  },
  (table) => [
    primaryKey({ name: 'registry_events_key', columns: [table.connectionId, table.eventId] }),
    index('registry_events_age').on(table.receivedAt),
    index('registry_events_unhandled').on(table.connectionId, table.receivedAt).where(sql`not ${table.handled}`),
  ],
);
