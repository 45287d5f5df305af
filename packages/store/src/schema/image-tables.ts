import { sql } from 'drizzle-orm';
import { boolean, index, integer, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ScanDiagnosticRecord, ScanFailureRecord, ScanFindingsRecord, ScanProgressRecord, ScanRecord, ScanStage, ScanState } from '../records.js';
import { esscm, moment, orderedText, storedJson } from './columns.js';
import { connections } from './connection-tables.js';
import { contents } from './content-tables.js';
import { organizations } from './organization-tables.js';

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

export const projects = esscm.table(
  'projects',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    name: text('name').notNull(),
    /** The name without case; what is unique and what lists are ordered by. */
    nameKey: orderedText('name_key').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('projects_name').on(table.organizationId, table.nameKey)],
);

export const projectVersions = esscm.table(
  'project_versions',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    projectId: orderedText('project_id')
      .notNull()
      .references(() => projects.id),
    version: orderedText('version').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('project_versions_version').on(table.projectId, table.version)],
);

export const trackedImages = esscm.table(
  'tracked_images',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    connectionId: orderedText('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    projectVersionId: orderedText('project_version_id')
      .notNull()
      .references(() => projectVersions.id),
    name: orderedText('name').notNull(),
    repository: text('repository').notNull(),
    /** Empty for none, because it is part of the order. */
    tag: orderedText('tag').notNull(),
    pinnedDigest: text('pinned_digest'),
    platform: text('platform'),
    contentId: orderedText('content_id').references(() => contents.id),
    contentScannedAt: moment('content_scanned_at'),
    createdAt: moment('created_at').notNull(),
    /** The selection that found it; a selection that is gone leaves its id until the next check. */
    ruleId: text('rule_id'),
    registryDigest: text('registry_digest'),
    goneAt: moment('gone_at'),
    releasedAt: moment('released_at'),
  },
  (table) => [
    index('tracked_images_by_name').on(table.organizationId, table.name, table.tag, table.id),
    index('tracked_images_of_connection').on(table.connectionId, table.name, table.tag, table.id),
    index('tracked_images_of_repository').on(table.connectionId, table.repository, table.id),
    index('tracked_images_of_version').on(table.projectVersionId, table.name, table.tag, table.id),
    index('tracked_images_content').on(table.contentId),
    index('tracked_images_search').using('gin', table.name.op('gin_trgm_ops'), table.tag.op('gin_trgm_ops')),
  ],
);

export const scans = esscm.table(
  'scans',
  {
    id: orderedText('id').primaryKey(),
    organizationId: organizationId(),
    trackedImageId: orderedText('tracked_image_id')
      .notNull()
      .references(() => trackedImages.id, { onDelete: 'cascade' }),
    connectionId: orderedText('connection_id').notNull(),
    state: text('state').$type<ScanState>().notNull(),
    active: boolean('active')
      .notNull()
      .generatedAlwaysAs(sql`state in ('queued', 'running')`),
    /** Place of its state in lists: running, waiting, ended. */
    standing: smallint('standing')
      .notNull()
      .generatedAlwaysAs(sql`case state when 'running' then 2 when 'queued' then 1 else 0 end`),
    /** When it began, or was asked for where it has not begun: what lists are ordered by within a standing. */
    listedAt: moment('listed_at')
      .notNull()
      .generatedAlwaysAs(sql`case state when 'queued' then created_at else coalesce(started_at, created_at) end`),
    stage: text('stage').$type<ScanStage>(),
    progress: storedJson<ScanProgressRecord>('progress').notNull(),
    sequence: integer('sequence').notNull(),
    attempt: integer('attempt').notNull(),
    failure: storedJson<ScanFailureRecord>('failure'),
    diagnostics: storedJson<readonly ScanDiagnosticRecord[]>('diagnostics').notNull(),
    trigger: text('trigger').$type<ScanRecord['trigger']>().notNull(),
    requestedBy: orderedText('requested_by').notNull(),
    cancelledBy: orderedText('cancelled_by'),
    /** As the user was called then. */
    cancelledByName: text('cancelled_by_name'),
    contentId: orderedText('content_id').references(() => contents.id),
    digest: text('digest'),
    componentCount: integer('component_count'),
    findings: storedJson<ScanFindingsRecord>('findings'),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('scans_one_active').on(table.trackedImageId).where(sql`${table.active}`),
    index('scans_newest').on(table.organizationId, table.standing, table.listedAt, table.id),
    index('scans_of_connection').on(table.connectionId, table.standing, table.listedAt, table.id),
    index('scans_of_image').on(table.trackedImageId, table.createdAt, table.id),
    index('scans_by_state').on(table.organizationId, table.state),
    index('scans_begun').on(table.organizationId, table.startedAt),
    index('scans_unfinished').on(table.createdAt, table.id).where(sql`${table.active}`),
    index('scans_content').on(table.contentId),
  ],
);
