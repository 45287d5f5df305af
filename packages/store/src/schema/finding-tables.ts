import { bigint, boolean, doublePrecision, index, integer, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { FindingChanges, FindingDetailRecord, FindingEventCause, FindingEventKind, MatchingNoticeRecord, MatchingState } from '../finding-records.js';
import { esscm, moment, orderedText, storedJson } from './columns.js';
import { contents } from './content-tables.js';
import { trackedImages } from './image-tables.js';
import { organizations } from './organization-tables.js';

const contentId = () =>
  orderedText('content_id')
    .notNull()
    .references(() => contents.id, { onDelete: 'cascade' });

const organizationId = () =>
  orderedText('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

/** One row for each content that a matcher has looked at; a content without one has not been matched. */
export const matchings = esscm.table(
  'matchings',
  {
    contentId: contentId().primaryKey(),
    organizationId: organizationId(),
    state: text('state').$type<MatchingState>().notNull(),
    revision: orderedText('revision'),
    heldRevision: orderedText('held_revision'),
    advisoriesAt: moment('advisories_at'),
    matchedAt: moment('matched_at').notNull(),
    matcherVersion: orderedText('matcher_version').notNull(),
    distribution: storedJson<unknown>('distribution'),
    notices: storedJson<readonly MatchingNoticeRecord[]>('notices').notNull(),
    missingEcosystems: text('missing_ecosystems').array().notNull(),
    suppressedCount: integer('suppressed_count').notNull(),
    hiddenCount: integer('hidden_count').notNull(),
    critical: integer('critical').notNull(),
    high: integer('high').notNull(),
    medium: integer('medium').notNull(),
    low: integer('low').notNull(),
    negligible: integer('negligible').notNull(),
    none: integer('none').notNull(),
    unknown: integer('unknown').notNull(),
    exploitedCount: integer('exploited_count').notNull(),
    fixableCount: integer('fixable_count').notNull(),
  },
  (table) => [index('matchings_held_revision').on(table.heldRevision, table.contentId), index('matchings_of_organization').on(table.organizationId)],
);

/**
 * Findings of contents. What a list filters and sorts by stands here, a few hundred bytes a row; the rest, which is the same in
 * every image, is in {@link findingDetails}.
 */
export const findings = esscm.table(
  'findings',
  {
    contentId: contentId(),
    organizationId: orderedText('organization_id').notNull(),
    position: integer('position').notNull(),
    vulnerability: orderedText('vulnerability').notNull(),
    packageKey: orderedText('package_key').notNull(),
    packageName: orderedText('package_name').notNull(),
    packageVersion: text('package_version').notNull(),
    ecosystem: text('ecosystem').notNull(),
    layerIndex: integer('layer_index'),
    severity: smallint('severity').notNull(),
    score: doublePrecision('score'),
    epss: doublePrecision('epss'),
    epssPercentile: doublePrecision('epss_percentile'),
    exploitedSince: text('exploited_since'),
    exploitedDue: text('exploited_due'),
    ransomware: boolean('ransomware').notNull(),
    fixState: text('fix_state').notNull(),
    fixVersion: text('fix_version'),
    class: text('class').notNull(),
    hidden: boolean('hidden').notNull(),
    confidence: text('confidence').notNull(),
    published: text('published'),
    /** Severity, exploited and EPSS in one number, the most important lowest: what lists are ordered by. */
    priority: integer('priority').notNull(),
    fingerprint: orderedText('fingerprint').notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'findings_key', columns: [table.contentId, table.position, table.vulnerability] }),
    index('findings_by_priority').on(table.organizationId, table.hidden, table.priority, table.vulnerability, table.contentId, table.position),
    index('findings_of_vulnerability').on(table.organizationId, table.vulnerability),
    index('findings_of_package').on(table.organizationId, table.packageKey),
  ],
);

/** What findings have in common across images, by fingerprint. */
export const findingDetails = esscm.table(
  'finding_details',
  {
    organizationId: organizationId(),
    fingerprint: orderedText('fingerprint').notNull(),
    vulnerability: orderedText('vulnerability').notNull(),
    identifiers: text('identifiers').array().notNull(),
    detail: storedJson<FindingDetailRecord>('detail').notNull(),
  },
  (table) => [
    primaryKey({ name: 'finding_details_key', columns: [table.organizationId, table.fingerprint] }),
    index('finding_details_identifiers').using('gin', table.identifiers),
  ],
);

/** What happened to findings of an image after it was first matched. Never changed, gone with the image. */
export const findingEvents = esscm.table(
  'finding_events',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    organizationId: orderedText('organization_id').notNull(),
    imageId: orderedText('image_id')
      .notNull()
      .references(() => trackedImages.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<FindingEventKind>().notNull(),
    cause: text('cause').$type<FindingEventCause>().notNull(),
    at: moment('at').notNull(),
    revision: text('revision'),
    vulnerability: orderedText('vulnerability').notNull(),
    packageKey: orderedText('package_key').notNull(),
    packageName: text('package_name').notNull(),
    packageVersion: text('package_version').notNull(),
    severity: smallint('severity').notNull(),
    fixVersion: text('fix_version'),
    changes: storedJson<FindingChanges>('changes'),
  },
  (table) => [
    index('finding_events_newest').on(table.organizationId, table.at, table.id),
    index('finding_events_of_finding').on(table.imageId, table.vulnerability, table.packageKey, table.id),
  ],
);
