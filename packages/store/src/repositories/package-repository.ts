import { and, asc, countDistinct, desc, eq, ilike, sql, type SQL } from 'drizzle-orm';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { components } from '../schema/content-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { containsPattern, startsWithPattern, storableText } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { PackageRepository, PackageSearch, PackageVersionKey } from '../contract/package-repository.js';
import { toTrackedImage } from './tracked-image-record.js';

const cursor = pageCursor('places', [keyPart.text, keyPart.text, keyPart.text, keyPart.number]);

/** Only what an image shows now counts, so everything is read through the images and their contents. */
export function createPackageRepository({ database }: StoreContext): PackageRepository {
  const shown = and(eq(trackedImages.contentId, components.contentId), eq(trackedImages.organizationId, components.organizationId));
  const wanted = (organizationId: string, search: PackageSearch): SQL | undefined =>
    and(
      eq(components.organizationId, organizationId),
      search.name === undefined ? undefined : ilike(components.name, containsPattern(search.name)),
      search.packageKey === undefined ? undefined : sql`${components.packageKey} like ${startsWithPattern(search.packageKey)}`,
      search.ecosystem === undefined ? undefined : eq(components.ecosystem, storableText(search.ecosystem)),
    );

  return {
    search: async (organizationId, search) =>
      await database
        .select({
          packageKey: sql<string>`${components.packageKey}`,
          ecosystem: components.ecosystem,
          name: sql<string>`min(${components.name})`,
          version: components.version,
          imageCount: countDistinct(trackedImages.id),
          projectCount: countDistinct(projectVersions.projectId),
        })
        .from(components)
        .innerJoin(trackedImages, shown)
        .innerJoin(projectVersions, eq(projectVersions.id, trackedImages.projectVersionId))
        .where(wanted(organizationId, search))
        .groupBy(components.packageKey, components.ecosystem, components.version)
        .orderBy(asc(components.packageKey), asc(sql`${components.version} collate "C"`))
        .limit(search.limit),

    countImages: async (organizationId, versions) =>
      await database
        .select({ connectionId: trackedImages.connectionId, count: countDistinct(trackedImages.id) })
        .from(components)
        .innerJoin(trackedImages, shown)
        .where(and(eq(components.organizationId, organizationId), oneOf(versions)))
        .groupBy(trackedImages.connectionId)
        .orderBy(desc(countDistinct(trackedImages.id)), asc(trackedImages.connectionId)),

    async places(organizationId, version, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const rows = await database
        .select({ image: trackedImages, componentId: components.id, position: components.position, locations: components.locations })
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
        ({ image, componentId, locations }) => ({ image: toTrackedImage(image), componentId, locations }),
        ({ image, position }) => cursor.write([image.name, image.tag, image.id, position]),
      );
    },
  };
}

/** Any of these versions; the keys are named apart as well, because the index is on them. */
function oneOf(versions: readonly PackageVersionKey[]): SQL {
  const keys = versions.map(({ packageKey }) => storableText(packageKey));
  const texts = versions.map(({ version }) => storableText(version));
  return sql`${components.packageKey} = any(${sql.param([...new Set(keys)])}::text[])
    and (${components.packageKey}, ${components.version}) in (select * from unnest(${sql.param(keys)}::text[], ${sql.param(texts)}::text[]))`;
}
