import { and, asc, count, desc, eq, ilike, inArray, sql, type SQL } from 'drizzle-orm';
import { severities, type SeverityCounts } from '../finding-records.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { components } from '../schema/content-tables.js';
import { findings, matchings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { containsPattern, startsWithPattern, storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { PackageRepository, PackageSearch, PackageVersionKey } from '../contract/package-repository.js';
import { groupByHashing, planForWholeTables } from './plan-for-whole-tables.js';
import type { PackageVersionSpreadRecord } from '../records.js';
import { toTrackedImage } from './tracked-image-record.js';

const cursor = pageCursor('places', [keyPart.text, keyPart.text, keyPart.text, keyPart.number]);

/** Only what an image shows now counts, so everything is read through the images and their contents. */
export function createPackageRepository(context: StoreContext): PackageRepository {
  const { database } = context;
  const shown = and(eq(trackedImages.contentId, components.contentId), eq(trackedImages.organizationId, components.organizationId));
  const wanted = (organizationId: string, search: PackageSearch): SQL | undefined =>
    and(
      eq(components.organizationId, organizationId),
      search.name === undefined ? undefined : ilike(components.name, containsPattern(search.name)),
      search.packageKey === undefined ? undefined : sql`${components.packageKey} like ${startsWithPattern(search.packageKey)}`,
      search.ecosystem === undefined ? undefined : eq(components.ecosystem, storableText(search.ecosystem)),
    );

  return {
    search: (organizationId, search) =>
      planForWholeTables(context, async (transaction) => {
        // As a value, so that the contents that are shown are hashed once: as a join the database would look each of them up by an index, once for every component.
        const isShown = sql`coalesce(${components.contentId} in (select ${trackedImages.contentId} from ${trackedImages} where ${trackedImages.organizationId} = ${organizationId} and ${trackedImages.contentId} is not null), false)`;
        return await transaction
          .select({ packageKey: sql<string>`${components.packageKey}`, ecosystem: components.ecosystem, name: sql<string>`min(${components.name})`, version: components.version })
          .from(components)
          .where(and(wanted(organizationId, search), isShown))
          .groupBy(components.packageKey, components.ecosystem, components.version)
          .orderBy(asc(components.packageKey), asc(sql`${components.version} collate "C"`))
          .limit(search.limit);
      }),

    spreads: (organizationId, versions) =>
      planForWholeTables(context, async (transaction) => {
        await groupByHashing(transaction);
        // Grouped twice rather than counted distinctly, and content by content before the images come in: many images show one.
        const { rows } = await transaction.execute(sql`
          with shown as materialized (
            select i.content_id, version.project_id, count(*) as images, bool_or(m.state is not null and m.state <> 'unmatched') as judged
            from ${trackedImages} as i join ${projectVersions} as version on version.id = i.project_version_id left join ${matchings} as m on m.content_id = i.content_id
            where i.organization_id = ${organizationId} and i.content_id is not null group by 1, 2),
          held as (
            select ${components.packageKey}, ${components.ecosystem}, ${components.version}, ${components.contentId}
            from ${components} where ${components.organizationId} = ${organizationId} and ${oneOf(versions)} group by 1, 2, 3, 4)
          select package_key as "packageKey", ecosystem, version, sum(images)::int as "imageCount", count(*)::int as "projectCount", sum(judged)::int as "judgedImageCount"
          from (
            select held.package_key, held.ecosystem, held.version, shown.project_id, sum(shown.images) as images, coalesce(sum(shown.images) filter (where shown.judged), 0) as judged
            from held join shown using (content_id) group by 1, 2, 3, 4) as of_project
          group by 1, 2, 3`);
        return rows as unknown as readonly PackageVersionSpreadRecord[];
      }),

    countImages: async (organizationId, versions) => {
      const holders = database.select({ id: components.contentId }).from(components).where(and(eq(components.organizationId, organizationId), oneOf(versions)));
      return await database
        .select({ connectionId: trackedImages.connectionId, count: count() })
        .from(trackedImages)
        .where(and(eq(trackedImages.organizationId, organizationId), inArray(trackedImages.contentId, holders)))
        .groupBy(trackedImages.connectionId)
        .orderBy(desc(count()), asc(trackedImages.connectionId));
    },

    async findingCounts(organizationId, versions) {
      const { keys, texts } = columnsOf(versions);
      const { rows } = await database.execute(sql`
        select package_key, package_version, severity, count(*)::int as count, count(exploited_since)::int as exploited, min(priority) as priority
        from (
          select f.package_key, f.package_version, f.vulnerability, min(f.severity) as severity, min(f.priority) as priority, max(f.exploited_since) as exploited_since
          from ${findings} as f
          where f.organization_id = ${organizationId} and not f.hidden and f.package_key = any(${sql.param([...new Set(keys)])}::text[])
            and (f.package_key, f.package_version) in (select * from unnest(${sql.param([...keys])}::text[], ${sql.param([...texts])}::text[]))
            and exists (select from ${trackedImages} as i where i.content_id = f.content_id and i.organization_id = f.organization_id)
          group by 1, 2, 3) as vulnerable
        group by 1, 2, 3 order by 1, 2, 3`);
      const groups = Map.groupBy(rows as unknown as readonly CountRow[], (row) => JSON.stringify([row.package_key, row.package_version]));
      return [...groups.values()].map((own) => ({
        packageKey: own[0]?.package_key ?? '',
        version: own[0]?.package_version ?? '',
        ...totalsOf(own),
        priority: Math.min(...own.map(({ priority }) => priority)),
      }));
    },

    async places(organizationId, version, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const rows = await database
        .select({
          image: trackedImages,
          componentId: components.id,
          position: components.position,
          locations: components.locations,
          judged: sql<boolean>`exists (select from ${matchings} as m where m.content_id = ${components.contentId} and m.state <> 'unmatched')`,
          // By the primary key of findings: one short range a row of the page.
          found: sql<readonly SeverityRow[] | null>`(
            select jsonb_agg(jsonb_build_object('severity', own.severity, 'count', own.count, 'exploited', own.exploited)) from (
              select f.severity, count(*) as count, count(f.exploited_since) as exploited from ${findings} as f
              where f.content_id = ${components.contentId} and f.position = ${components.position} and not f.hidden group by f.severity) as own)`,
        })
        .from(components)
        .innerJoin(trackedImages, shown)
        .where(
          and(
            eq(components.organizationId, organizationId),
            oneOf([version]),
            after &&
              sql`(${trackedImages.name}, ${trackedImages.tag}, ${trackedImages.id}, ${components.position}) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`,
          ),
        )
        .orderBy(asc(trackedImages.name), asc(trackedImages.tag), asc(trackedImages.id), asc(components.position))
        .limit(rowLimit(page));
      return toPage(
        rows,
        page,
        ({ image, componentId, locations, judged, found }) => ({ image: toTrackedImage(image), componentId, locations, ...(judged && { findings: totalsOf(found ?? []) }) }),
        ({ image, position }) => cursor.write([image.name, image.tag, image.id, position]),
      );
    },
  };
}

function columnsOf(versions: readonly PackageVersionKey[]): { readonly keys: readonly string[]; readonly texts: readonly string[] } {
  return { keys: versions.map(({ packageKey }) => storableText(packageKey)), texts: versions.map(({ version }) => storableText(version)) };
}

interface SeverityRow {
  readonly severity: number;
  readonly count: number;
  readonly exploited: number;
}

interface CountRow extends SeverityRow {
  readonly package_key: string;
  readonly package_version: string;
  readonly priority: number;
}

/** Rows of one severity each, put together. */
function totalsOf(rows: readonly SeverityRow[]): { readonly counts: SeverityCounts; readonly exploitedCount: number } {
  const counts = Object.fromEntries(severities.map((severity, rank) => [severity, rows.find((row) => row.severity === rank)?.count ?? 0]));
  return { counts: counts as SeverityCounts, exploitedCount: rows.reduce((sum, { exploited }) => sum + exploited, 0) };
}

/** Any of these versions; the keys are named apart as well, because the index is on them. */
function oneOf(versions: readonly PackageVersionKey[]): SQL {
  const { keys, texts } = columnsOf(versions);
  return sql`${components.packageKey} = any(${sql.param([...new Set(keys)])}::text[])
    and (${components.packageKey}, ${components.version}) in (select * from unnest(${sql.param([...keys])}::text[], ${sql.param([...texts])}::text[]))`;
}
