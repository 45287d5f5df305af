import { and, eq, inArray, notExists } from 'drizzle-orm';
import { projects, projectVersions, trackedImages } from '../schema/image-tables.js';
import type { Executor } from '../store-context.js';

/** Removes those of the versions that no image is in, and projects left without a version. */
export async function deleteUnusedVersions(executor: Executor, versionIds: readonly string[]): Promise<void> {
  const removed = await executor
    .delete(projectVersions)
    .where(
      and(
        inArray(projectVersions.id, [...versionIds]),
        notExists(executor.select({ id: trackedImages.id }).from(trackedImages).where(eq(trackedImages.projectVersionId, projectVersions.id))),
      ),
    )
    .returning({ projectId: projectVersions.projectId });
  await executor.delete(projects).where(
    and(
      inArray(projects.id, removed.map((row) => row.projectId)),
      notExists(executor.select({ id: projectVersions.id }).from(projectVersions).where(eq(projectVersions.projectId, projects.id))),
    ),
  );
}
