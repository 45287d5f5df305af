import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { and, asc, count, desc, eq, exists, ilike, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { StoreError } from '../errors.js';
import { severities, type Severity, type SeverityCounts } from '../finding-records.js';
import { isId } from '../ids.js';
import { rowLimit, toPage } from '../page-cursor.js';
import type { ComponentRecord, ContentLayerRecord, ContentRecord, ListedComponentRecord } from '../records.js';
import { catalogueChunks, components, contentLayers, contents } from '../schema/content-tables.js';
import { findings, matchings } from '../schema/finding-tables.js';
import { containsPattern, storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { ComponentFilter, ContentRepository } from '../contract/content-repository.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';
import { keyedOrder } from './component-order.js';

const countsOfSeverities = sql<SeverityCounts>`json_build_object(${sql.join(severities.map((severity, rank) => sql`${sql.raw(`'${severity}'`)}, count(*) filter (where ${findings.severity} = ${sql.raw(String(rank))})`), sql`, `)})`;
const noFindings = Object.fromEntries(severities.map((severity) => [severity, 0])) as SeverityCounts;
const maximumCatalogueBytes = 400_000_000;
const decompress = promisify(zstdDecompress);

function toContent(row: typeof contents.$inferSelect): ContentRecord {
  return withoutNulls(withoutColumns(row, 'published', 'diagnostics'));
}

function toLayer(row: typeof contentLayers.$inferSelect): ContentLayerRecord {
  return withoutNulls(withoutColumns(row, 'contentId', 'organizationId'));
}

/** The record of a row. */
function toComponent(row: typeof components.$inferSelect): ComponentRecord {
  return withoutNulls(withoutColumns(row, 'organizationId', 'position', 'layerIndex', 'packageKey', 'lookUps', 'matchFacts'));
}

const licenceText = sql`coalesce(licence ->> 'spdxExpression', licence ->> 'declared')`;

function hasLicence(licence: string): SQL {
  if (licence === '') return sql`${components.licences} = '[]'::jsonb`;
  return sql`exists (select from jsonb_array_elements(${components.licences}) as licence where ${licenceText} = ${storableText(licence)})`;
}

export function createContentRepository({ database }: StoreContext): ContentRepository {
  /** Published, and of the organisation. */
  const readable = (organizationId: string, where: SQL): SQL | undefined =>
    and(eq(contents.organizationId, organizationId), contents.published, where);

  const findMany: ContentRepository['findMany'] = async (organizationId, ids) => {
    const rows = await database
      .select()
      .from(contents)
      .where(readable(organizationId, inArray(contents.id, ids.filter(isId))));
    return rows.map(toContent);
  };

  const componentsOf = (organizationId: string, contentId: string, filter: ComponentFilter = {}): SQL | undefined => {
    const pattern = filter.search === undefined ? undefined : containsPattern(filter.search);
    const id = isId(contentId) ? contentId : '';
    return and(
      eq(components.contentId, id),
      eq(components.organizationId, organizationId),
      exists(database.select({ id: contents.id }).from(contents).where(readable(organizationId, eq(contents.id, id)))),
      pattern === undefined ? undefined : or(ilike(components.name, pattern), ilike(components.packageUrl, pattern)),
      filter.ecosystem === undefined ? undefined : eq(components.ecosystem, storableText(filter.ecosystem)),
      filter.layerIndex === undefined ? undefined : eq(components.layerIndex, filter.layerIndex),
      filter.licence === undefined ? undefined : hasLicence(filter.licence),
    );
  };

  /** Findings of a content by component, with one number that says how bad they are together. */
  const findingsByPosition = (contentId: string) => {
    const level = (severity: Severity) => sql`least(count(*) filter (where ${findings.severity} = ${sql.raw(String(severities.indexOf(severity)))}), 999)`;
    return database
      .select({
        position: findings.position,
        counts: countsOfSeverities.as('counts'),
        weight: sql<number>`(${level('critical')} * 1e9 + ${level('high')} * 1e6 + ${level('medium')} * 1e3 + ${level('low')})::float8`.as('weight'),
      })
      .from(findings)
      .where(and(eq(findings.contentId, contentId), eq(findings.hidden, false)))
      .groupBy(findings.position)
      .as('found');
  };

  return {
    findMany,
    find: async (organizationId, id) => (await findMany(organizationId, [id]))[0],

    async findByDigest(organizationId, digest, catalogueVersion) {
      const where = and(eq(contents.digest, digest), eq(contents.catalogueVersion, catalogueVersion));
      const [row] = where === undefined ? [] : await database.select().from(contents).where(readable(organizationId, where));
      return row === undefined ? undefined : toContent(row);
    },

    async layers(organizationId, contentId) {
      if ((await findMany(organizationId, [contentId])).length === 0) return [];
      const rows = await database.select().from(contentLayers).where(eq(contentLayers.contentId, contentId)).orderBy(asc(contentLayers.index));
      return rows.map(toLayer);
    },

    async components(organizationId, contentId, filter, page, order = { by: 'name' }) {
      const found = findingsByPosition(isId(contentId) ? contentId : '');
      const where = componentsOf(organizationId, contentId, filter);
      const { key, orderBy, isAfter, cursorOf, join } = keyedOrder(order, sql<number>`coalesce(${found.weight}, 0)`, where);
      const query = database
        .select({ row: components, counts: found.counts, key, matched: sql<boolean>`exists (select from ${matchings} as m where m.content_id = ${components.contentId})` })
        .from(components)
        .leftJoin(found, eq(found.position, components.position))
        .$dynamic();
      const rows = await (join === undefined ? query : query.leftJoin(join.table, join.on))
        .where(and(where, page.after === undefined ? undefined : isAfter(page.after)))
        .orderBy(...orderBy)
        .limit(rowLimit(page));
      const listed = ({ row, counts, matched }: (typeof rows)[number]): ListedComponentRecord => ({ ...toComponent(row), ...(matched && { findingCounts: counts ?? noFindings }) });
      return toPage(rows, page, listed, ({ row, key: value }) => cursorOf({ key: value, position: row.position }));
    },

    async findingsByLayer(organizationId, contentId) {
      if ((await findMany(organizationId, [contentId])).length === 0) return [];
      return await database
        .select({ layerIndex: sql<number>`${findings.layerIndex}`, counts: countsOfSeverities, componentCount: sql<number>`count(distinct ${findings.position})::int` })
        .from(findings)
        .where(and(eq(findings.contentId, contentId), eq(findings.hidden, false), isNotNull(findings.layerIndex)))
        .groupBy(findings.layerIndex)
        .orderBy(asc(findings.layerIndex));
    },

    async findingsByComponent(organizationId, contentId) {
      const found = findingsByPosition(isId(contentId) ? contentId : '');
      return await database
        .select({ componentId: components.id, counts: found.counts })
        .from(components)
        .innerJoin(found, eq(found.position, components.position))
        .where(componentsOf(organizationId, contentId))
        .orderBy(asc(components.position));
    },

    async countComponents(organizationId, contentId, filter) {
      const [row] = await database.select({ count: count() }).from(components).where(componentsOf(organizationId, contentId, filter));
      return row?.count ?? 0;
    },

    countByEcosystem: async (organizationId, contentId) =>
      await database
        .select({ ecosystem: components.ecosystem, count: count() })
        .from(components)
        .where(componentsOf(organizationId, contentId))
        .groupBy(components.ecosystem)
        .orderBy(desc(count()), asc(components.ecosystem)),

    async findComponents(organizationId, contentId, ids) {
      const rows = await database
        .select()
        .from(components)
        .where(and(componentsOf(organizationId, contentId), inArray(components.id, ids.map(storableText))))
        .orderBy(asc(components.position));
      return rows.map(toComponent);
    },

    async countByLicence(organizationId, contentId) {
      const licence = sql<string | null>`${licenceText}`.as('licence');
      const rows = await database
        .select({ licence, count: count(), examples: sql<string[]>`(array_agg(distinct ${components.name} order by ${components.name}))[1:5]` })
        .from(components)
        .leftJoin(sql`lateral jsonb_array_elements(${components.licences}) as licence`, sql`true`)
        .where(componentsOf(organizationId, contentId))
        .groupBy(sql`1`)
        .orderBy(desc(count()), sql`1 nulls last`);
      return rows.map(withoutNulls);
    },

    async readCatalogue(organizationId, contentId) {
      if ((await findMany(organizationId, [contentId])).length === 0) return undefined;
      const rows = await database
        .select({ bytes: catalogueChunks.bytes })
        .from(catalogueChunks)
        .where(eq(catalogueChunks.contentId, contentId))
        .orderBy(asc(catalogueChunks.index));
      try {
        const text = await decompress(Buffer.concat(rows.map((row) => row.bytes)), { maxOutputLength: maximumCatalogueBytes });
        return text.toString('utf8');
      } catch (cause) {
        throw new StoreError({ code: 'damaged-catalogue', message: 'The stored catalogue cannot be read.', remedy: 'Scan the image again.', cause });
      }
    },
  };
}
