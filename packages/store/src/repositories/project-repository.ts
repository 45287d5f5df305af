import { and, asc, desc, eq, ilike, inArray, sql } from 'drizzle-orm';
import { isId } from '../ids.js';
import { keyPart, pageCursor, rowLimit, toPage } from '../page-cursor.js';
import type { ProjectRecord, ProjectVersionRecord } from '../records.js';
import { projects, projectVersions } from '../schema/image-tables.js';
import { containsPattern } from '../storable-text.js';
import type { StoreContext } from '../store-context.js';
import type { ProjectRepository } from '../contract/project-repository.js';
import { withoutColumns } from '../without-columns.js';

const cursor = pageCursor('projects', [keyPart.text]);

/** What makes two project names the same: Unicode composition and case do not tell them apart. */
export function projectNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function toProject(row: typeof projects.$inferSelect): ProjectRecord {
  return withoutColumns(row, 'nameKey');
}

export function createProjectRepository({ database }: StoreContext): ProjectRepository {
  const findMany: ProjectRepository['findMany'] = async (organizationId, ids) => {
    const rows = await database
      .select()
      .from(projects)
      .where(and(eq(projects.organizationId, organizationId), inArray(projects.id, ids.filter(isId))));
    return rows.map(toProject);
  };
  return {
    findMany,
    find: async (organizationId, id) => (await findMany(organizationId, [id]))[0],

    async list(organizationId, page) {
      const after = page.after === undefined ? undefined : cursor.read(page.after);
      const rows = await database
        .select()
        .from(projects)
        .where(
          and(
            eq(projects.organizationId, organizationId),
            after && sql`${projects.nameKey} > ${after[0]}`,
            page.search === undefined ? undefined : ilike(projects.nameKey, containsPattern(projectNameKey(page.search))),
          ),
        )
        .orderBy(asc(projects.nameKey))
        .limit(rowLimit(page));
      return toPage(rows, page, toProject, (row) => cursor.write([row.nameKey]));
    },

    async versionsOf(organizationId, projectIds) {
      const rows: readonly ProjectVersionRecord[] = await database
        .select()
        .from(projectVersions)
        .where(and(eq(projectVersions.organizationId, organizationId), inArray(projectVersions.projectId, projectIds.filter(isId))))
        .orderBy(desc(projectVersions.createdAt), desc(projectVersions.id));
      return Map.groupBy(rows, (row) => row.projectId);
    },

    findVersions: async (organizationId, ids) =>
      await database
        .select()
        .from(projectVersions)
        .where(and(eq(projectVersions.organizationId, organizationId), inArray(projectVersions.id, ids.filter(isId)))),
  };
}
