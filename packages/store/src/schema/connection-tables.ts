import { boolean, index, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, esscm, moment, orderedText, storedJson } from './columns.js';
import { organizations } from './organization-tables.js';

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

const registryColumns = () => ({
  id: orderedText('id').primaryKey(),
  organizationId: organizationId(),
  pluginId: text('plugin_id').notNull(),
  variantId: text('variant_id').notNull(),
  credentialKindId: text('credential_kind_id'),
  name: orderedText('name').notNull(),
  description: text('description').notNull(),
  settings: storedJson<Readonly<Record<string, string>>>('settings').notNull(),
  credentialHint: text('credential_hint').notNull(),
  verification: storedJson<unknown>('verification'),
  /** The verification that runs, row by row; null when none does. */
  verificationProgress: storedJson<unknown>('verification_progress'),
  credentialExpiresAt: moment('credential_expires_at'),
  createdAt: moment('created_at').notNull(),
  createdBy: orderedText('created_by').notNull(),
});

export const connections = esscm.table(
  'connections',
  {
    ...registryColumns(),
    credentialSetAt: moment('credential_set_at'),
    withoutScanning: boolean('without_scanning').notNull().default(false),
    sample: boolean('sample').notNull(),
  },
  (table) => [
    uniqueIndex('connections_name').on(table.organizationId, table.name),
    index('connections_newest').on(table.organizationId, table.createdAt, table.id),
  ],
);

export const connectionDrafts = esscm.table(
  'connection_drafts',
  {
    ...registryColumns(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('connection_drafts_expiry').on(table.expiresAt)],
);

/** Sealed credentials of connections and drafts. The vault's format; useless without the master key. */
export const sealedSecrets = esscm.table('sealed_secrets', {
  /** The connection or draft. */
  ownerId: orderedText('owner_id').primaryKey(),
  organizationId: organizationId(),
  formatVersion: text('format_version').notNull(),
  keyId: orderedText('key_id').notNull(),
  fields: text('fields').array().notNull(),
  wrappedKey: bytes('wrapped_key').notNull(),
  sealed: bytes('sealed').notNull(),
});

/** One row: the master key that the sealed secrets can be opened with. */
export const masterKeys = esscm.table('master_key', {
  id: text('id').primaryKey(),
  keyId: orderedText('key_id').notNull(),
  createdAt: moment('created_at').notNull(),
});

/** Answers of `connect`, for repeated requests. */
export const connectRequests = esscm.table(
  'connect_requests',
  {
    organizationId: organizationId(),
    requestedBy: orderedText('requested_by').notNull(),
    clientMutationId: orderedText('client_mutation_id').notNull(),
    createdAt: moment('created_at').notNull(),
    connectionId: orderedText('connection_id').references(() => connections.id, { onDelete: 'cascade' }),
    imageIds: text('image_ids').array().notNull(),
    scanIds: text('scan_ids').array().notNull(),
  },
  (table) => [
    primaryKey({ name: 'connect_requests_key', columns: [table.organizationId, table.requestedBy, table.clientMutationId] }),
    index('connect_requests_age').on(table.createdAt),
    index('connect_requests_connection').on(table.connectionId),
  ],
);
