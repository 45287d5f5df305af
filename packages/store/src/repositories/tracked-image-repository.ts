import { and, asc, count, eq, ilike, inArray, like, min, or, sql } from 'drizzle-orm';
import { imageCoverages, type ImageCoverage } from '../coverage-records.js';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import { contents } from '../schema/content-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { containsPattern } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { TrackedImageFilter, TrackedImageRepository } from '../contract/tracked-image-repository.js';
import { withoutNulls } from '../without-nulls.js';
import { digestPattern } from './digest-search.js';
import { imageCoverage } from './image-coverage.js';
import { imageFollowing } from './image-following.js';
import { toTrackedImage } from './tracked-image-record.js';

const cursor = pageCursor('images', [keyPart.text, keyPart.text, keyPart.text]);

export function createTrackedImageRepository(context: StoreContext): TrackedImageRepository {
  const { database } = context;
  const findMany: TrackedImageRepository['findMany'] = async (organizationId, ids) => {
    const rows = await database
      .select()
      .from(trackedImages)
      .where(and(eq(trackedImages.organizationId, organizationId), inArray(trackedImages.id, ids.filter(isId))));
    return rows.map(toTrackedImage);
  };
  const ofProject = (projectId: string) =>
    inArray(
      trackedImages.projectVersionId,
      database.select({ id: projectVersions.id }).from(projectVersions).where(eq(projectVersions.projectId, projectId)),
    );
  const found = (organizationId: string, text: string) => {
    const pattern = containsPattern(text);
    const digest = digestPattern(text);
    const named = [ilike(trackedImages.name, pattern), ilike(trackedImages.tag, pattern)];
    if (digest === undefined) return or(...named);
    const scanned = database
      .select({ id: contents.id })
      .from(contents)
      .where(and(eq(contents.organizationId, organizationId), like(contents.digest, digest)));
    return or(...named, like(trackedImages.pinnedDigest, digest), inArray(trackedImages.contentId, scanned));
  };
  const matches = (organizationId: string, filter: TrackedImageFilter) =>
    and(
      filter.connectionId === undefined ? undefined : eq(trackedImages.connectionId, filter.connectionId),
      filter.name === undefined ? undefined : eq(trackedImages.name, filter.name),
      filter.projectVersionId === undefined ? undefined : eq(trackedImages.projectVersionId, filter.projectVersionId),
      filter.projectId === undefined ? undefined : ofProject(filter.projectId),
      filter.coverage && inArray(imageCoverage(filter.coverage.at), [...filter.coverage.kinds]),
      filter.search === undefined ? undefined : found(organizationId, filter.search),
    );
  return {
    ...imageFollowing(context),
    findMany,
    find: async (organizationId, id) => (await findMany(organizationId, [id]))[0],

    async list(organizationId, filter, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const limit = rowLimit(page);
      const named = [filter.connectionId, filter.projectId, filter.projectVersionId].filter((id) => id !== undefined);
      if (!named.every(isId)) return { items: [] };
      const rows = await database
        .select()
        .from(trackedImages)
        .where(
          and(
            eq(trackedImages.organizationId, organizationId),
            matches(organizationId, filter),
            after && sql`(${trackedImages.name}, ${trackedImages.tag}, ${trackedImages.id}) > (${after[0]}, ${after[1]}, ${after[2]})`,
          ),
        )
        .orderBy(asc(trackedImages.name), asc(trackedImages.tag), asc(trackedImages.id))
        .limit(limit);
      return toPage(rows, page, toTrackedImage, (row) => cursor.write([row.name, row.tag, row.id]));
    },

    async count(organizationId) {
      const [row] = await database
        .select({
          total: count(),
          scanned: count(trackedImages.contentId),
          partial: sql<number>`(count(*) filter (where ${contents.partial}))::int`,
          oldestResultAt: min(trackedImages.contentScannedAt),
        })
        .from(trackedImages)
        .leftJoin(contents, eq(contents.id, trackedImages.contentId))
        .where(eq(trackedImages.organizationId, organizationId));
      return row === undefined ? { total: 0, scanned: 0, partial: 0 } : withoutNulls(row);
    },

    async countByCoverage(organizationId, at) {
      const coverage = imageCoverage(at).as('coverage');
      const rows = await database.select({ coverage, count: count() }).from(trackedImages).where(eq(trackedImages.organizationId, organizationId)).groupBy(sql`1`);
      const counts = new Map(rows.map((row) => [row.coverage, row.count]));
      return Object.fromEntries(imageCoverages.map((kind) => [kind, counts.get(kind) ?? 0])) as Record<ImageCoverage, number>;
    },

    async coverageOf(organizationId, ids, at) {
      const rows = await database
        .select({ id: trackedImages.id, coverage: imageCoverage(at) })
        .from(trackedImages)
        .where(and(eq(trackedImages.organizationId, organizationId), inArray(trackedImages.id, ids.filter(isId))));
      return new Map(rows.map(({ id, coverage }) => [id, coverage]));
    },

    async countByProject(organizationId, projectIds) {
      const rows = await database
        .select({ projectId: projectVersions.projectId, count: count() })
        .from(trackedImages)
        .innerJoin(projectVersions, eq(projectVersions.id, trackedImages.projectVersionId))
        .where(and(eq(trackedImages.organizationId, organizationId), inArray(projectVersions.projectId, projectIds.filter(isId))))
        .groupBy(projectVersions.projectId);
      return new Map(rows.map((row) => [row.projectId, row.count]));
    },
  };
}
