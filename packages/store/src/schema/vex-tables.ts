import { bigint, index, integer, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { VexFailureRecord, VexFormat, VexReplacedVersion, VexSource, VexStatus, VexVerdictDetail } from '../vex-records.js';
import { esscm, moment, orderedText, storedJson } from './columns.js';
import { connections } from './connection-tables.js';
import { trackedImages } from './image-tables.js';
import { organizations } from './organization-tables.js';

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

const documentId = () =>
  orderedText('document_id')
    .notNull()
    .references(() => vexDocuments.id, { onDelete: 'cascade' });

/** Documents with what authors say of vulnerabilities. An attached one belongs to an image and goes with it. */
export const vexDocuments = esscm.table(
  'vex_documents',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    source: text('source').$type<VexSource>().notNull(),
    /** What another version of the document has in common with this one, within a source. */
    identity: orderedText('identity').notNull(),
    name: orderedText('name').notNull(),
    location: text('location').notNull(),
    format: text('format').$type<VexFormat>().notNull(),
    documentId: text('stated_id').notNull(),
    author: text('author').notNull(),
    version: text('version').notNull(),
    issued: text('issued').notNull(),
    digest: text('digest').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    statementCount: integer('statement_count').notNull(),
    attachedTo: text('attached_to').array().notNull(),
    problems: text('problems').array().notNull(),
    replaced: storedJson<readonly VexReplacedVersion[]>('replaced').notNull(),
    addedBy: text('added_by'),
    addedAt: moment('added_at').notNull(),
    changedAt: moment('changed_at').notNull(),
    /** The image it is attached to and what that held then. */
    imageId: orderedText('image_id').references(() => trackedImages.id, { onDelete: 'cascade' }),
    contentId: orderedText('content_id'),
    /** Of one with an address. */
    checkedAt: moment('checked_at'),
    nextCheckAt: moment('next_check_at'),
    entityTag: text('entity_tag'),
    lastModified: text('last_modified'),
    failure: storedJson<VexFailureRecord>('failure'),
    failures: integer('failures').notNull(),
  },
  (table) => [
    uniqueIndex('vex_documents_identity').on(table.organizationId, table.source, table.identity),
    index('vex_documents_newest').on(table.organizationId, table.changedAt, table.id),
    index('vex_documents_of_image').on(table.imageId),
    index('vex_documents_due').on(table.nextCheckAt),
  ],
);

export const vexStatements = esscm.table(
  'vex_statements',
  {
    documentId: documentId(),
    position: integer('position').notNull(),
    organizationId: orderedText('organization_id').notNull(),
    vulnerability: orderedText('vulnerability').notNull(),
    aliases: text('aliases').array().notNull(),
    status: text('status').$type<VexStatus>().notNull(),
    justification: text('justification'),
    impact: text('impact'),
    action: text('action'),
    notes: text('notes'),
    statedAt: text('stated_at').notNull(),
    products: storedJson<readonly unknown[]>('products').notNull(),
  },
  (table) => [primaryKey({ name: 'vex_statements_key', columns: [table.documentId, table.position] })],
);

/** What statements name vulnerabilities by, in capitals; findings are joined by their own identifiers. */
export const vexIdentifiers = esscm.table(
  'vex_identifiers',
  {
    organizationId: orderedText('organization_id').notNull(),
    identifier: orderedText('identifier').notNull(),
    documentId: documentId(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'vex_identifiers_key', columns: [table.organizationId, table.identifier, table.documentId, table.position] }),
    index('vex_identifiers_of_document').on(table.documentId),
  ],
);

/** Statements that apply to findings of images, the one that decides with the lowest rank. */
export const vexVerdicts = esscm.table(
  'vex_verdicts',
  {
    imageId: orderedText('image_id')
      .notNull()
      .references(() => trackedImages.id, { onDelete: 'cascade' }),
    organizationId: orderedText('organization_id').notNull(),
    contentId: orderedText('content_id').notNull(),
    position: integer('position').notNull(),
    vulnerability: orderedText('vulnerability').notNull(),
    packageKey: orderedText('package_key').notNull(),
    rank: smallint('rank').notNull(),
    documentId: documentId(),
    statement: integer('statement').notNull(),
    status: text('status').$type<VexStatus>().notNull(),
    justification: text('justification'),
    detail: storedJson<VexVerdictDetail>('detail').notNull(),
  },
  (table) => [
    primaryKey({ name: 'vex_verdicts_key', columns: [table.imageId, table.position, table.vulnerability, table.rank] }),
    index('vex_verdicts_of_document').on(table.documentId, table.statement),
  ],
);

/** With what an image's verdicts were made; another match, content or generation means that it is worth another look. */
export const vexApplications = esscm.table('vex_applications', {
  imageId: orderedText('image_id')
    .primaryKey()
    .references(() => trackedImages.id, { onDelete: 'cascade' }),
  organizationId: orderedText('organization_id').notNull(),
  contentId: orderedText('content_id').notNull(),
  matchedAt: moment('matched_at').notNull(),
  generation: bigint('generation', { mode: 'number' }).notNull(),
});

/** Grows with each change of an organisation's documents. Without a row there never was one. */
export const vexGenerations = esscm.table('vex_generations', {
  organizationId: organizationId().primaryKey(),
  generation: bigint('generation', { mode: 'number' }).notNull(),
});

/** Connections whose images' attached documents count. */
export const vexTrusts = esscm.table('vex_trusts', {
  connectionId: orderedText('connection_id')
    .primaryKey()
    .references(() => connections.id, { onDelete: 'cascade' }),
  organizationId: organizationId(),
  trustedBy: text('trusted_by').notNull(),
  trustedAt: moment('trusted_at').notNull(),
});

/** When what is attached to an image was last read, and what came of it. */
export const vexReadings = esscm.table('vex_readings', {
  imageId: orderedText('image_id')
    .primaryKey()
    .references(() => trackedImages.id, { onDelete: 'cascade' }),
  contentId: orderedText('content_id').notNull(),
  readAt: moment('read_at').notNull(),
  nextReadAt: moment('next_read_at').notNull(),
  failure: storedJson<VexFailureRecord>('failure'),
});
