import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ComponentRecord, ScanDiagnosticRecord } from '../records.js';
import { bytes, esscm, moment, orderedText, storedJson } from './columns.js';
import { organizations } from './organization-tables.js';

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

export const contents = esscm.table(
  'contents',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    /** False while its rows are being written; nobody reads it then. */
    published: boolean('published').notNull(),
    digest: orderedText('digest').notNull(),
    mediaType: text('media_type').notNull(),
    platform: text('platform').notNull(),
    created: text('created'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    distributionName: text('distribution_name'),
    /** What it was built on, as far as its catalogue says it: the name, and the topmost of the layers that are the base's own. */
    baseName: text('base_name'),
    baseLayerCount: integer('base_layer_count'),
    baseDiffId: orderedText('base_diff_id'),
    componentCount: integer('component_count').notNull(),
    partial: boolean('partial').notNull(),
    diagnostics: storedJson<readonly ScanDiagnosticRecord[]>('diagnostics').notNull(),
    catalogueVersion: orderedText('catalogue_version').notNull(),
    cataloguedAt: moment('catalogued_at').notNull(),
  },
  (table) => [
    uniqueIndex('contents_published').on(table.organizationId, table.digest, table.catalogueVersion).where(sql`${table.published}`),
    index('contents_of_base').on(table.organizationId, table.baseDiffId).where(sql`${table.baseDiffId} is not null`),
    index('contents_unpublished').on(table.cataloguedAt).where(sql`not ${table.published}`),
  ],
);

const contentId = () =>
  orderedText('content_id')
    .notNull()
    .references(() => contents.id, { onDelete: 'cascade' });

export const contentLayers = esscm.table(
  'content_layers',
  {
    contentId: contentId(),
    organizationId: orderedText('organization_id').notNull(),
    index: integer('index').notNull(),
    digest: text('digest').notNull(),
    diffId: text('diff_id').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    createdBy: text('created_by'),
    componentCount: integer('component_count').notNull(),
  },
  (table) => [primaryKey({ name: 'content_layers_key', columns: [table.contentId, table.index] })],
);

export const components = esscm.table(
  'components',
  {
    contentId: contentId(),
    organizationId: orderedText('organization_id').notNull(),
    /** Place in the order by name, version and id. Written once, so that neither a long name nor a collation is in a key. */
    position: integer('position').notNull(),
    id: text('id').notNull(),
    ecosystem: text('ecosystem').notNull(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    packageUrl: text('package_url').notNull(),
    /** The package URL without version, qualifiers and subpath: what is the same package in every image. Cut, so that an index can hold it. */
    packageKey: orderedText('package_key').generatedAlwaysAs(
      sql`left(split_part(split_part(split_part(package_url, '#', 1), '?', 1), '@', 1), 500)`,
    ),
    /** The layer that brought it in: that of its best location. */
    layerIndex: integer('layer_index'),
    licences: storedJson<ComponentRecord['licences']>('licences').notNull(),
    locations: storedJson<ComponentRecord['locations']>('locations').notNull(),
    description: text('description'),
    supplier: text('supplier'),
    sourceName: text('source_name'),
    sourceVersion: text('source_version'),
    ownedBy: text('owned_by'),
    /** Hashes of the questions a matcher asks for it; how a changed advisory finds the components it concerns. Null: not known yet. */
    lookUps: integer('look_ups').array(),
    /** What a matcher has to know beside the other columns. */
    matchFacts: storedJson<unknown>('match_facts'),
  },
  (table) => [
    primaryKey({ name: 'components_key', columns: [table.contentId, table.position] }),
    index('components_of_package').on(table.organizationId, table.packageKey),
    index('components_by_name').using('gin', table.name.op('gin_trgm_ops')),
    index('components_look_ups').using('gin', table.lookUps),
    index('components_without_look_ups').on(table.contentId).where(sql`${table.lookUps} is null`),
  ],
);

/** Catalogue texts, compressed, cut into chunks. */
export const catalogueChunks = esscm.table(
  'catalogue_chunks',
  {
    contentId: contentId(),
    organizationId: orderedText('organization_id').notNull(),
    index: integer('index').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (table) => [primaryKey({ name: 'catalogue_chunks_key', columns: [table.contentId, table.index] })],
);

/** Facts of layers. They hold nothing of an organisation but what a layer's own bytes say, and are found by its diffID only. */
export const layerFacts = esscm.table(
  'layer_facts',
  {
    diffId: orderedText('diff_id').notNull(),
    key: orderedText('key').notNull(),
    index: integer('index').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (table) => [primaryKey({ name: 'layer_facts_key', columns: [table.diffId, table.key, table.index] })],
);
